"""The bookstores as a process: `octavo bookstores`."""

import asyncio

from entrypoints.sandbox.bookstores.server import create_app
from entrypoints.sandbox.shared.serving import serve
from entrypoints.settings import Settings


def main(settings: Settings, stores: int | None = None) -> None:
    """Serve that many, or as many as is set, at OCTAVO_BOOKSTORES_URL until SIGTERM."""
    count = stores or settings.bookstores.count
    app = create_app(settings.home / "sandbox" / "bookstores.db", settings.bookstores.api_key, count)
    asyncio.run(serve(app, settings.bookstores.url))
