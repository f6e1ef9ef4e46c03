"""The stand-in for those who know books as a process: `octavo books-api`."""

import asyncio

from entrypoints.sandbox.books.server import create_app
from entrypoints.sandbox.shared.serving import serve
from entrypoints.settings import Settings


def main(settings: Settings) -> None:
    """Serve at OCTAVO_BOOKS_API_URL until SIGTERM."""
    asyncio.run(serve(create_app(settings.books.api_key), settings.books.url))
