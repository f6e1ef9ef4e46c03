"""The provider as an application, and as a process."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from aiohttp import web

from entrypoints.sandbox.payments import idempotency, ledger, routes, standing, state, three_d_secure, tokens
from entrypoints.sandbox.shared import webhooks
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import new_application

SLOW_SECONDS: Final = 3.0  # longer than the two seconds the shop's front door waits
HANG_SECONDS: Final = 60.0  # longer than any caller's patience
SCHEMA: Final = ledger.SCHEMA + tokens.SCHEMA + standing.SCHEMA + idempotency.SCHEMA + webhooks.SCHEMA


def create_app(
    ledger_path: Path,
    api_key: str,
    webhook_url: str,
    webhook_secret: str,
    *,
    slow_seconds: float = SLOW_SECONDS,
    hang_seconds: float = HANG_SECONDS,
) -> web.Application:
    """The provider over the ledger at `ledger_path`, telling `webhook_url` what it could not answer."""
    app = new_application("payments", api_key)
    journal = Journal(ledger_path, SCHEMA)

    async def close_journal(_: web.Application) -> AsyncIterator[None]:
        yield
        await journal.close()

    app.cleanup_ctx.append(close_journal)  # first in, so last out: the courier still writes to it
    webhooks.attach(app, journal, webhook_url, webhook_secret)
    app[state.JOURNAL], app[state.KEYS] = journal, idempotency.Keys(journal)
    app[state.SLOW_SECONDS], app[state.HANG_SECONDS] = slow_seconds, hang_seconds
    routes.add_to(app.router)
    app.router.add_get("/3ds/{reference}", three_d_secure.show)
    app.router.add_post("/3ds/{reference}", three_d_secure.decide)
    return app
