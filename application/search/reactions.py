"""What the search does about events of the shop: it only marks works; the indexer looks at them."""

from uuid import UUID

from application.orders.views import OrderViews
from application.outbox.ports import WaitingEvent
from application.search.ports import SearchDocuments
from domain.shared.clock import Clock
from domain.shared.ids import BookId, OrderId, WorkId


class MarkWork:
    """The event speaks of a work: it may read differently now."""

    def __init__(self, documents: SearchDocuments, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `work_revised`, `work_rated`."""
        await self._documents.mark([WorkId(event.aggregate_id)], self._clock.now())
        return True


class MarkBook:
    """The event speaks of an edition: its work may read differently now."""

    def __init__(self, documents: SearchDocuments, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `book_added`, `book_revised`, `book_repriced`, `book_withdrawn`, `book_sold_out`,
        `book_back_in_stock`.
        """
        await self._documents.mark_books([BookId(event.aggregate_id)], self._clock.now())
        return True


class MarkOrdered:
    """An order sells copies, or turns out not to have: its works may be more or less popular now. Comes after
    what counts the sales.
    """

    def __init__(self, documents: SearchDocuments, views: OrderViews, clock: Clock) -> None:
        self._documents = documents
        self._views = views
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `order_confirmed`, `order_ended`."""
        order = await self._views.one(OrderId(event.aggregate_id), None)
        await self._documents.mark_books([line.book_id for line in order.lines], self._clock.now())
        return True


class MarkImported:
    """A batch of an import: all of its works may read differently now."""

    def __init__(self, documents: SearchDocuments, clock: Clock) -> None:
        self._documents = documents
        self._clock = clock

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `books_imported`."""
        told = event.payload["book_ids"]
        books = [BookId(UUID(str(book))) for book in told] if isinstance(told, list) else []
        await self._documents.mark_books(books, self._clock.now())
        return True
