"""The carrier as an application."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from aiohttp import web

from entrypoints.sandbox.carrier import ledger, routes
from entrypoints.sandbox.carrier.depot import Delays
from entrypoints.sandbox.carrier.movement import DISPATCHER, Dispatcher
from entrypoints.sandbox.shared import webhooks
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import new_application

DISPATCH_SECONDS: Final = 2.0  # long enough to see an order wait, short enough to see it arrive
DELIVERY_SECONDS: Final = 2.0
SCHEMA: Final = ledger.SCHEMA + webhooks.SCHEMA


def create_app(
    ledger_path: Path,
    api_key: str,
    webhook_url: str,
    webhook_secret: str,
    *,
    dispatch_seconds: float = DISPATCH_SECONDS,
    delivery_seconds: float = DELIVERY_SECONDS,
) -> web.Application:
    """The carrier over the ledger at `ledger_path`, telling `webhook_url` of every move."""
    app = new_application("carrier", api_key)
    journal = Journal(ledger_path, SCHEMA)

    async def close_journal(_: web.Application) -> AsyncIterator[None]:
        yield
        await journal.close()

    app.cleanup_ctx.append(close_journal)  # first in, so last out: courier and dispatcher still write to it
    webhooks.attach(app, journal, webhook_url, webhook_secret)
    app[routes.JOURNAL], app[DISPATCHER] = journal, Dispatcher(journal)
    app[routes.DELAYS] = Delays(dispatch_seconds, delivery_seconds)
    app.cleanup_ctx.append(app[DISPATCHER].run)
    routes.add_to(app.router)
    return app
