"""One story of a price out of several: of months joined, of stores the cheapest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, NamedTuple

from domain.prices.history import PriceRun
from domain.shared.money import Money

# Of a store that is not heard of any more the last price counts so long. As many days decide whether a price
# was cut, and a book that few ask for is not asked for oftener.
LAST_COUNTS: Final = timedelta(days=30)


class _Asked(NamedTuple):
    """What one store asked, from a moment until another."""

    since: datetime
    until: datetime
    price: Money


def joined(runs: Iterable[PriceRun]) -> list[PriceRun]:
    """Runs in order, those of the same price that follow each other made one: a month's end is no event."""
    whole: list[PriceRun] = []
    for run in runs:
        if whole and whole[-1].price == run.price:
            whole[-1] = replace(whole[-1], until=run.until, seen=whole[-1].seen + run.seen)
        else:
            whole.append(run)
    return whole


def cheapest(stories: Sequence[Sequence[PriceRun]], at: datetime) -> list[PriceRun]:
    """What the cheapest of several stores asked, up to that moment; None where none had a copy. Each store's
    runs are in order and of one series.
    """
    asked = sorted(one for story in stories for one in _asked(story, at))
    return joined(_lowest(asked, at)) if asked else []


def _asked(story: Sequence[PriceRun], at: datetime) -> Iterator[_Asked]:
    ends = [after.since for _, after in pairwise(story)] + [story[-1].until + LAST_COUNTS] if story else []
    for run, end in zip(story, ends, strict=True):
        if run.price is not None and run.since < min(end, at):
            yield _Asked(run.since, min(end, at), run.price)


def _lowest(asked: Sequence[_Asked], at: datetime) -> Iterator[PriceRun]:
    moments = sorted({one.since for one in asked} | {one.until for one in asked})
    open_now: list[tuple[int, datetime, Money]] = []  # the cheapest first
    place = 0
    for begin, end in pairwise([*moments, at]):
        while place < len(asked) and asked[place].since <= begin:
            heappush(open_now, (asked[place].price.amount, asked[place].until, asked[place].price))
            place += 1
        while open_now and open_now[0][1] <= begin:
            heappop(open_now)
        if begin < end:
            yield PriceRun(open_now[0][2] if open_now else None, begin, end)
