"""Reserve the reader's money."""

from datetime import timedelta
from typing import Final

from application.shared.unit_of_work import UnitOfWork
from domain.orders.status import OrderStatus
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Declined,
    DeclineReason,
    PaymentGateway,
    PaymentReference,
    PaymentToken,
)
from domain.payments.ledger import PaymentOperation, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId

# A coupon paid for all of it: providers reserve no zero, so they are not asked.
NOTHING_TO_PAY: Final = PaymentReference("nothing-to-pay")

# Providers forget a key after a day; half of it is left for clocks, and for requests that are under way.
KEY_LIFE: Final = timedelta(hours=12)
_TOO_LATE = Declined(DeclineReason.DECLINED, "The payment was not made in time; nothing was charged.")


class AuthorisePayment:
    """Checkout reserves the order's total once, and nothing for an order that has ended. No answer is not an
    answer: the error says to ask. What was confirmed or is older than a key lives is only asked about: a
    process that lost its memory may come back when the provider has forgotten the key.
    """

    def __init__(self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock

    async def __call__(self, order_id: OrderId) -> Authorised | Declined | ActionRequired:
        """Ask the provider under the order's own key; raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            particulars = await work.orders.particulars(order_id)
        if order.called_off:
            return Declined(DeclineReason.DECLINED, order.ended_because or "The order has ended.")
        key = payment_key(order_id, PaymentOperation.AUTHORISE)
        if not order.total:
            return Authorised(NOTHING_TO_PAY, order.total)
        if order.status is not OrderStatus.PENDING:
            reserved = Authorised(PaymentReference(order.payment_reference or ""), order.total)
            return await self._gateway.find(key) or reserved
        if order.placed_at + KEY_LIFE < self._clock.now():
            return await self._gateway.find(key) or _TOO_LATE
        return await self._gateway.authorise(
            AuthorisationRequest(
                key=key,
                order_id=order_id,
                amount=order.total,
                token=PaymentToken(particulars.payment_token),
            )
        )
