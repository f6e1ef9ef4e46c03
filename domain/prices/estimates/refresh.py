"""Which price is worth the next call to a store, and what that call is worth."""

import heapq
import math
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

# Periods between refreshes, from a minute to a year in steps of a quarter: books of one bucket are due in the
# order of their last refresh, so that a choice looks at the oldest of each and at no other.
BUCKETS: Final = 64
SHORTEST, LONGEST = 60.0, 365 * 86_400.0
_STEP: Final = math.log(LONGEST / SHORTEST) / (BUCKETS - 1)
SMOOTHING: Final = 1 / 64  # of the price of a call: one odd book does not move it
_HALVINGS: Final = 60  # of the range in which the price is sought

Book = TypeVar("Book", bound=Hashable)


def value(demand: float, change_rate: float, age: float) -> float:
    """What refreshing a price of that `age` is worth now, in questions that would be answered wrongly. Its
    policy is `harmonic_rate`: a book becomes due when `1 / age` is its rate. The value grows without end, so
    that no book starves, however seldom it is asked for.
    """
    change = change_rate * age
    return demand * age * change / (1 + change)


def harmonic_rate(demand: float, change_rate: float, price: float) -> float:
    """Refreshes a second that are worth `price` each: of all ways to spend as many calls the one with the
    smallest harmonic penalty for stale answers (after Kolobov and others, NeurIPS 2019).
    """
    if price <= 0:
        return math.inf
    return (math.sqrt(change_rate**2 + 4 * demand * change_rate / price) - change_rate) / 2


def bucket(demand: float, change_rate: float, price: float) -> int:
    """Where a book waits, while a call is worth `price`."""
    rate = harmonic_rate(demand, change_rate, price)
    if rate * LONGEST <= 1:
        return BUCKETS - 1
    if rate * SHORTEST >= 1:
        return 0
    return round(math.log(1 / (rate * SHORTEST)) / _STEP)


def shadow_price(books: Iterable[tuple[float, float]], calls: float) -> float:
    """What a call is worth where `calls` a second are spent on books of these demands and change rates: where
    it is highest, one call more a second gains most.
    """
    known = [(demand, rate) for demand, rate in books if demand > 0 and rate > 0]
    low, high = 0.0, len(known) * sum(demand * rate for demand, rate in known) / calls**2
    for _ in range(_HALVINGS if known else 0):
        price = (low + high) / 2
        if sum(harmonic_rate(demand, rate, price) for demand, rate in known) > calls:
            low = price
        else:
            high = price
    return high


def follow(price: float, paid: float) -> float:
    """The price of a call after one more was spent on something worth `paid`."""
    return price + (paid - price) * SMOOTHING


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Book]):
    """A price that may be refreshed; `age` in seconds, at the moment of choosing."""

    book: Book
    demand: float
    change_rate: float
    age: float

    @property
    def value(self) -> float:
        """What it is worth."""
        return value(self.demand, self.change_rate, self.age)


class Chosen(NamedTuple, Generic[Book]):
    """A book to be asked for, what that is worth, and the place in `queues` of the bucket it came from."""

    book: Book
    value: float
    queue: int


def choose(queues: Sequence[Iterable[Waiting[Book]]], calls: int) -> Iterator[Chosen[Book]]:
    """The books that are worth the next `calls` most, dearest first, from one queue a bucket, each oldest
    first. Of each queue one book is looked at, and one more for each book chosen.
    """
    waiting = [iter(queue) for queue in queues]
    heads: list[tuple[float, int, Waiting[Book]]] = []

    def look(place: int) -> None:
        head = next(waiting[place], None)
        if head is not None:
            heapq.heappush(heads, (-head.value, place, head))

    for place in range(len(waiting)):
        look(place)
    for _ in range(calls):
        if not heads:
            return
        worth, place, head = heapq.heappop(heads)
        look(place)
        yield Chosen(head.book, -worth, place)
