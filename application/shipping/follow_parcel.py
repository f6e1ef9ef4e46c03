"""Ask the carrier where a parcel is, and call one off."""

from application.shipping.book_parcel import shipment_key
from domain.shared.ids import OrderId
from domain.shipping.carrier import Carrier, ParcelStatus


class FollowParcel:
    """The carrier's own word counts; its webhooks only say that it is worth asking."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    async def __call__(self, order_id: OrderId) -> ParcelStatus | None:
        """None: the carrier knows of no parcel; raises `CarrierOutcomeUnknown`."""
        parcel = await self._carrier.find(shipment_key(order_id))
        return parcel.status if parcel else None


class CallOffParcel:
    """Undoes this order's own booking, whatever became of it."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier

    async def __call__(self, order_id: OrderId) -> bool:
        """False: it has left already; raises `CarrierOutcomeUnknown`."""
        return await self._carrier.cancel(shipment_key(order_id))
