"""The provider as a process: `octavo payments`."""

import asyncio

from entrypoints.sandbox.payments.server import create_app
from entrypoints.sandbox.shared.serving import serve
from entrypoints.settings import Settings


def main(settings: Settings) -> None:
    """Serve at OCTAVO_PAYMENTS_URL until SIGTERM; events go to the shop's public address."""
    app = create_app(
        settings.home / "sandbox" / "payments.db",
        settings.payments.api_key,
        f"{settings.http.public_url}/v1/webhooks/payments/sandbox",
        settings.payments.webhook_secret,
    )
    asyncio.run(serve(app, settings.payments.url))
