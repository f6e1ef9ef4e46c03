"""Counts what payment providers answer, whichever it is."""

from collections.abc import Awaitable
from typing import TypeVar

from application.shared.measurements import Measurements
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    PaymentGateway,
    PaymentKey,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refunded,
    Refused,
)
from domain.shared.money import Money

Answer = TypeVar("Answer")
_WORDS = {
    Authorised: "authorised",
    Declined: "declined",
    ActionRequired: "action_required",
    Captured: "captured",
    Refunded: "refunded",
    Refused: "refused",
    type(None): "done",
}


class MeasuredGateway:
    """The `PaymentGateway` port around another one."""

    def __init__(self, gateway: PaymentGateway, measurements: Measurements) -> None:
        self._gateway = gateway
        self._measurements = measurements

    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        """See the port."""
        return await self._counted("authorise", self._gateway.authorise(request))

    async def find(self, key: PaymentKey) -> Authorised | Declined | ActionRequired | None:
        """See the port."""
        return await self._counted("find", self._gateway.find(key))

    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        """See the port."""
        return await self._counted("capture", self._gateway.capture(key, reference, amount))

    async def abandon(self, authorisation_key: PaymentKey) -> None:
        """See the port."""
        await self._counted("abandon", self._gateway.abandon(authorisation_key))

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        """See the port."""
        return await self._counted("refund", self._gateway.refund(key, reference, amount))

    async def _counted(self, operation: str, call: Awaitable[Answer]) -> Answer:
        try:
            answer = await call
        except PaymentOutcomeUnknown:
            self._measurements.payment_finished(operation, "unknown")
            raise
        self._measurements.payment_finished(operation, _WORDS[type(answer)])
        return answer
