"""How many stores are asked and how much cheaper the rest of them would have been, with what was learnt."""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial, reduce
from itertools import islice
from statistics import mean
from typing import Final

from domain.prices.estimates.asking import explores, next_wave, ranked, usual_price
from domain.prices.estimates.consensus import Witness, judge
from domain.prices.estimates.premium import WIDTH, Premiums
from domain.prices.estimates.reservation import StoreModel, cost_of_call, reservation_value
from domain.prices.offer import StoreName
from tests.quality.offers import offered

DAY: Final = 86_400.0
STORES: Final = 100
COPYING: Final = 20  # of the stores sell from five price lists, four from each
COMPARISONS, DAYS = 4_000, 60.0
BETWEEN: Final = 0.2  # deviation of the stores' mean premiums (logarithms), as that of all prices
WITHIN: Final = (0.03, 0.10)  # of a store's own premiums: the least and the most erratic store
DRIFT: Final = 0.01  # of a store's mean premium in a day
DOUBT: Final = 0.08  # about the usual price of a book, before anybody is asked
SHADOW_PRICE: Final = 1.0  # what a call is worth at 0.2 calls a second
ROUND: Final = 100  # comparisons between two nights: stores move on, models age


@dataclass
class Store:
    """As it really is: does it have the book, and at what premium?"""

    name: StoreName
    sells: float
    mean: float
    deviation: float
    latency: float
    feed: str
    margin: float = 0.0

    def move(self, chance: random.Random, days: float) -> None:
        """A store's level wanders, and comes back in the long run."""
        back = (DRIFT / BETWEEN) ** 2 / 2 * days
        self.mean += chance.gauss(0, DRIFT * math.sqrt(days)) - back * self.mean

    @property
    def truth(self) -> StoreModel:
        """The model of somebody who knows."""
        steps = [step / 8 for step in range(-32, 33)]
        counts: dict[int, float] = {}
        for z in steps:
            place = round((self.mean + self.margin + self.deviation * z) / WIDTH)
            counts[place] = counts.get(place, 0.0) + math.exp(-z * z / 2)
        return StoreModel(1e6, 1e6 * self.sells, Premiums(counts))


def _stores(chance: random.Random, within: tuple[float, float]) -> list[Store]:
    stores: list[Store] = []
    for number in range(STORES):
        copied = number - STORES + COPYING
        if copied > 0 and copied % 4:
            origin = stores[number - copied % 4]
            mean_, deviation, feed, margin = origin.mean, origin.deviation, origin.feed, 0.01 * (copied % 4)
        else:
            mean_, deviation = chance.gauss(0, BETWEEN), chance.uniform(*within)
            feed, margin = f"feed-{number}", 0.0
        name = StoreName(f"store-{number:03}")
        stores.append(
            Store(name, chance.uniform(0.5, 0.98), mean_, deviation, chance.uniform(0.2, 3.0), feed, margin)
        )
    return stores


@dataclass
class Comparison:
    """One book: what the stores would say, as a part of its true usual price in cents."""

    usual: int
    prices: Mapping[StoreName, int]

    @property
    def cheapest(self) -> int:
        return min(self.prices.values())


@dataclass
class Market:
    """A stream of comparisons over two months, the same for whoever asks."""

    seed: int
    within: tuple[float, float] = WITHIN
    stores: list[Store] = field(init=False)

    def __post_init__(self) -> None:
        self.stores = _stores(random.Random(self.seed), self.within)

    def comparisons(self) -> Iterator[Comparison]:
        chance = random.Random(self.seed + 1)
        for number in range(COMPARISONS):
            if number % ROUND == 0:
                self._move(chance)
            usual = round(2_000 * math.exp(chance.gauss(0, 0.4)))
            luck: dict[str, float] = {}
            prices = {}
            for store in self.stores:
                z = luck.setdefault(store.feed, chance.gauss(0, 1))
                if chance.random() < store.sells:
                    premium = store.mean + store.margin + store.deviation * z
                    prices[store.name] = max(round(usual * math.exp(premium)), 1)
            yield Comparison(usual, prices)

    def _move(self, chance: random.Random) -> None:
        levels: dict[str, float] = {}
        for store in self.stores:
            store.move(chance, DAYS * ROUND / COMPARISONS)
            store.mean = levels.setdefault(store.feed, store.mean)


@dataclass(frozen=True)
class Result:
    """Calls of each comparison, and the part of the price that asking all would have saved."""

    calls: Sequence[int]
    regrets: Sequence[float]
    waves: Sequence[int] = ()

    def part(self, begin: int, end: int) -> tuple[float, float]:
        return mean(self.calls[begin:end]), mean(self.regrets[begin:end])

    @property
    def whole(self) -> tuple[float, float]:
        return self.part(0, len(self.calls))


