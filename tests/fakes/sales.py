"""Sales in memory: counted from the orders' own events, or only remembering what was asked."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from application.books.sales import WINDOW
from domain.orders.events import OrderConfirmed
from domain.orders.status import OrderStatus
from domain.shared.ids import BookId, OrderId
from tests.fakes.orders import InMemoryOrders


async def sales_figures(orders: InMemoryOrders, today: date) -> tuple[Counter[BookId], Counter[BookId]]:
    """Copies sold lately and ever, as the relay would have counted them by now."""
    lately: Counter[BookId] = Counter()
    ever: Counter[BookId] = Counter()
    for event in [event for event in orders.events if isinstance(event, OrderConfirmed)]:
        order = await orders.get(OrderId(event.aggregate_id))
        if order.status in {OrderStatus.CONFIRMED, OrderStatus.COMPLETED}:
            bought = {BookId(UUID(book)): copies for book, copies in event.books.items()}
            ever.update(bought)
            lately.update(bought if order.placed_at.date() > today - WINDOW else {})
    return lately, ever


class InMemorySales:
    """The `Sales` port."""

    def __init__(self, *sold: tuple[date, BookId]) -> None:
        self.asked: list[tuple[str, OrderId]] = []
        self.days = sorted(sold)

    async def count(self, order_id: OrderId) -> Sequence[BookId]:
        self.asked.append(("count", order_id))
        return []

    async def take_back(self, order_id: OrderId) -> Sequence[BookId]:
        self.asked.append(("take back", order_id))
        return []

    async def forget(self, before: date, at_most: int) -> Sequence[BookId]:
        gone = sum(day < before for day, _ in self.days[:at_most])
        books, self.days = [book for _, book in self.days[:gone]], self.days[gone:]
        return books
