"""What a book has cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.prices.ports import PriceStories, Story
from domain.prices.best import cheapest, joined
from domain.prices.chart import ChartPoint, chart
from domain.prices.history import held
from domain.prices.offer import Condition, Series, StoreName
from domain.prices.reductions import REFERENCE, Discount, Reduction, discount, reduction
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

LONGEST: Final = 3_660  # days
# A price may be cut in steps, each of which counts for 30 days; one that began further back is not told.
REDUCED_FOR: Final = 4 * REFERENCE
MOST_POINTS: Final = 200  # of a line: a screen shows no more, and lows are never lost


@dataclass(frozen=True, slots=True)
class HistoryQuestion:
    """Which prices: of all formats, conditions and stores where none is named."""

    isbn: Isbn
    days: int
    format: Format | None = None
    condition: Condition | None = None
    store: StoreName | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST:
            raise InvalidInput("days", f"Use 1 to {LONGEST}.")


@dataclass(frozen=True, slots=True)
class SeriesHistory:
    """One series: the cheapest of all `stores`, or the one that was asked for. `current` is the price now,
    None: no copy to be bought; `lowest` the least in the time shown, and `lowest_at` when it was that first.
    """

    series: Series
    stores: Sequence[StoreName]
    points: Sequence[ChartPoint]
    current: Money | None
    lowest: Money | None
    lowest_at: datetime | None
    reduction: Reduction | None
    discount: Discount
    seen: int
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """From one moment to another; the series that was seen most comes first."""

    question: HistoryQuestion
    since: datetime
    until: datetime
    series: Sequence[SeriesHistory]


class SeePriceHistory:
    """What readers could have paid in the end, shipping and tax included: for each format, condition and
    currency the steps of the lowest price, and whether the price of now is a real reduction, lower than any
    in the 30 days before it was cut.
    """

    def __init__(self, stories: PriceStories, clock: Clock) -> None:
        self._stories = stories
        self._clock = clock

    async def __call__(self, question: HistoryQuestion) -> PriceHistory:
        """Of a book that nobody ever asked for there is none. Raises `DatabaseUnavailable`."""
        now = self._clock.now()
        since = now - timedelta(days=question.days)
        told = await self._stories.stories(
            question.isbn,
            since=min(since, now - REDUCED_FOR),
            format=question.format,
            condition=question.condition,
            store=question.store,
        )
        by_series: dict[Series, list[Story]] = {}
        for story in told:
            by_series.setdefault(story.series, []).append(story)
        every = [_history(series, stories, since, now) for series, stories in by_series.items()]
        return PriceHistory(question, since, now, sorted(every, key=lambda one: -one.seen))


def _history(series: Series, stories: Sequence[Story], since: datetime, now: datetime) -> SeriesHistory:
    runs = cheapest([joined(story.runs) for story in stories], now)
    priced = [(one.price, one.since) for one in held(runs, since, now) if one.price is not None]
    lowest, lowest_at = min(priced, key=lambda one: one[0].amount, default=(None, None))
    return SeriesHistory(
        series=series,
        stores=[story.store for story in stories],
        points=chart(runs, since, now, MOST_POINTS),
        current=runs[-1].price if runs else None,
        lowest=lowest,
        lowest_at=lowest_at,
        reduction=reduction(runs, now),
        discount=discount(runs, now),
        seen=sum(run.seen for story in stories for run in story.runs),
        last_seen_at=max(story.runs[-1].until for story in stories),
    )
