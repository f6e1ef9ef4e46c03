"""What the shop needs to keep orders."""

from dataclasses import dataclass
from typing import Protocol

from domain.orders.order import Order
from domain.shared.address import PostalAddress
from domain.shared.ids import OrderId, UserId


@dataclass(frozen=True, slots=True)
class Particulars:
    """What only the carrier and the payment provider need to know: personal, sealed at rest, never in
    histories or logs.
    """

    address: PostalAddress | None
    payment_token: str


class Orders(Protocol):
    """Aggregates in, aggregates out. `save` writes the order's new events and sentences as well."""

    async def add(self, order: Order, particulars: Particulars) -> None:
        """Keep a new order."""
        ...

    async def get(self, order_id: OrderId) -> Order:
        """Load for a change (nobody else changes it meanwhile); raises `OrderNotFound`."""
        ...

    async def save(self, order: Order) -> None:
        """Keep what changed."""
        ...

    async def owner(self, order_id: OrderId) -> UserId:
        """Whose order it is; raises `OrderNotFound`."""
        ...

    async def particulars(self, order_id: OrderId) -> Particulars:
        """Open the sealed part; raises `OrderNotFound`."""
        ...
