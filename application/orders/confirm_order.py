"""Confirm an order."""

from application.carts.remove_ordered import RemoveOrdered
from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.carts.errors import CartUnavailable
from domain.orders.order import Order
from domain.orders.status import OrderStatus
from domain.payments.gateway import Authorised
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult, payment_key
from domain.shared.clock import Clock
from domain.shared.ids import OrderId


class ConfirmOrder:
    """Only checkout confirms an order, only once its payment is authorised, and its stock with it."""

    def __init__(
        self, unit_of_work: UnitOfWork, remove_ordered: RemoveOrdered, clock: Clock, news: OrderNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._remove_ordered = remove_ordered
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId, payment: Authorised) -> OrderStatus:
        """Order, stock and payment ledger in one transaction; raises `OutOfStock` when the hold had
        lapsed and the books went to somebody else.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.confirm(payment.reference, now)
            await work.orders.save(order)
            await work.payments.record(
                PaymentEntry(
                    order_id=order_id,
                    key=payment_key(order_id, PaymentOperation.AUTHORISE),
                    operation=PaymentOperation.AUTHORISE,
                    result=PaymentResult.SUCCEEDED,
                    amount=payment.amount,
                    reference=payment.reference,
                    at=now,
                )
            )
            await work.inventory.commit(order_id, now)
        await self._empty_cart(order)
        await self._news.tell(order_id)
        return order.status

    async def _empty_cart(self, order: Order) -> None:
        try:
            await self._remove_ordered(order.user_id, order.id, order.copies())
        except CartUnavailable:
            return  # the relay does it again from the event, until it succeeds
