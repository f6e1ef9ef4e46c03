"""Which stores a comparison asks next, and what its answers teach."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from application.prices.call_prices import UNPRICED
from application.prices.comparison import Comparison
from application.prices.store_experience import NOTHING, Lessons, Specialty, of_all
from domain.prices.estimates.asking import (
    LARGEST_WAVE,
    Prospect,
    explores,
    may_still_answer,
    next_wave,
    ranked,
    usual_price,
)
from domain.prices.estimates.consensus import WITNESSES
from domain.prices.estimates.experience import Experience
from domain.prices.estimates.reservation import StoreModel, cost_of_call, reservation_value
from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.money import Money

# Standard errors of the usual price, in logarithms: known from the book's history, or from nothing at all.
KNOWN, UNKNOWN = 0.08, 0.5
NARROW_WAVES: Final = 3  # by then a book that nobody has is asked for as widely as may be
A_TRIFLE: Final = 1e-6  # so that stores of which nothing is known come first in turns, and not by their names
CALLED: Final = frozenset({Missing.NOT_SOLD, Missing.SLOW, Missing.BROKEN})  # a call that brought nothing


@dataclass(slots=True)
class Prospects:
    """Of one comparison: `waiting` are the stores not asked yet, in their order; `hopes` are the same
    as luck would have it, where this comparison explores; `takes` is how long a call to each usually takes,
    in seconds. `decided`: nobody is waited for any more.
    """

    comparison: Comparison
    models: Mapping[StoreName, StoreModel]
    before: Money | None  # the usual price as it was known before anybody was asked
    takes: Mapping[StoreName, float]
    waiting: Sequence[Prospect] = ()
    hopes: Sequence[Prospect] = ()
    decided: bool = False
    asked: dict[StoreName, Prospect] = field(default_factory=dict)
    waves: int = 0

    def next_wave(self) -> Sequence[StoreName]:
        """Who is asked now; nobody if enough is known."""
        wave = () if self.decided else self._likely()
        if wave and self.waves >= NARROW_WAVES:
            wave = self.waiting[:LARGEST_WAVE]
        self.waves += 1
        self.waiting = self.waiting[len(wave) :]
        self.asked.update((prospect.store, prospect) for prospect in wave)
        return [prospect.store for prospect in wave]

    def passed_over(self) -> Sequence[StoreName]:
        """Who was not asked, and may be cheaper after all, or with some luck: asked beside the answer, and
        nobody waits for it.
        """
        best, likely = self.best, self._likely() if self.decided else ()
        hopeful = (hope for hope in self.hopes if best is None or hope.value < best)
        stores = dict.fromkeys(one.store for one in (*likely, *hopeful) if one.store not in self.asked)
        return list(stores)[:LARGEST_WAVE]

    def may_change_it(self, store: StoreName, silent: float) -> bool:
        """Whether to wait on for one that was asked so many seconds ago: it may be cheaper than the best, or
        the witness that is missing. Without any price whatever comes is welcome.
        """
        best = self.best
        if best is None:
            return True
        if not may_still_answer(silent, self.takes[store]):
            return False
        may_agree = self.comparison.agreeing < WITNESSES and self.comparison.is_new_witness(store)
        return may_agree or self.asked[store].value < best

    def _likely(self) -> Sequence[Prospect]:
        return next_wave(self.waiting, self.best, self.comparison.agreeing)

    @property
    def best(self) -> float | None:
        """The best price so far, as a part of the usual one."""
        prices = self.comparison.prices()
        usual = self.usual(prices)
        return min(prices.values()) / usual if prices and usual else None

    def usual(self, prices: Mapping[StoreName, int]) -> float | None:
        """What it costs at a store that is neither dear nor cheap; None: nobody knows."""
        if self.before is None and not prices:
            return None
        before = self.before.amount if self.before is not None else median(prices.values())
        doubt = UNKNOWN if self.before is None else KNOWN
        return usual_price(before, doubt, [(price, self.models[store]) for store, price in prices.items()])

    def usual_money(self) -> Money | None:
        """The same, to be told."""
        usual = self.usual(self.comparison.prices())
        return None if usual is None else Money(round(usual), self.comparison.question.currency)

    def lessons(self, asked: Iterable[StoreName], seconds: Mapping[StoreName, float], at: float) -> Lessons:
        """Each store that answered is measured by what all others say, or it would be its own measure."""
        prices, trade = self.comparison.prices(), self.comparison.question.trade
        found: dict[Specialty, Experience] = {}
        for store in asked:
            if store not in prices and self.comparison.missing.get(store) not in CALLED:
                continue
            premium = None
            if store in prices:
                others = {other: price for other, price in prices.items() if other != store}
                usual = self.usual(others)
                if usual is None:
                    continue
                premium = math.log(prices[store] / usual)
            took = seconds.get(store)
            found[store, trade] = Experience(
                StoreModel(at=at).answered(premium, at),
                calls=0.0 if took is None else 1.0,
                seconds=took or 0.0,
            )
        return found


def prospects(
    comparison: Comparison,
    lessons: Lessons,
    candidates: Iterable[StoreName],
    before: Money | None,
    *,
    call_prices: Mapping[StoreName, float],
    at: float,
    chance: Callable[[], float],
    luck: Callable[[], float],
) -> Prospects:
    """Everybody who may be asked, by what asking is worth, and what it takes from those who keep prices fresh
    (`call_prices`). `chance` is drawn evenly from 0 to 1, `luck` from the standard normal distribution.
    """
    trade = comparison.question.trade
    every = of_all(lessons, trade, at)
    own = {store: lessons.get((store, trade), NOTHING) for store in comparison.stores}
    models = {store: own[store].model.aged(at).among(every) for store in own}
    costs = {
        store: cost_of_call(call_prices.get(store, UNPRICED), own[store].latency) for store in candidates
    }
    found = Prospects(comparison, models, before, {store: own[store].latency for store in own})

    def in_order(optimism: Callable[[], float]) -> Sequence[Prospect]:
        values = {
            store: reservation_value(models[store], cost, optimism=optimism())
            for store, cost in costs.items()
        }
        return ranked(
            {store: _known(found, store, value) + A_TRIFLE * chance() for store, value in values.items()}
        )

    found.waiting = in_order(lambda: 0.0)
    if explores(chance()):
        found.hopes = in_order(luck)
    return found


def _known(prospects: Prospects, store: StoreName, value: float) -> float:
    """Of a store whose last answer is old, that answer tells more than its ways: as much as it is likely to
    be still right.
    """
    heard = prospects.comparison.heard.get(store)
    price = prospects.comparison.remembered_price(store) if heard is not None else None
    usual = prospects.usual(prospects.comparison.prices())
    if heard is None or price is None or usual is None or math.isinf(value):
        return value
    return heard.still_right * price / usual + (1 - heard.still_right) * value
