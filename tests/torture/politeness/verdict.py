"""What the stores' own ledgers say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.prices.pace import spacing
from tests.torture.politeness.stores import terms


@dataclass(frozen=True)
class Store:
    """One store's day. `most` is the largest number of calls in any window of its rule, open at one end."""

    number: int
    allowed: int
    most: int
    calls: int
    use: float  # of the safe rate
    worst_at: float  # the end of that window

    @property
    def was_asked_too_often(self) -> bool:
        return self.most > self.allowed


def judged(arrivals: Mapping[str, Sequence[float]], spans: Sequence[tuple[float, float]]) -> list[Store]:
    """Every window of the whole run; the use of the safe rate within `spans`, on the same clock."""
    return [_judged(int(number), moments, spans) for number, moments in arrivals.items()]


def mean_use(stores: Sequence[Store]) -> float:
    return sum(store.use for store in stores) / len(stores)


def _judged(number: int, arrivals: Sequence[float], spans: Sequence[tuple[float, float]]) -> Store:
    store, ordered = terms(number), sorted(arrivals)
    (rule,) = store.limits
    used = sum(begin <= at < end for at in ordered for begin, end in spans)
    length = sum(end - begin for begin, end in spans)
    most, worst_at, first = 0, 0.0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - rule.seconds:
            first += 1
        if last - first >= most:
            most, worst_at = last - first + 1, at
    use = used * spacing(store).total_seconds() / length
    return Store(number, rule.calls, most, len(ordered), use, worst_at)
