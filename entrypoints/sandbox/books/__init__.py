"""Those who know books, in miniature: the shapes of Google Books and Open Library (see docs/sandbox.md)."""

from entrypoints.sandbox.books.server import create_app

__all__ = ["create_app"]
