"""Letters of the payment providers: checked, then read."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from domain.payments.gateway import PaymentKey, PaymentReference
from domain.payments.webhooks import PaymentEvent
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.signatures import demand_signature

STRIPE_KEY: Final = "octavo_key"  # the metadata entry under which Stripe objects carry the payment key


class SignedWebhooks:
    """Checks against every active secret, so that a secret can be rotated without losing a letter."""

    def __init__(
        self,
        header: str,
        secrets: Sequence[str],
        clock: Clock,
        read: Callable[[dict[str, Any]], PaymentEvent],
    ) -> None:
        if not secrets or not all(secrets):
            raise ValueError("The shop does not start without a secret for payment webhooks.")
        self.header: Final = header
        self._secrets, self._clock, self._read = tuple(secrets), clock, read

    def verify(self, body: bytes, signature: str) -> PaymentEvent:
        """The event, once its signature is proven; nothing of an unproven body is even parsed."""
        demand_signature(body, signature, self._secrets, self._clock.now())
        try:
            return self._read(json.loads(body))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InvalidInput("body", "This is not an event of that provider.") from error


def sandbox_webhooks(secrets: Sequence[str], clock: Clock) -> SignedWebhooks:
    """Letters of the sandbox provider."""
    return SignedWebhooks("Sandbox-Signature", secrets, clock, _read_sandbox)


def stripe_webhooks(secrets: Sequence[str], clock: Clock) -> SignedWebhooks:
    """Letters of Stripe."""
    return SignedWebhooks("Stripe-Signature", secrets, clock, _read_stripe)


def _read_sandbox(event: dict[str, Any]) -> PaymentEvent:
    data = event["data"]
    return PaymentEvent(
        str(event["id"]), str(event["type"]), PaymentKey(data["key"]), PaymentReference(data["reference"])
    )


def _read_stripe(event: dict[str, Any]) -> PaymentEvent:
    subject = event["data"]["object"]
    # Charges and refunds name their payment; a payment names itself.
    reference = subject["id"] if subject["object"] == "payment_intent" else subject.get("payment_intent")
    key = (subject.get("metadata") or {}).get(STRIPE_KEY)
    return PaymentEvent(
        str(event["id"]),
        str(event["type"]),
        None if key is None else PaymentKey(key),
        None if reference is None else PaymentReference(reference),
    )
