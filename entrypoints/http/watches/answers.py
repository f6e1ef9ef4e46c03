"""What clients get back about watches."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from application.watches.views import WatchView
from domain.shared.edition_format import Format
from domain.shared.money import Money
from domain.shared.timeline import TimelineEntry
from domain.watches.lows import Low
from domain.watches.quiet_hours import QuietHours
from domain.watches.status import WatchStatus
from domain.watches.terms import Buying
from domain.watches.watch import Watch


class PriceSeen(Struct, frozen=True):
    """The least that any store asked for a copy like this, all in all; null: no store had one then."""

    format: Format
    condition: str
    price: Money | None
    seen_at: datetime

    @classmethod
    def of(cls, low: Low) -> "PriceSeen":
        """In the words of the API."""
        return cls(low.format, low.condition, low.price, low.at)


class QuietAnswer(Struct, frozen=True):
    """Nothing is told then."""

    begin: str
    end: str
    zone: str

    @classmethod
    def of(cls, quiet: QuietHours | None) -> "QuietAnswer | None":
        """In the words of the API."""
        if quiet is None:
            return None
        return cls(f"{quiet.begin:%H:%M}", f"{quiet.end:%H:%M}", quiet.zone)


class BuyingAnswer(Struct, frozen=True, kw_only=True):
    """How far the buying has come. `purchase_id` is the last attempt's."""

    quantity: int
    bought: int
    budget: Money
    spent: Money
    veto_minutes: int | None
    veto_until: datetime | None
    attempts: int
    purchase_id: UUID | None
    last_failure: str | None

    @classmethod
    def of(cls, watch: Watch, buying: Buying) -> "BuyingAnswer":
        """In the words of the API."""
        return cls(
            quantity=buying.quantity,
            bought=watch.bought,
            budget=buying.budget,
            spent=watch.spent or Money.zero(buying.budget.currency),
            veto_minutes=int(buying.veto.total_seconds() // 60) if buying.veto else None,
            veto_until=watch.veto_until,
            attempts=watch.attempt,
            purchase_id=watch.purchase_id if watch.attempt else None,
            last_failure=watch.last_failure,
        )


class WatchAnswer(Struct, frozen=True, kw_only=True):
    """A watch. `why` says what it waits for, or why it has not bought or told yet; `lowest_price` is the
    least of `prices`, as last heard; with `would_act` it is low enough.
    """

    watch_id: UUID
    book_isbn: str
    status: str
    why: str
    max_price: Money
    latest_date: datetime
    formats: Sequence[str]
    conditions: Sequence[str]
    quiet_hours: QuietAnswer | None
    begun_at: datetime
    ended_because: str | None
    lowest_price: Money | None
    would_act: bool
    prices: Sequence[PriceSeen]
    not_before: datetime | None
    buying: BuyingAnswer | None
    needs_attention: str | None
    timeline: Sequence[TimelineEntry]

    @classmethod
    def of(cls, view: WatchView) -> "WatchAnswer":
        """In the words of the API."""
        it, price = view.watch, view.price
        return cls(
            watch_id=it.id,
            book_isbn=it.isbn.value,
            status=it.status,
            why=view.why,
            max_price=it.terms.target,
            latest_date=it.terms.until,
            formats=sorted(it.terms.formats),
            conditions=sorted(it.terms.conditions),
            quiet_hours=QuietAnswer.of(it.terms.quiet),
            begun_at=it.begun_at,
            ended_because=it.ended_because,
            lowest_price=price.price if price else None,
            would_act=view.would_act,
            prices=[PriceSeen.of(low) for low in view.lows],
            not_before=it.held_until if it.status is WatchStatus.ACTIVE else None,
            buying=BuyingAnswer.of(it, it.terms.buying) if it.terms.buying else None,
            needs_attention=it.needs_attention,
            timeline=view.timeline,
        )


class WatchPage(Struct, frozen=True):
    """A page of watches, their stories left out; `next` is the cursor of the following one."""

    items: Sequence[WatchAnswer]
    next: str | None
