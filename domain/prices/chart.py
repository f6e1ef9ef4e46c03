"""A price over time as few points as a picture needs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.prices.history import Held, PriceRun, held
from domain.shared.errors import InvalidInput
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """From `at` on the price was this, until the next point; None: not offered."""

    at: datetime
    price: Money | None


def chart(runs: Sequence[PriceRun], since: datetime, until: datetime, most: int) -> list[ChartPoint]:
    """The steps between two moments, exactly; or, if they are more than `most`, the lowest price of each of
    as many equal spans of time: who looks at a chart looks for the lows, and none of them is lost.
    """
    if most < 1:
        raise InvalidInput("points", "A chart has at least one point.")
    steps = list(held(runs, since, until))
    if len(steps) > most:
        steps = list(_lowest_of_each(steps, until, most))
    return list(_changes(steps))


def _lowest_of_each(steps: Sequence[Held], until: datetime, most: int) -> Iterator[Held]:
    span = -((steps[0].since - until) // most)  # rounded up, so that the last one ends with all
    begin, place = steps[0].since, 0
    while begin < until:
        end = min(begin + span, until)
        lowest = steps[place].price
        while True:
            lowest = _lower(lowest, steps[place].price)
            if steps[place].until >= end:
                break
            place += 1
        yield Held(lowest, begin, end)
        if steps[place].until == end:
            place += 1
        begin = end


def _lower(one: Money | None, two: Money | None) -> Money | None:
    if one is None or two is None:
        return one or two
    return min(one, two)


def _changes(steps: Iterable[Held]) -> Iterator[ChartPoint]:
    last: Held | None = None
    for step in steps:
        if last is None or step.price != last.price:
            yield ChartPoint(step.since, step.price)
        last = step
