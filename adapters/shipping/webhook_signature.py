"""Letters of the sandbox carrier: checked, then read."""

import json
from collections.abc import Sequence
from typing import Final

from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.signatures import demand_signature
from domain.shipping.carrier import ShipmentKey, TrackingNumber
from domain.shipping.webhooks import ParcelEvent


class SandboxCarrierWebhooks:
    """Checks against every active secret, so that a secret can be rotated without losing a letter."""

    def __init__(self, secrets: Sequence[str], clock: Clock) -> None:
        if not secrets or not all(secrets):
            raise ValueError("The shop does not start without a secret for carrier webhooks.")
        self.header: Final = "Sandbox-Signature"
        self._secrets, self._clock = tuple(secrets), clock

    def verify(self, body: bytes, signature: str) -> ParcelEvent:
        """The event, once its signature is proven; nothing of an unproven body is even parsed."""
        demand_signature(body, signature, self._secrets, self._clock.now())
        try:
            event = json.loads(body)
            key, number = event["data"]["key"], event["data"]["tracking_number"]
            return ParcelEvent(
                str(event["id"]), str(event["type"]), ShipmentKey(str(key)), TrackingNumber(str(number))
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput("body", "This is not an event of that carrier.") from error
