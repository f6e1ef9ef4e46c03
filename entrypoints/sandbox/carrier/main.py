"""The carrier as a process: `octavo carrier`."""

import asyncio

from entrypoints.sandbox.carrier.server import create_app
from entrypoints.sandbox.shared.serving import serve
from entrypoints.settings import Settings


def main(settings: Settings) -> None:
    """Serve at OCTAVO_CARRIER_URL until SIGTERM; events go to the shop's public address."""
    app = create_app(
        settings.home / "sandbox" / "carrier.db",
        settings.carrier.api_key,
        f"{settings.http.public_url}/v1/webhooks/carriers/sandbox",
        settings.carrier.webhook_secret,
        dispatch_seconds=settings.carrier.dispatch_seconds,
        delivery_seconds=settings.carrier.delivery_seconds,
    )
    asyncio.run(serve(app, settings.carrier.url))
