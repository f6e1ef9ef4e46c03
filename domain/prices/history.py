"""What a price has been: one run for as long as it was the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

from domain.shared.money import Money

MEDIAN_OF: Final = timedelta(days=90)
LEAST_SEEN: Final = 5  # observations: fewer make no median


@dataclass(frozen=True, slots=True)
class PriceRun:
    """The same price from its first to its last observation, seen so many times; None: the store answered
    that it does not offer the book. What happened between two runs nobody saw: the earlier one counts until
    the next began. Whether a copy was in stock is another story and not told here.
    """

    price: Money | None
    since: datetime
    until: datetime
    seen: int = 1


class Held(NamedTuple):
    """A price (None: not offered) and when it counted."""

    price: Money | None
    since: datetime
    until: datetime


def observed(last: PriceRun | None, price: Money | None, at: datetime) -> PriceRun | None:
    """The run to be kept after a store's answer: the `last` one continued, or a new one. None if the answer
    tells nothing new, being no newer than what is known. An ask that failed is no answer: it does not come
    here.
    """
    if last is None:
        return PriceRun(price, at, at)
    if at <= last.until:
        return None
    if price == last.price:
        return replace(last, until=at, seen=last.seen + 1)
    return PriceRun(price, at, at)


def held(runs: Sequence[PriceRun], since: datetime, until: datetime) -> Iterator[Held]:
    """What counted between two moments; `runs` are in order, and the last one counts on."""
    ends = [after.since for _, after in pairwise(runs)] + [until]
    for run, end in zip(runs, ends, strict=False):
        begin, end_within = max(run.since, since), min(end, until)
        if begin < end_within:
            yield Held(run.price, begin, end_within)


def median_price(runs: Sequence[PriceRun], at: datetime) -> Money | None:
    """The price that was undercut for no more than half of the last 90 days; None if it was seen less than
    five times. `runs` are in order.
    """
    since = at - MEDIAN_OF
    if sum(run.seen for run in runs if run.price is not None and run.until >= since) < LEAST_SEEN:
        return None
    lasted = sorted(
        (one.price.amount, one.until - one.since, one.price.currency)
        for one in held(runs, since, at)
        if one.price is not None
    )
    left = sum((time for _, time, _ in lasted), timedelta()) // 2
    for amount, time, currency in lasted:
        left -= time
        if left <= timedelta():
            return Money(amount, currency)
    return None
