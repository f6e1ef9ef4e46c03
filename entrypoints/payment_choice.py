"""Which payment provider the shop works with: one setting decides, the core does not notice."""

from collections.abc import Mapping

from adapters.payments.sandbox_gateway import SandboxGateway
from adapters.payments.sandbox_ledger import SandboxLedger
from adapters.payments.stripe_client import StripeConnection
from adapters.payments.stripe_gateway import StripeGateway
from adapters.payments.webhook_signature import sandbox_webhooks, stripe_webhooks
from application.audit.ports import ProviderLedger
from domain.payments.gateway import PaymentGateway
from domain.payments.webhooks import PaymentWebhooks
from domain.shared.clock import Clock
from entrypoints.settings import Settings


def chosen_connection(settings: Settings) -> StripeConnection | None:
    """Stripe's connection, if that is the provider; the sandbox gateway keeps its own."""
    if settings.payments.gateway != "stripe":
        return None
    return StripeConnection(settings.payments.stripe_api_key, settings.payments.stripe_api_base)


def chosen_gateway(settings: Settings, stripe: StripeConnection | None, clock: Clock) -> PaymentGateway:
    """The provider behind the port."""
    if stripe is not None:
        return StripeGateway(stripe.client, settings.http.public_url, clock)
    return SandboxGateway(settings.payments.url, settings.payments.api_key)


def chosen_provider_ledger(settings: Settings) -> ProviderLedger | None:
    """The provider's own ledger, if it can be read as a whole: Stripe's cannot."""
    payments = settings.payments
    return SandboxLedger(payments.url) if payments.gateway == "sandbox" else None


def chosen_webhooks(settings: Settings, clock: Clock) -> Mapping[str, PaymentWebhooks]:
    """Whose letters are read, by the name in the address they are sent to."""
    payments = settings.payments
    if payments.gateway == "stripe":
        return {"stripe": stripe_webhooks([payments.stripe_webhook_secret], clock)}
    return {"sandbox": sandbox_webhooks([payments.webhook_secret], clock)}
