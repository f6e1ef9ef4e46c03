"""How fresh prices are when they are asked for, at the same number of calls: by plan, and by what was
learnt.
"""

import heapq
import math
import random
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from domain.prices.estimates import refresh
from domain.prices.estimates.change_rate import UNKNOWN, ChangeRate, learnt, prior_of
from domain.prices.estimates.demand import HALF_LIFE, WINDOW, Interest

DAY: Final = 86_400.0
BOOKS: Final = 20_000
ZIPF: Final = 0.9
CHANGE, CHANGE_SPREAD = 1 / 3, 1.4  # changes a day: the median, and the deviation of the logarithm
QUESTIONS: Final = 1.0  # a second, for all books together
TTLS: Final = (300.0, 900.0, 7_200.0, 86_400.0)
SHARES: Final = (0.01, 0.04, 0.15, 0.80)  # of the books in each tier, the most popular first
BATCH: Final = 64  # calls chosen at once
MEMORY: Final = 5 * DAY  # questions older than that weigh nothing any more
DECILES: Final = 10

Rates = Sequence[float]


@dataclass(frozen=True)
class World:
    """Questions and changes a second of each book, the most popular first."""

    demand: Rates
    change: Rates

    @classmethod
    def made(
        cls, seed: int, *, books: int = BOOKS, spread: float = CHANGE_SPREAD, popular_change_more: float = 0.0
    ) -> "World":
        """`popular_change_more` is the power of the demand that the change rate follows."""
        chance = random.Random(seed)
        weights = [(rank + 1) ** -ZIPF for rank in range(books)]
        total = sum(weights)
        demand = [QUESTIONS * weight / total for weight in weights]
        change = [
            CHANGE
            / DAY
            * math.exp(spread * chance.gauss(0, 1))
            * (weight * books / total) ** popular_change_more
            for weight in weights
        ]
        return cls(demand, change)

    def freshness(self, refreshes: Rates) -> float:
        """P(the price of a question is right), if each book is refreshed at even intervals."""
        return sum(
            demand * _even(change, rate)
            for demand, change, rate in zip(self.demand, self.change, refreshes, strict=True)
        ) / sum(self.demand)


def _even(change: float, refreshes: float) -> float:
    if refreshes <= 0:
        return 0.0
    changes = change / refreshes
    return -math.expm1(-changes) / changes


def uniform(world: World, calls: float) -> Rates:
    """Every book as often."""
    return [calls / len(world.demand)] * len(world.demand)


def tiers(world: World, calls: float, shares: Sequence[float] = SHARES) -> Rates:
    """Four tiers by popularity, refreshed when their time to live is over, all slowed down alike until that
    many calls are enough.
    """
    ends = [round(share * len(world.demand)) for share in accumulate(shares)]
    rates = [1 / TTLS[min(bisect_left(ends, rank + 1), 3)] for rank in range(len(world.demand))]
    slower = calls / sum(rates)
    return [rate * slower for rate in rates]


def harmonic(world: World, calls: float) -> Rates:
    """The shop's policy, if demand and change rates were known."""
    books = list(zip(world.demand, world.change, strict=True))
    price = refresh.shadow_price(books, calls)
    return [refresh.harmonic_rate(demand, change, price) for demand, change in books]


def optimum(world: World, calls: float) -> Rates:
    """Nothing is fresher (Cho and Garcia-Molina, 2003), but it never refreshes what is asked for seldom."""
    grid = [step / 500 for step in range(1, 20_000)]
    gains = [1 - (1 + changes) * math.exp(-changes) for changes in grid]
    ratios = [change / demand for demand, change in zip(world.demand, world.change, strict=True)]

    def at(price: float) -> Rates:
        wanted = [price * ratio for ratio in ratios]
        return [
            change / grid[min(bisect_left(gains, gain), len(grid) - 1)] if gain < 1 else 0.0
            for change, gain in zip(world.change, wanted, strict=True)
        ]

    low, high = 1e-9, max(1 / ratio for ratio in ratios)
    for _ in range(40):
        price = math.sqrt(low * high)
        low, high = (price, high) if sum(at(price)) > calls else (low, price)
    return at(high)


PLANS: Final[dict[str, Callable[[World, float], Rates]]] = {
    "uniform": uniform,
    "four TTL tiers": tiers,
    "ours, all known": harmonic,
    "optimum": optimum,
}


