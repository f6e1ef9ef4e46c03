"""/v1/inventory, for staff."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from application.inventory.receive_stock import ReceiveStock, SeeStock
from domain.inventory.stock import StockLevel
from domain.shared.ids import BookId
from domain.users.principal import Principal


class Level(Struct, frozen=True):
    """Copies in the house, set aside, and free to buy."""

    on_hand: int
    held: int
    available: int

    @classmethod
    def of(cls, level: StockLevel) -> "Level":
        """In the words of the API."""
        return cls(level.on_hand, level.held, level.available)


class Receipt(Struct, frozen=True, forbid_unknown_fields=True):
    """Copies that arrived, and why."""

    qty: Annotated[int, Meta(ge=1, le=1_000_000)]
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


class Inventory(Controller):
    """The stock room."""

    path = "/inventory/{book_id:uuid}"
    tags = ("inventory",)

    @get(description=SeeStock.__doc__)
    async def see(
        self,
        book_id: FromPath[UUID],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        see_stock: NamedDependency[SeeStock],
    ) -> Level:
        """How many there are (staff)."""
        return Level.of(await see_stock(BookId(book_id)))

    @post("/receipts", status_code=201, description=ReceiveStock.__doc__)
    async def receive(
        self,
        book_id: FromPath[UUID],
        data: JSONBody[Receipt],
        staff: NamedDependency[Principal],  # noqa: ARG002 - naming it closes the route to everybody else
        receive_stock: NamedDependency[ReceiveStock],
    ) -> Level:
        """Copies arrive (staff)."""
        return Level.of(await receive_stock(BookId(book_id), data.qty, data.reason))
