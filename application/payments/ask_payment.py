"""Find out what became of an authorisation."""

from domain.payments.gateway import ActionRequired, Authorised, Declined, PaymentGateway
from domain.payments.ledger import PaymentOperation, payment_key
from domain.shared.ids import OrderId


class AskPayment:
    """An unknown outcome is asked about, never repeated: asking has no effect at the provider."""

    def __init__(self, gateway: PaymentGateway) -> None:
        self._gateway = gateway

    async def __call__(self, order_id: OrderId) -> Authorised | Declined | ActionRequired | None:
        """None: the provider has not seen it, or is still at it; raises `PaymentOutcomeUnknown`."""
        return await self._gateway.find(payment_key(order_id, PaymentOperation.AUTHORISE))