class Shop:
    """Asks as the shop does. `known` gives it the truth about the stores, to see what learning costs."""

    def __init__(self, market: Market, *, cheaper: float = 1.0, known: bool = False) -> None:
        self.market, self.known = market, known
        self.chance = random.Random(market.seed + 2)
        self.costs = {
            store.name: cheaper * cost_of_call(SHADOW_PRICE, store.latency) for store in market.stores
        }
        self.feeds = {store.name: store.feed for store in market.stores}
        self.models = {store.name: StoreModel() for store in market.stores}
        self.believed: dict[StoreName, StoreModel] = {}
        self.values: dict[StoreName, float] = {}
        self.others = StoreModel()

    def run(self) -> Result:
        calls, regrets, waves = [], [], []
        for number, comparison in enumerate(self.market.comparisons()):
            if number % ROUND == 0 or (number < ROUND and number % 10 == 0):
                self._begin_day(number * DAYS * DAY / COMPARISONS)
            prices, asked, rounds = self._compare(comparison, number * DAYS * DAY / COMPARISONS)
            calls.append(asked)
            waves.append(rounds)
            regrets.append(min(prices.values(), default=2 * comparison.cheapest) / comparison.cheapest - 1)
        return Result(calls, regrets, waves)

    def _begin_day(self, now: float) -> None:
        self.others = reduce(StoreModel.merged, self.models.values())
        for store in self.market.stores:
            self.models[store.name] = self.models[store.name].aged(now)
            self._value(store.name, store.truth if self.known else None)

    def _value(self, store: StoreName, truth: StoreModel | None = None) -> None:
        model = truth or self.models[store].among(self.others)
        self.believed[store] = model
        self.values[store] = reservation_value(model, self.costs[store])

    def _compare(self, comparison: Comparison, now: float) -> tuple[dict[StoreName, int], int, int]:
        before = comparison.usual * math.exp(self.chance.gauss(0, DOUBT))
        usual, prices, rounds = before, {}, 0
        waiting, witnesses = list(ranked(self._values_now())), 0
        asked: list[StoreName] = []
        while waiting:
            best = min(prices.values()) / usual if prices else None
            wave = next_wave(waiting, best, witnesses)
            if not wave:
                break
            rounds += 1
            waiting = waiting[len(wave) :]
            asked += [prospect.store for prospect in wave]
            prices = {store: comparison.prices[store] for store in asked if store in comparison.prices}
            usual = self._usual(before, prices)
            witnesses = self._witnesses(prices)
        if not self.known:
            self._learn(before, asked, prices, now)
        return prices, len(asked), rounds

    def _values_now(self) -> Mapping[StoreName, float]:
        if self.known or not explores(self.chance.random()):
            return self.values
        draw = partial(self.chance.gauss, 0, 1)
        return {
            store: reservation_value(model, self.costs[store], optimism=draw())
            for store, model in self.believed.items()
        }

    def _usual(self, before: float, prices: Mapping[StoreName, int]) -> float:
        return usual_price(before, DOUBT, [(price, self.believed[store]) for store, price in prices.items()])

    def _witnesses(self, prices: Mapping[StoreName, int]) -> int:
        told = [
            Witness(offered(store, price), self.feeds[store], 0.95, 1.0) for store, price in prices.items()
        ]
        consensus = judge(told)
        return consensus.agreeing if consensus else 0

    def _learn(
        self, before: float, asked: Sequence[StoreName], prices: Mapping[StoreName, int], now: float
    ) -> None:
        for store in asked:
            premium = None
            if store in prices:  # measured by what all others say, or it would be its own measure
                others = {other: price for other, price in prices.items() if other != store}
                premium = math.log(prices[store] / self._usual(before, others))
            self.models[store] = self.models[store].answered(premium, now)
        for store in asked:
            self._value(store)


def by_chance(market: Market, calls: int, comparisons: int = COMPARISONS) -> Result:
    """Ask so many stores, whichever."""
    chance = random.Random(market.seed + 3)
    regrets = []
    for comparison in islice(market.comparisons(), comparisons):
        chosen = chance.sample([store.name for store in market.stores], calls)
        found = [comparison.prices[store] for store in chosen if store in comparison.prices]
        regrets.append(min(found, default=2 * comparison.cheapest) / comparison.cheapest - 1)
    return Result([calls] * len(regrets), regrets)
