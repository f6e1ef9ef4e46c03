"""Is there still a way back?"""

from application.shared.unit_of_work import UnitOfWork
from application.shipping.book_parcel import shipment_key
from domain.orders.order import Order
from domain.orders.status import OrderStatus
from domain.shared.ids import OrderId
from domain.shipping.carrier import Carrier


class CallOffOrder:
    """Nothing is undone before this says yes. A process that lost its memory may have gone further than it
    knows, and what it hears the second time may turn its story: so the order and the carrier are asked
    what truly happened. A yes is final: whoever still works on the order can bring no books any more.
    """

    def __init__(self, unit_of_work: UnitOfWork, carrier: Carrier) -> None:
        self._unit_of_work = unit_of_work
        self._carrier = carrier

    async def __call__(self, order_id: OrderId) -> bool:
        """False: money was taken or books have left, and the order is carried through. Raises
        `CarrierOutcomeUnknown`.
        """
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
        if _may_have_a_parcel(order) and not await self._carrier.cancel(shipment_key(order_id)):
            return False
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            called_off = order.call_off()
            await work.orders.save(order)
        return called_off


def _may_have_a_parcel(order: Order) -> bool:
    return order.status is OrderStatus.CONFIRMED and not order.digital
