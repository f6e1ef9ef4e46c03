"""Bookstores of a made-up market and everything that compares them, on a clock that nobody waits for."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Final

from adapters.redis.health.in_process import HealthInProcess
from application.prices.ask_once import AskOnce
from application.prices.ask_store import AskStore
from application.prices.begin_comparison import BeginComparison, Chances
from application.prices.call_prices import CallPrices
from application.prices.compare_prices import LONGEST, ComparePrices
from application.prices.comparison_events import Compared, ComparisonEvent
from application.prices.decisions import Decisions
from application.prices.inquiries import Inquiries
from application.prices.own_prices import OwnPrices
from application.prices.price_question import PriceQuestion
from application.prices.recall_prices import RecallPrices
from application.prices.refreshing.count_questions import CountQuestions
from application.prices.remember_prices import RememberPrices
from application.prices.second_looks import SecondLooks
from application.prices.store_breaker import StoreBreaker
from application.prices.store_experience import StoreExperience
from application.prices.store_outages import StoreOutages
from application.prices.usual_prices import UsualPrices
from domain.prices.offer import Offer, StoreName
from domain.prices.ports import Bookstore
from domain.prices.store import RateLimit, StoreTerms
from domain.quotes.offer import Offer as Listed
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn
from domain.shipping.rates import RateTable
from tests.contract.turns.virtual import seconds, virtually
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory, InMemoryPriceRecords
from tests.fakes.refreshing import InMemoryOutages, InMemoryRefreshing
from tests.fakes.store_knowledge import InMemoryDoubts, InMemoryStoreExperiences
from tests.fakes.store_records import Unrecorded
from tests.fakes.time import CountingIds
from tests.fakes.turns import InMemoryTurns
from tests.price_builders import offer

BEGAN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
EMMA: Final = Isbn("9780141439587")
Story = Callable[[], Coroutine[object, object, None]]


def without_waiting(story: Story) -> Callable[[], None]:
    """On a clock that goes on by itself."""

    @wraps(story)
    def played() -> None:
        virtually(story())

    del played.__wrapped__  # type: ignore[attr-defined] # else it is taken for a coroutine
    return played


class LoopClock:
    """The `Clock` port, on the loop's own time."""

    def now(self) -> datetime:
        return BEGAN + timedelta(seconds=seconds() - 1_000)


@dataclass
class MarketStore:
    """The `Bookstore` port: one price, `takes` seconds, or a failure."""

    terms: StoreTerms
    price: int | None
    takes: float = 0.2
    fails: Exception | None = None
    asked: int = 0
    asked_again: int = 0

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        self.asked += 1
        return await self._told(isbn)

    async def offer(self, isbn: Isbn, offer_id: str) -> Offer | None:
        self.asked_again += 1
        return next((each for each in await self._told(isbn) if each.offer_id == offer_id), None)

    async def _told(self, isbn: Isbn) -> Sequence[Offer]:
        await asyncio.sleep(self.takes)
        if self.fails is not None:
            raise self.fails
        if self.price is None:
            return []
        now = LoopClock().now()
        return [offer(isbn, self.price, store=self.terms.name, currency=self.terms.currency, at=now)]


@dataclass
class Market:
    """The `Bookstores` port, and a shop that asks them."""

    stores: dict[StoreName, MarketStore] = field(default_factory=dict)
    experiences: InMemoryStoreExperiences = field(default_factory=InMemoryStoreExperiences)
    doubts: InMemoryDoubts = field(default_factory=InMemoryDoubts)
    memory: InMemoryPriceMemory = field(default_factory=InMemoryPriceMemory)
    work: "PriceWork" = field(default_factory=lambda: PriceWork())  # noqa: PLW0108 - it is defined below
    refreshing: InMemoryRefreshing = field(default_factory=lambda: InMemoryRefreshing({}))
    own: list[Listed] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def sells(self, name: str, price: int | None, takes: float = 0.2, **terms: object) -> MarketStore:
        told = StoreTerms(
            name=StoreName(name),
            title=name,
            country="US",
            currency="USD",
            limits=(RateLimit(10, 1),),
            can_order=True,
        )
        store = MarketStore(replace(told, **terms), price, takes)  # type: ignore[arg-type] # by name
        self.stores[store.terms.name] = store
        return store

    def all(self) -> Sequence[Bookstore]:
        return [self.stores[name] for name in sorted(self.stores)]

    def named(self, store: StoreName) -> Bookstore:
        return self.stores[store]

    async def on_sale(self, isbns: Sequence[Isbn]) -> Mapping[Isbn, BookId]:
        """The shop's own shelf."""
        return {isbn: one.book_id for isbn in isbns for one in self.own if one.isbn == isbn.value}

    async def of(self, book_ids: Sequence[BookId]) -> Mapping[BookId, Listed]:
        """The shop's own price list."""
        return {one.book_id: one for one in self.own if one.book_id in book_ids}

    def shop(self, decisions: Decisions | None = None) -> ComparePrices:
        """A process that has just started, or one that has decided before; what is remembered and learnt
        lasts from shop to shop.
        """
        self.measurements, clock = InMemoryMeasurements(), LoopClock()
        remember = RememberPrices(self.work, self.memory, clock, self.measurements)
        self.ask_store = AskStore(
            turns=InMemoryTurns(),
            breaker=StoreBreaker(
                HealthInProcess(seconds),
                self.measurements,
                lambda: 0.5,
                StoreOutages(InMemoryOutages(), clock),
            ),
            records=Unrecorded(),
            measurements=self.measurements,
            clock=clock,
            seconds=seconds,
        )
        experience, decisions = StoreExperience(self.experiences, seconds), decisions or Decisions(seconds)
        second_looks = SecondLooks(self.doubts, self, self.ask_store, clock, CountingIds())
        begin = BeginComparison(
            stores=self,
            recall=RecallPrices(self.memory, clock, lambda: 0.5),
            own=OwnPrices(self, self, RateTable(), clock),
            usual=UsualPrices(self.work.prices, clock),
            experience=experience,
            second_looks=second_looks,
            questions=CountQuestions(self.refreshing, clock),
            call_prices=CallPrices(self.refreshing, seconds),
            decisions=decisions,
            clock=clock,
            chances=Chances(self.chance.random, lambda: self.chance.gauss(0, 1)),
        )
        once = AskOnce(self.memory, remember, self.measurements)
        return ComparePrices(
            stores=self,
            begin=begin,
            inquiries=Inquiries(self.ask_store, once, clock, seconds),
            second_looks=second_looks,
            experience=experience,
            decisions=decisions,
            clock=clock,
            seconds=seconds,
        )


class PriceWork:
    """The `UnitOfWork` port, as far as prices need it; nothing is undone."""

    def __init__(self) -> None:
        self.prices = InMemoryPriceRecords()

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator["PriceWork"]:
        yield self


async def compare(
    shop: ComparePrices, question: PriceQuestion | None = None, within: timedelta = LONGEST
) -> tuple[Compared, list[tuple[float, ComparisonEvent]]]:
    """The end, and every event with its second."""
    began = seconds()
    asked = question or PriceQuestion(isbn=EMMA, currency="USD")
    events = [(seconds() - began, event) async for event in shop(asked, within=within)]
    await shop.settle()
    end = events[-1][1]
    assert isinstance(end, Compared)
    return end, events
