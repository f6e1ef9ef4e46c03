"""Compare what stores ask for a book."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import aclosing
from datetime import timedelta
from typing import Final

from application.prices.begin_comparison import BeginComparison, Run
from application.prices.comparison import Heard
from application.prices.comparison_events import BestFound, ComparisonEvent, Quoted, StoreStood
from application.prices.decisions import Decisions
from application.prices.inquiries import Inquiries, Inquiry
from application.prices.price_question import PriceQuestion
from application.prices.second_looks import SecondLooks
from application.prices.store_experience import Lessons, StoreExperience, added
from application.prices.waves import Waves
from domain.prices.answer import Outcome, Told
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstores
from domain.prices.store import Lane, Missing
from domain.shared.clock import Clock

LONGEST: Final = timedelta(seconds=10)
SUSPECTS_WAIT: Final = 2.0  # seconds at most for what cheap stores say when they are asked again


class ComparePrices:
    """Anybody may compare what a book costs, any with a valid ISBN. What stores told lately is used at once;
    older answers are shown with their age and the probability that they still hold, and those stores are
    asked again. The others are asked in the order in which they are likely to be cheap, as past comparisons
    taught, a few at a time, until nobody left is likely to be cheaper and two independent sources agree, and
    never past the deadline. What was decided so a short while ago is given at once, and whoever may be
    cheaper after all is asked behind it. Every store is in the answer, with its offers or with why it has
    none.
    """

    def __init__(
        self,
        *,
        stores: Bookstores,
        begin: BeginComparison,
        inquiries: Inquiries,
        second_looks: SecondLooks,
        experience: StoreExperience,
        decisions: Decisions,
        clock: Clock,
        seconds: Callable[[], float],
    ) -> None:
        """`seconds` is a clock that never goes back."""
        self._stores = {store.terms.name: store for store in stores.all()}
        self._experience = experience
        self._decisions = decisions
        self._begin = begin
        self._inquiries = inquiries
        self._second_looks = second_looks
        self._clock = clock
        self._seconds = seconds
        self._background: set[asyncio.Task[object]] = set()

    async def __call__(
        self, question: PriceQuestion, *, within: timedelta = LONGEST, lane: Lane = Lane.READER
    ) -> AsyncGenerator[ComparisonEvent, None]:
        """What is known at once, what comes, and in the end all of it, no later than `within`."""
        run = await self._begin(question, self._seconds(), within)
        for store in run.due:
            self._start(self._renew(run, store))
        for event in self._opening(run):
            yield event
        waves = Waves(run.prospects, self._ask(run, lane), self._seconds, run.began, run.until)
        async with aclosing(waves.answers()) as answers:
            async for store, outcome in answers:
                for event in self._heard(run, store, outcome):
                    yield event
            unheard = waves.unheard
        for store in unheard:
            run.comparison.misses(store, Missing.SLOW)
        looks = await self._second_looks.look(run.comparison, run.doubts, self._left(run, SUSPECTS_WAIT))
        for event in self._best(run):
            yield event
        compared = run.comparison.summary(self._clock.now(), complete=waves.complete)
        if waves.complete and not run.prospects.decided:
            self._decisions.note(question)
        self._start(self._learn(run, looks, explore=bool(within)))
        yield compared

    async def settle(self) -> None:
        """Wait for what goes on when the answers are given."""
        await asyncio.gather(*self._background, return_exceptions=True)

    def _opening(self, run: Run) -> Sequence[ComparisonEvent]:
        comparison, now = run.comparison, self._clock.now()
        quoted = [
            Quoted(comparison.answer(store, now), comparison.counts)
            for store in sorted(comparison.heard, key=lambda store: comparison.heard[store].told.at)
            if comparison.has_part(store)
        ]
        return [*quoted, *self._best(run)]

    def _ask(self, run: Run, lane: Lane) -> Callable[[StoreName], "asyncio.Task[Outcome | None]"]:
        usual = run.prospects.usual_money()

        def ask(store: StoreName) -> "asyncio.Task[Outcome | None]":
            inquiry = Inquiry(
                store=self._stores[store],
                isbn=run.comparison.question.isbn,
                lane=lane,
                within=self._left(run),
                since=run.recollection.of(store).memory.latest,
                usual=usual,
            )
            return asyncio.create_task(self._inquiries(inquiry))

        return ask

    async def _renew(self, run: Run, store: StoreName) -> Outcome | None:
        inquiry = Inquiry(
            store=self._stores[store],
            isbn=run.comparison.question.isbn,
            lane=Lane.REFRESH,
            within=LONGEST,
            since=run.recollection.of(store).memory.latest,
            usual=None,
        )
        return await self._inquiries(inquiry)

    def _heard(self, run: Run, store: StoreName, outcome: Outcome | None) -> Sequence[ComparisonEvent]:
        comparison = run.comparison
        if isinstance(outcome, Told):
            comparison.answered.add(store)
            run.seconds[store] = outcome.took.total_seconds()
            comparison.hears(store, Heard(outcome))
            if not outcome.offers:
                comparison.missing[store] = Missing.NOT_SOLD
        else:
            comparison.misses(store, Missing.SLOW if outcome is None else outcome.why)
        if comparison.has_part(store):
            answer = comparison.answer(store, self._clock.now())
            return [Quoted(answer, comparison.counts), *self._best(run)]
        return [StoreStood(comparison.absence(store), comparison.counts), *self._best(run)]

    def _best(self, run: Run) -> Sequence[ComparisonEvent]:
        best, before = run.comparison.best, run.best
        run.best = best
        if (best and best.offer) == (before and before.offer):
            return []
        return [BestFound(best, run.comparison.counts)]

    async def _learn(self, run: Run, looks: Lessons, *, explore: bool) -> None:
        lessons = self._lessons(run, run.comparison.asked)
        if lessons or looks:
            await self._experience.learn(added(lessons, looks))
        await self._second_looks.note(run.comparison, run.doubts)
        if explore and (passed_over := run.prospects.passed_over()):
            outcomes = await asyncio.gather(*(self._renew(run, store) for store in passed_over))
            for store, outcome in zip(passed_over, outcomes, strict=True):
                self._heard(run, store, outcome)
            if lessons := self._lessons(run, passed_over):
                await self._experience.learn(lessons)

    def _lessons(self, run: Run, asked: Iterable[StoreName]) -> Lessons:
        return run.prospects.lessons(asked, run.seconds, self._clock.now().timestamp())

    def _left(self, run: Run, most: float = float("inf")) -> timedelta:
        return timedelta(seconds=max(min(run.until - self._seconds(), most), 0.0))

    def _start(self, work: "asyncio._CoroutineLike[object]") -> None:
        task: asyncio.Task[object] = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
