"""What asking a store is worth before it is asked: Weitzman, "Optimal Search for the Best Alternative",
1979.
"""

import math
from dataclasses import dataclass, field
from typing import Final

from domain.prices.estimates.premium import WIDTH, Premiums

HALF_LIFE: Final = 30 * 86_400.0  # seconds: what a store did a month ago tells half as much about it
PRIOR_WEIGHT: Final = 4.0  # answers of other stores that count until a store has answers of its own
# What a call costs, as a part of the book's price. A stale answer is wrong by a typical change of 10 %; it
# matters where that store is the cheapest (one in ten) to a reader who buys (one in ten).
STALE_COST: Final = 0.001
WAITING_COST: Final = 0.0005  # a second: a cent for a book of 20, or 36 an hour
CHEAPEST_CALL, DEAREST_CALL = 0.001, 0.03  # no call is for nothing; none is too dear to ask anybody at all


@dataclass(frozen=True, slots=True)
class StoreModel:
    """What a store's answers so far tell of the next: how often it was asked and had the book, its premiums,
    and when that was last written down. Everything ages, so that a store that has not been asked for long
    becomes uncertain, and is tried again.
    """

    asked: float = 0.0
    sold: float = 0.0
    premiums: Premiums = field(default_factory=Premiums)
    at: float = 0.0

    def aged(self, at: float) -> "StoreModel":
        """As it counts at that time."""
        kept = math.exp2((self.at - at) / HALF_LIFE)
        if kept >= 1:
            return self
        return StoreModel(self.asked * kept, self.sold * kept, self.premiums.scaled(kept), at)

    def answered(self, premium: float | None, at: float) -> "StoreModel":
        """After one more call; None: no price came of it, for whatever reason."""
        aged = self.aged(at)
        if premium is None:
            return StoreModel(aged.asked + 1, aged.sold, aged.premiums, aged.at)
        return StoreModel(aged.asked + 1, aged.sold + 1, aged.premiums.seen(premium), aged.at)

    def among(self, others: "StoreModel") -> "StoreModel":
        """With the experience of all stores together as a prior: of a new store it is all there is."""
        share = PRIOR_WEIGHT / others.asked if others.asked else 0.0
        return StoreModel(
            self.asked + others.asked * share,
            self.sold + others.sold * share,
            self.premiums.merged(others.premiums.scaled(share)),
            self.at,
        )

    def merged(self, other: "StoreModel") -> "StoreModel":
        """Both together, at the later time."""
        at = max(self.at, other.at)
        one, two = self.aged(at), other.aged(at)
        return StoreModel(one.asked + two.asked, one.sold + two.sold, one.premiums.merged(two.premiums), at)

    @property
    def success(self) -> float:
        """P(a call ends with a price)."""
        return (self.sold + 1) / (self.asked + 2)


def cost_of_call(shadow_price: float, latency: float) -> float:
    """Of one call, as a part of the book's price: the refresh that it displaces (in questions answered
    wrongly) and the seconds that it takes.
    """
    cost = STALE_COST * shadow_price + WAITING_COST * latency
    return min(max(cost, CHEAPEST_CALL), DEAREST_CALL)


def reservation_value(model: StoreModel, cost: float, *, optimism: float = 0.0) -> float:
    """The price, as a part of the usual one, at which it makes no difference whether the store is asked:
    `cost = success * E[max(0, value - price)]`. Whoever has something better need not ask. `optimism` shifts
    what is unknown of the store by so many standard errors, to its good side if positive.
    """
    success, shift = _draw(model, optimism)
    weight = model.premiums.weight
    if not weight:
        return math.inf
    # The expected gain is a broken line in the value: from the cheapest premium on, each adds its part, until
    # the line reaches the cost. One pass finds exactly what bisection comes near to.
    wanted, passed, spent, value = cost * weight / success, 0.0, 0.0, math.inf
    for place in sorted(model.premiums.counts):
        price, count = math.exp(place * WIDTH - shift), model.premiums.counts[place]
        if value <= price:
            break
        passed, spent = passed + count, spent + count * price
        value = (wanted + spent) / passed
    return value


def _draw(model: StoreModel, optimism: float) -> tuple[float, float]:
    """The success and by how much (in logarithms) the store is cheaper than it seems."""
    if not optimism:
        return model.success, 0.0
    trials = model.asked + 2
    error = math.sqrt(model.success * (1 - model.success) / (trials + 1))
    shift = optimism * model.premiums.deviation() / math.sqrt(model.premiums.weight + 1)
    return min(max(model.success + optimism * error, 0.01), 1.0), shift