@dataclass
class Learning:
    """The shop at work: it sees questions as they come and whether a price had changed when it was asked for,
    and knows nothing else. What it believes of a book it works out when that book is looked at.
    """

    world: World
    calls: float
    chance: random.Random
    now: float = 0.0
    priors: list[ChangeRate] = field(default_factory=lambda: [UNKNOWN] * DECILES)
    price: float = 1.0
    fresh_time: float = 0.0  # questions that would have been answered rightly since `since`
    since: float = math.inf

    def __post_init__(self) -> None:
        books = len(self.world.demand)
        self.refreshed = [0.0] * books
        self.evidence = [ChangeRate()] * books
        self.interest = [Interest(0.0, 0.0)] * books
        self.usual = sum(self.world.demand) / books
        self.buckets: list[list[tuple[float, int]]] = [[] for _ in range(refresh.BUCKETS)]
        for book in self.chance.sample(range(books), books):
            self._wait(book)

    def run(self, until: float) -> None:
        """Spend the calls."""
        while self.now < until:
            self.now += BATCH / self.calls
            looked: list[int] = []
            for chosen in list(refresh.choose([self._oldest(one, looked) for one in self.buckets], BATCH)):
                self._ask(chosen.book)
                self.price = refresh.follow(self.price, chosen.value)
            for book in looked:
                self._wait(book)

    def learn_priors(self) -> None:
        """What a night's work would do."""
        size = len(self.evidence) // DECILES
        self.priors = [prior_of(self.evidence[n * size : (n + 1) * size]) for n in range(DECILES)]

    def measure(self, until: float) -> float:
        """P(the price of a question is right) from now until then: in expectation over when prices change, so
        that only what was learnt is left to chance.
        """
        self.since, self.fresh_time = self.now, 0.0
        self.run(until)
        for book in range(len(self.refreshed)):
            self._count(book)
        return self.fresh_time / (sum(self.world.demand) * (self.now - self.since))

    def _oldest(self, bucket: list[tuple[float, int]], looked: list[int]) -> Iterator[refresh.Waiting[int]]:
        while bucket:
            refreshed, book = heapq.heappop(bucket)
            looked.append(book)
            yield refresh.Waiting(book, self._demand(book), self._change(book), self.now - refreshed)

    def _wait(self, book: int) -> None:
        place = refresh.bucket(self._demand(book), self._change(book), self.price)
        heapq.heappush(self.buckets[place], (self.refreshed[book], book))

    def _ask(self, book: int) -> None:
        self._count(book)
        interval = self.now - self.refreshed[book]
        changed = self.chance.random() < -math.expm1(-self.world.change[book] * interval)
        prior = self.priors[book * DECILES // len(self.evidence)]
        self.evidence[book] = learnt(self.evidence[book], prior, interval=interval, changed=changed)
        self.refreshed[book] = self.now

    def _count(self, book: int) -> None:
        begin = max(self.since, self.refreshed[book])
        if begin < self.now:
            rate, seen = self.world.change[book], self.refreshed[book]
            right = math.exp(-rate * (begin - seen)) - math.exp(-rate * (self.now - seen))
            self.fresh_time += self.world.demand[book] * right / rate

    def _change(self, book: int) -> float:
        return (self.evidence[book] + self.priors[book * DECILES // len(self.evidence)]).per_second

    def _demand(self, book: int) -> float:
        interest = self.interest[book]
        if interest.at < self.now:
            weight = self._questions(self.world.demand[book], self.now - interest.at)
            interest = self.interest[book] = Interest(interest.weight_at(self.now) + weight, self.now)
        return interest.per_second(self.now, self.usual)

    def _questions(self, rate: float, seconds: float) -> float:
        """What the questions of so many seconds weigh at their end."""
        remembered = min(seconds, MEMORY)
        if rate * remembered > 30:
            mean = rate * WINDOW * (1 - math.exp2(-seconds / HALF_LIFE))
            variance = rate * WINDOW / 2 * (1 - math.exp2(-2 * seconds / HALF_LIFE))
            return max(self.chance.gauss(mean, math.sqrt(variance)), 0.0)
        weight, ago = 0.0, self.chance.expovariate(rate)
        while ago < remembered:
            weight += math.exp2(-ago / HALF_LIFE)
            ago += self.chance.expovariate(rate)
        return weight


def learnt_freshness(world: World, calls: float, *, days: float, seed: int) -> tuple[float, float]:
    """What the shop reaches after that many days in which it began from nothing (over half as many more), and
    what a call is worth to it then.
    """
    shop = Learning(world, calls, random.Random(seed))
    for part in (0.2, 0.5, 0.9):
        shop.run(part * days * DAY)
        shop.learn_priors()
    shop.run(days * DAY)
    return shop.measure(1.5 * days * DAY), shop.price
