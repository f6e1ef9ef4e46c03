"""Ask one store about one book, and remember what it says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.prices.ask_once import AskOnce
from application.prices.ask_store import AskStore
from domain.prices.answer import Outcome, Unanswered, answer
from domain.prices.ports import Bookstore
from domain.prices.store import Lane, Missing
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn
from domain.shared.money import Money

SAID_NO: frozenset[Missing | None] = frozenset({None, Missing.NOT_SOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Who is asked what, for how long, and as of when what others heard will do."""

    store: Bookstore
    isbn: Isbn
    lane: Lane
    within: timedelta
    since: datetime | None
    usual: Money | None


class Inquiries:
    """However many readers want to know, the store is asked once, when it is well and it is our turn. What it
    says is remembered, whether or not anybody still waits for it.
    """

    def __init__(
        self, ask_store: AskStore, ask_once: AskOnce, clock: Clock, seconds: Callable[[], float]
    ) -> None:
        self._ask_store = ask_store
        self._ask_once = ask_once
        self._clock = clock
        self._seconds = seconds

    async def __call__(self, inquiry: Inquiry) -> Outcome | None:
        """What came of it; None: it has not answered yet."""

        async def ask() -> Outcome:
            return await self._ask(inquiry)

        name = inquiry.store.terms.name
        return await self._ask_once(inquiry.isbn, name, ask, since=inquiry.since, patience=inquiry.within)

    async def _ask(self, inquiry: Inquiry) -> Outcome:
        store, isbn, began = inquiry.store, inquiry.isbn, self._seconds()
        asked = await self._ask_store(store, isbn, inquiry.lane, within=inquiry.within, usual=inquiry.usual)
        now = self._clock.now()
        if asked.missing not in SAID_NO:
            return Unanswered(isbn=isbn, store=asked.store, why=asked.missing or Missing.BROKEN, at=now)
        took = self._seconds() - began if asked.seconds is None else asked.seconds
        return answer(isbn, asked.store, asked.offers, at=now, took=timedelta(seconds=took))
