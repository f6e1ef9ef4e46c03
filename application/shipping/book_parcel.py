"""Ask the carrier to come."""

from application.orders.news import OrderNews
from application.shared.unit_of_work import UnitOfWork
from domain.orders.errors import IllegalMove
from domain.shared.clock import Clock
from domain.shared.ids import OrderId
from domain.shipping.carrier import BookingRefused, BookingRequest, Carrier, Parcel, ShipmentKey
from domain.shipping.weights import parcel_grams


def shipment_key(order_id: OrderId) -> ShipmentKey:
    """One parcel an order: derived, so that every retry books the same one."""
    return ShipmentKey(f"{order_id}-1-ship")


class BookParcel:
    """A confirmed order with paper in it gets one parcel. No answer: ask again under the same key."""

    def __init__(self, unit_of_work: UnitOfWork, carrier: Carrier, clock: Clock, news: OrderNews) -> None:
        self._unit_of_work = unit_of_work
        self._carrier = carrier
        self._clock = clock
        self._news = news

    async def __call__(self, order_id: OrderId) -> Parcel | BookingRefused:
        """Book, and write the tracking number into the order; raises `CarrierOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            particulars = await work.orders.particulars(order_id)
        if particulars.address is None:
            raise IllegalMove("An order without an address cannot be shipped.")
        answer = await self._carrier.book(
            BookingRequest(
                key=shipment_key(order_id),
                order_id=order_id,
                address=particulars.address,
                weight_grams=parcel_grams(order.weight_grams),
                method=order.shipping_method,
            )
        )
        if isinstance(answer, Parcel):
            async with self._unit_of_work() as work:
                order = await work.orders.get(order_id)
                order.book_parcel(answer.tracking_number, self._clock.now())
                await work.orders.save(order)
            await self._news.tell(order_id)
        return answer
