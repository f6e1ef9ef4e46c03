"""Whom consensus flags, whom it should have, whom it catches copying, and what its confidence is worth."""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from domain.prices.estimates.calibration import Outcomes, Reliability, brier, fit
from domain.prices.estimates.calibration import reliability as reliability_table
from domain.prices.estimates.confidence import confidence
from domain.prices.estimates.consensus import Consensus, Verdict, Witness, judge, reliability
from domain.prices.estimates.feeds import Pair, compared, sources
from domain.prices.estimates.freshness import still_right
from domain.prices.offer import StoreName
from domain.shared.money import Money
from tests.quality.offers import offered

SPREAD: Final = 0.12  # of honest prices
HISTORY_ERROR: Final = 0.08  # of the book's own median of 90 days
HALF: Final = 0.5  # the mistake to be caught: two copies for the price of one, a list price halved
TRIALS: Final = 3_000
DAY: Final = 86_400.0


@dataclass(frozen=True)
class Flags:
    """Of clean comparisons, how many had a price suspected; of comparisons with a mistake, how many caught
    it.
    """

    false: float
    caught: float


def flags(sources_: int, *, ours: bool, history: bool, spread: float, seed: int) -> Flags:
    """Of so many stores; `ours` or the textbook's rule (see `plainly_low`)."""
    chance = random.Random(seed)
    false = caught = 0
    for _ in range(TRIALS):
        usual = 2_000 * math.exp(chance.gauss(0, 0.4))
        prices = [usual * math.exp(chance.gauss(0, spread)) for _ in range(sources_)]
        known = usual * math.exp(chance.gauss(0, HISTORY_ERROR)) if history else None
        false += any(_low(prices, known, ours=ours))
        caught += _low([prices[0] * HALF, *prices[1:]], known, ours=ours)[0]
    return Flags(false / TRIALS, caught / TRIALS)


def _low(prices: Sequence[float], known: float | None, *, ours: bool) -> list[bool]:
    if not ours:
        return plainly_low(prices, known)
    told = [_told(number, round(price)) for number, price in enumerate(prices)]
    consensus = judge(told, None if known is None else Money(round(known), "USD"))
    assert consensus is not None
    return [verdict is Verdict.SUSPECT_LOW for _, verdict in consensus.judged]


def plainly_low(prices: Sequence[float], known: float | None) -> list[bool]:
    """3.5 deviations by the MAD of these prices alone, floored at 0.08; a fixed distance among three or
    two.
    """
    logs = [math.log(price) for price in prices]
    all_ = logs if known is None else [*logs, math.log(known)]
    if len(all_) < 4:
        middle = median(all_) if len(all_) > 2 else max(all_)
        return [middle - one > 0.35 for one in logs]
    middle = median(all_)
    deviation = 1.4826 * median(abs(one - middle) for one in all_)
    return [(middle - one) / max(deviation, 0.08) > 3.5 for one in logs]


def _told(number: int, cents: int, reliable: float = 0.95, fresh: float = 1.0) -> Witness:
    store = StoreName(f"store-{number:03}")
    return Witness(offered(store, max(cents, 1)), store, reliable, fresh)


@dataclass(frozen=True)
class Copying:
    """After so many comparisons: pairs of copying stores that were found, and honest pairs taken for such."""

    comparisons: int
    found: float
    false: int
    pairs: int


def copying(seed: int, upto: Iterable[int]) -> list[Copying]:
    """Forty stores, nine of which sell from three price lists without saying so. Three in ten prices are the
    publisher's, to the cent, so that honest stores often agree. Eight random stores answer at a time.
    """
    chance = random.Random(seed)
    stores = [StoreName(f"store-{number:02}") for number in range(40)]
    lists = {store: f"list-{number % 3}" if number < 9 else store for number, store in enumerate(stores)}
    evidence: dict[Pair, float] = {}
    ends, results = sorted(upto), []
    for number in range(1, ends[-1] + 1):
        publishers = round(2_000 * math.exp(chance.gauss(0, 0.4)))
        shown: dict[str, int] = {}
        offers = []
        for store in chance.sample(stores, 8):
            own = (
                publishers if chance.random() < 0.3 else round(publishers * math.exp(chance.gauss(0, SPREAD)))
            )
            price = shown.setdefault(lists[store], own)
            if chance.random() < 0.05:  # one of the two is late
                price = own
            offers.append(offered(store, price))
        evidence.update(compared(evidence, offers))
        if number in ends:
            results.append(_caught(number, lists, sources(stores, {}, evidence)))
    return results


def _caught(comparisons: int, lists: Mapping[StoreName, str], found: Mapping[StoreName, str]) -> Copying:
    pairs = [(one, two) for one in lists for two in lists if one < two]
    copies = [(one, two) for one, two in pairs if lists[one] == lists[two]]
    honest = [(one, two) for one, two in pairs if lists[one] != lists[two]]
    return Copying(
        comparisons,
        sum(found[one] == found[two] for one, two in copies) / len(copies),
        sum(found[one] == found[two] for one, two in honest),
        len(honest),
    )


