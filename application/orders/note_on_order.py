"""Write a sentence into an order's story."""

from application.shared.unit_of_work import UnitOfWork
from domain.shared.clock import Clock
from domain.shared.ids import OrderId
from domain.shared.timeline import TimelineKind


class NoteOnOrder:
    """Readers and support see what is being tried, also while nothing has changed yet."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, order_id: OrderId, kind: TimelineKind, text: str) -> None:
        """Plain words, no personal data."""
        async with self._unit_of_work() as work:
            order = await work.orders.get(order_id)
            order.note(kind, text, self._clock.now())
            await work.orders.save(order)
