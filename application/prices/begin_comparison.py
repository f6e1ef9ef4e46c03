"""What is known when a comparison begins."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median

from application.prices.call_prices import CallPrices
from application.prices.comparison import Comparison, Heard
from application.prices.comparison_events import Priced
from application.prices.decisions import Decisions
from application.prices.own_prices import TERMS, OwnPrices
from application.prices.price_question import PriceQuestion
from application.prices.prospects import Prospects, prospects
from application.prices.recall_prices import Recalled, RecallPrices, Recollection, Standing
from application.prices.refreshing.count_questions import CountQuestions
from application.prices.second_looks import SecondLooks, believed
from application.prices.store_experience import NOTHING, Lessons, StoreExperience
from application.prices.usual_prices import UsualPrices
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.doubt import Doubt, SamePrice
from domain.prices.estimates.consensus import WITNESSES
from domain.prices.estimates.feeds import sources
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Layer
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstores
from domain.prices.store import Missing
from domain.shared.clock import Clock
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class Chances:
    """`even` draws evenly from 0 to 1, `normal` from the standard normal distribution."""

    even: Callable[[], float] = random.random
    normal: Callable[[], float] = lambda: random.gauss(0, 1)


@dataclass(slots=True)
class Run:
    """One comparison on its way."""

    comparison: Comparison
    prospects: Prospects
    recollection: Recollection
    began: float
    until: float
    doubts: Mapping[SamePrice, Doubt]
    due: Sequence[StoreName] = ()  # to be asked again, though what they told is given
    best: Priced | None = None
    seconds: dict[StoreName, float] = field(default_factory=dict)  # that calls took


class BeginComparison:
    """All that may be known of a book without asking a store, at the same time; whatever of it cannot be had
    is done without.
    """

    def __init__(
        self,
        *,
        stores: Bookstores,
        recall: RecallPrices,
        own: OwnPrices,
        usual: UsualPrices,
        experience: StoreExperience,
        second_looks: SecondLooks,
        questions: CountQuestions,
        call_prices: CallPrices,
        decisions: Decisions,
        clock: Clock,
        chances: Chances,
    ) -> None:
        self._stores = {store.terms.name: store.terms for store in stores.all()}
        self._recall = recall
        self._own = own
        self._usual = usual
        self._experience = experience
        self._second_looks = second_looks
        self._questions = questions
        self._call_prices = call_prices
        self._decisions = decisions
        self._clock = clock
        self._chances = chances

    async def __call__(self, question: PriceQuestion, began: float, within: timedelta) -> Run:
        """Nobody has been asked."""
        self._questions.note(question.isbn)
        recollection, own, usual, lessons, doubts, calls = await asyncio.gather(
            self._recalled(question.isbn),
            self._own(question.isbn),
            self._usual(question.isbn),
            self._experience.known(),
            self._second_looks.known(question.isbn),
            self._call_prices.known(),
        )
        comparison = Comparison(
            question,
            dict(self._stores),
            self._sources(),
            {name: lessons.get((name, question.trade), NOTHING).reliable for name in self._stores},
            usual,
            set(believed(doubts)),
        )
        if own is not None:
            comparison.joins(TERMS, Heard(own))
        candidates = [name for name in self._stores if self._notes(comparison, name, recollection)]
        found = self._prospects(comparison, lessons, candidates, calls)
        found.decided = (
            self._decisions.stands(question)
            and comparison.agreeing >= WITNESSES
            and all(recollection.of(store).standing is not Standing.STALE for store in candidates)
        )
        due = [store for store in self._stores if recollection.of(store).standing is Standing.DUE]
        until = began + within.total_seconds()
        return Run(comparison, found, recollection, began, until, doubts, due)

    async def _recalled(self, isbn: Isbn) -> Recollection:
        try:
            return await self._recall(isbn)
        except DatabaseUnavailable:
            return Recollection(isbn, {}, Tier.L3, Layer.LASTING)

    def _sources(self) -> dict[StoreName, str]:
        declared = {name: terms.feed for name, terms in self._stores.items()}
        return sources(list(declared), {name: feed for name, feed in declared.items() if feed}, {})

    def _notes(self, comparison: Comparison, store: StoreName, recollection: Recollection) -> bool:
        """What it told before; whether it may be asked."""
        recalled = recollection.of(store)
        if _is_of_use(recalled) and recalled.memory.known is not None and recalled.trust is not None:
            fresh = recalled.standing is not Standing.STALE
            comparison.hears(store, Heard(recalled.memory.known.told, recalled.trust.still_right, fresh))
        if not recalled.memory.known or not recalled.memory.known.told.offers:
            comparison.misses(store, _why(comparison, store, recalled))
        if self._stores[store].currency != comparison.question.currency:
            return False
        return recalled.standing in {Standing.STALE, Standing.UNKNOWN} and not recalled.left_alone

    def _prospects(
        self,
        comparison: Comparison,
        lessons: Lessons,
        candidates: Sequence[StoreName],
        calls: Mapping[StoreName, float],
    ) -> Prospects:
        return prospects(
            comparison,
            lessons,
            candidates,
            _usually(comparison),
            call_prices=calls,
            at=self._clock.now().timestamp(),
            chance=self._chances.even,
            luck=self._chances.normal,
        )


def _is_of_use(recalled: Recalled) -> bool:
    return recalled.standing in {Standing.FRESH, Standing.DUE, Standing.STALE}


def _why(comparison: Comparison, store: StoreName, recalled: Recalled) -> Missing:
    if _is_of_use(recalled):
        return Missing.NOT_SOLD
    if recalled.left_alone and recalled.memory.trouble is not None:
        return recalled.memory.trouble.why
    other = comparison.stores[store].currency != comparison.question.currency
    return Missing.OTHER_CURRENCY if other else Missing.NOT_ASKED


def _usually(comparison: Comparison) -> Money | None:
    """From the book's history, in what was asked for."""
    question = comparison.question
    amounts = [
        usual.amount
        for series, usual in comparison.history.items()
        if series.currency == question.currency
        and series.condition in question.conditions
        and question.format in {None, series.format}
    ]
    return Money(round(median(amounts)), question.currency) if amounts else None
