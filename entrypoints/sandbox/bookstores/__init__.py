"""Up to two hundred bookstores, as different as real ones (see docs/sandbox-bookstores.md)."""

from entrypoints.sandbox.bookstores.server import create_app

__all__ = ["create_app"]
