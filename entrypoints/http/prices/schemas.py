"""What prices have been, over the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from application.prices.price_history import PriceHistory, SeriesHistory
from domain.prices.chart import ChartPoint
from domain.prices.offer import Condition
from domain.prices.reductions import Discount, Reduction
from domain.shared.edition_format import Format
from domain.shared.money import Money


class PointItem(Struct, frozen=True):
    """From `at` on the price was this, until the next point; null: no copy was to be bought."""

    at: datetime
    price: Money | None

    @classmethod
    def of(cls, point: ChartPoint) -> "PointItem":
        """To the wire."""
        return cls(point.at, point.price)


class ReductionItem(Struct, frozen=True, kw_only=True):
    """The price was cut, once or in steps, `since` then. `reference` is the lowest of the 30 days before it;
    `known`: those days are all known. `basis_points`: how far below the reference (100 are 1 %).
    """

    since: datetime
    price: Money
    reference: Money | None
    basis_points: int
    known: bool

    @classmethod
    def of(cls, reduction: Reduction) -> "ReductionItem":
        """To the wire."""
        return cls(
            since=reduction.since,
            price=reduction.price,
            reference=reduction.reference,
            basis_points=reduction.basis_points,
            known=reduction.known,
        )


class SeriesItem(Struct, frozen=True, kw_only=True):
    """One format, condition and currency: the least a reader could pay in the end at any of `stores`.
    `lowest` was that first at `lowest_at`; `seen` is how often stores answered, `last_seen_at` when they did
    last.
    """

    format: Format
    condition: Condition
    currency: str
    stores: Sequence[str]
    current: Money | None
    lowest: Money | None
    lowest_at: datetime | None
    reduction: ReductionItem | None
    discount: Annotated[
        Discount,
        Meta(
            description="none: not cut; real: below all of the 30 days before; raised_first: as low then;"
            " unknown: too little is known."
        ),
    ]
    seen: int
    last_seen_at: datetime
    points: Sequence[PointItem]

    @classmethod
    def of(cls, found: SeriesHistory) -> "SeriesItem":
        """To the wire."""
        return cls(
            format=found.series.format,
            condition=found.series.condition,
            currency=found.series.currency,
            stores=found.stores,
            current=found.current,
            lowest=found.lowest,
            lowest_at=found.lowest_at,
            reduction=None if found.reduction is None else ReductionItem.of(found.reduction),
            discount=found.discount,
            seen=found.seen,
            last_seen_at=found.last_seen_at,
            points=[PointItem.of(point) for point in found.points],
        )


class PriceHistoryPage(Struct, frozen=True, kw_only=True):
    """Series by how often they were seen, the most first. There is one page."""

    isbn: str
    since: datetime
    until: datetime
    items: Sequence[SeriesItem]
    next: str | None = None

    @classmethod
    def of(cls, history: PriceHistory) -> "PriceHistoryPage":
        """To the wire."""
        return cls(
            isbn=history.question.isbn.value,
            since=history.since,
            until=history.until,
            items=[SeriesItem.of(found) for found in history.series],
        )
