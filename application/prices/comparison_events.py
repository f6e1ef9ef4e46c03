"""What is told while prices are compared, and in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.prices.estimates.confidence import Band
from domain.prices.estimates.consensus import Verdict
from domain.prices.offer import Offer, Series, StoreName
from domain.prices.store import Missing


@dataclass(frozen=True, slots=True)
class Counts:
    """Stores that were asked for this comparison, those of them that answered, and those that were not asked
    because what they told before will do or because nobody expects them to be cheaper.
    """

    asked: int
    answered: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Priced:
    """An offer, the probability that the store would say the same now, and what the other stores say to it;
    `confidence`: P(the store, asked again, sells at it).
    """

    offer: Offer
    still_right: float
    verdict: Verdict
    confidence: float
    band: Band


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """What one store told, `age` seconds ago; `is_fresh`: nobody needs to be told of its age."""

    store: StoreName
    title: str
    offers: Sequence[Priced]
    told_at: datetime
    age: float
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class StoreMissing:
    """Why one store has no part in it."""

    store: StoreName
    title: str
    why: Missing


@dataclass(frozen=True, slots=True)
class SeriesSummary:
    """One series: what it usually costs, how many independent sources tell, and how many agree."""

    series: Series
    usual: int
    sources: int
    agreeing: int
    best: Priced | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A store has told, or what it told before is known."""

    answer: StoreAnswer
    counts: Counts


@dataclass(frozen=True, slots=True)
class StoreStood:
    """A store has no part in it, so far."""

    missing: StoreMissing
    counts: Counts


@dataclass(frozen=True, slots=True)
class BestFound:
    """The cheapest that was asked for, as far as is known; None: what was is not any more."""

    best: Priced | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class Compared:
    """The end: every store is in one of the two lists. `best_to_order` is the cheapest of a store that takes
    orders. `complete`: nobody else was likely to be cheaper, and two independent sources agree;
    otherwise time was over, or there was nobody else to ask.
    """

    best: Priced | None
    best_to_order: Priced | None
    series: Sequence[SeriesSummary]
    answers: Sequence[StoreAnswer]
    missing: Sequence[StoreMissing]
    counts: Counts
    complete: bool
    at: datetime


ComparisonEvent = Quoted | StoreStood | BestFound | Compared