@dataclass(frozen=True)
class Answer:
    """A best price that was shown, what was said of it in two ways, and whether it was right."""

    ours: float
    formula: float
    right: bool
    agreeing: int


def answers(many: int, seed: int) -> list[Answer]:
    """Best prices of comparisons that are partly fresh and partly remembered, from sixty stores of which some
    are careless and all make a mistake in a hundred prices. A third of all prices is asked for again at once,
    by which the shop learns how reliable each store is.
    """
    chance = random.Random(seed)
    stores = [_Store.made(chance) for _ in range(60)]
    found = (_answer(chance, stores) for _ in range(many))
    return [answer for answer in found if answer is not None]


@dataclass
class _Store:
    careless: float
    changes: float  # a day
    right: int = 0
    wrong: int = 0

    @classmethod
    def made(cls, chance: random.Random) -> "_Store":
        return cls(0.002 + 0.15 * chance.random() ** 3, math.exp(chance.gauss(math.log(1 / 3), 1.2)))


def _answer(chance: random.Random, stores: Sequence[_Store]) -> Answer | None:
    usual = 2_000 * math.exp(chance.gauss(0, 0.5))
    just_asked = chance.random() < 0.4
    told, now = [], {}
    for number in chance.sample(range(len(stores)), 1 + min(int(chance.expovariate(0.2)), 11)):
        age = 5.0 if just_asked else min(chance.expovariate(1 / 10_800), DAY)
        witness, now[number] = _shown(chance, stores[number], number, usual, age)
        told.append((number, witness))
    history = Money(round(usual * math.exp(chance.gauss(0, HISTORY_ERROR))), "USD")
    consensus = judge([one for _, one in told], history if chance.random() < 0.7 else None)
    best = consensus.best if consensus else None
    if consensus is None or best is None:
        return None
    place = next(number for number, one in told if one is best)
    right = abs(now[place] / best.offer.landed.amount - 1) <= 0.01
    return Answer(confidence(best, consensus), formula(best, consensus), right, consensus.agreeing)


def _shown(
    chance: random.Random, store: _Store, number: int, usual: float, age: float
) -> tuple[Witness, float]:
    """What a store said a while ago, and what it asks now."""
    price = shown = usual * math.exp(chance.gauss(0, SPREAD))
    if chance.random() < store.careless:
        shown = price * math.exp(chance.gauss(0, 0.15))
    if chance.random() < 0.01:
        shown = price * chance.choice((0.1, 0.5, 0.5, 0.6, 2, 10))
    reliable = reliability(store.right, store.wrong)
    if chance.random() < 0.3:
        store.right, store.wrong = (
            (store.right + 1, store.wrong)
            if abs(shown / price - 1) <= 0.01
            else (store.right, store.wrong + 1)
        )
    changes = store.changes / DAY * math.exp(chance.gauss(0, 0.7))  # this book's
    believed = changes * math.exp(chance.gauss(0, 0.5))
    now = price if chance.random() < still_right(changes, age) else price * math.exp(chance.gauss(0, 0.1))
    return _told(number, round(shown), reliable, still_right(believed, age)), now


def formula(best: Witness, consensus: Consensus) -> float:
    """The more agree, the surer: (1 - product(1 - 0.6 weight)) x sqrt(weight that agrees / all weight),
    half at most for a single source.
    """
    weights = {told.source: told.weight for told, _ in consensus.judged}
    agree = {told.source: told.weight for told, verdict in consensus.judged if verdict is Verdict.AGREES}
    agree = agree or {best.source: best.weight}
    sure = 1 - math.prod(1 - 0.6 * weight for weight in agree.values())
    sure *= math.sqrt(sum(agree.values()) / sum(weights.values()))
    return sure if len(agree) > 1 else min(sure, 0.5)


def right_alone(answers_: Sequence[Answer]) -> float:
    """Of the prices that nobody else supported, the part that was right."""
    alone = [answer.right for answer in answers_ if answer.agreeing < 2]
    return sum(alone) / len(alone)


@dataclass(frozen=True)
class Calibrated:
    """Brier scores as said and as calibrated on the other half of the answers, and what was said then."""

    raw: float
    fitted: float
    table: Sequence[Reliability]


def calibrated(answers_: Sequence[Answer], way: str) -> Calibrated:
    """Fitted to the first half, judged by the second."""
    half = len(answers_) // 2
    said = [(getattr(answer, way), answer.right) for answer in answers_]
    fitted = fit(counted(said[:half]))
    assert fitted is not None
    fresh = said[half:]
    told = counted((fitted.probability(round(score, 2)), right) for score, right in fresh)
    return Calibrated(brier(counted(fresh)), brier(told), reliability_table(told))


def counted(said: Iterable[tuple[float, bool]]) -> list[Outcomes]:
    """By hundredths."""
    of, right = Counter[float](), Counter[float]()
    for score, came_true in said:
        of[round(score, 2)] += 1
        right[round(score, 2)] += came_true
    return [Outcomes(score, right[score], of[score]) for score in sorted(of)]
