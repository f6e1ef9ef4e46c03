"""What staff sees of bookstores."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from application.prices.refreshing.store_report import StoreReport
from domain.prices.refreshing import DeadLetter
from domain.prices.store import Missing


class StoreLine(Struct, frozen=True, kw_only=True):
    """How one store does: shares from 0 to 1, times in seconds."""

    store: str
    title: str
    calls: int
    answered: float | None
    p50: float | None
    p95: float | None
    limit_used: float
    spared: int
    busy: int
    outages: int
    away_seconds: float
    is_away: bool
    fresh: float | None
    waiting: int
    set_aside: int
    shadow_price: float | None

    @classmethod
    def of(cls, report: StoreReport) -> "StoreLine":
        """To the wire."""
        return cls(
            store=report.store,
            title=report.title,
            calls=report.calls,
            answered=report.answered,
            p50=report.p50,
            p95=report.p95,
            limit_used=report.used,
            spared=report.spared,
            busy=report.busy,
            outages=report.outages,
            away_seconds=report.away.total_seconds(),
            is_away=report.is_away,
            fresh=report.fresh,
            waiting=report.waiting,
            set_aside=report.set_aside,
            shadow_price=report.price,
        )


class StoresReport(Struct, frozen=True, kw_only=True):
    """Every store by name; there is one page."""

    days: int
    items: Sequence[StoreLine]
    next: str | None = None


class BookSetAside(Struct, frozen=True, kw_only=True):
    """A book that a store failed on, again and again."""

    store: str
    isbn: str
    failures: int
    why: Missing
    since: datetime

    @classmethod
    def of(cls, letter: DeadLetter) -> "BookSetAside":
        """To the wire."""
        return cls(
            store=letter.store,
            isbn=letter.isbn.value,
            failures=letter.failures,
            why=letter.why,
            since=letter.since,
        )


class BooksSetAside(Struct, frozen=True, kw_only=True):
    """The latest first; there is one page."""

    items: Sequence[BookSetAside]
    next: str | None = None


class SentAgain(Struct, frozen=True, kw_only=True):
    """How many books wait again."""

    sent: int
