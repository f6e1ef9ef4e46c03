"""The stand-in for those who know books, as an application."""

from typing import Final

from aiohttp import web

from entrypoints.sandbox.books import google, open_library
from entrypoints.sandbox.books.library import Library
from entrypoints.sandbox.books.mischief import LIBRARY
from entrypoints.sandbox.shared.serving import new_application

GOOGLE: Final = "/books/v1"  # below which its address answers as Google's API does below its own


def create_app(api_key: str) -> web.Application:
    """Both shapes over one library. The key guards the control of faults alone: reading is open."""
    app = new_application("books-api", api_key)
    app[LIBRARY] = Library()
    google.add_to(app.router)
    open_library.add_to(app.router)
    return app
