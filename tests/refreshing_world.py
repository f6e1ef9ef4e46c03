"""A shop that keeps the prices of one store fresh, on a clock that nobody waits for."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from adapters.redis.health.in_process import HealthInProcess
from application.prices.ask_once import AskOnce
from application.prices.ask_store import AskStore
from application.prices.inquiries import Inquiries
from application.prices.refreshing.batch import Batch
from application.prices.refreshing.pick_books import PickBooks
from application.prices.refreshing.refresh_store import RefreshStore, Shift
from application.prices.refreshing.seasons import Seasons
from application.prices.refreshing.strain import Strain
from application.prices.remember_prices import RememberPrices
from application.prices.store_breaker import StoreBreaker
from application.prices.store_outages import StoreOutages
from application.prices.store_records import StoreDay
from application.shared.unavailable import CacheUnavailable, DatabaseUnavailable
from domain.prices.offer import Offer, StoreName
from domain.prices.store import StoreBroken
from domain.shared.isbn import Isbn
from tests.contract.turns.virtual import seconds
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.refreshing import InMemoryOutages, InMemoryRefreshing
from tests.fakes.turns import InMemoryTurns
from tests.price_builders import an_isbn
from tests.price_world import LoopClock, Market, MarketStore, PriceWork

NAME = StoreName("harbour-books")
MINUTES = timedelta(minutes=1)


@dataclass
class Records:
    """The `StoreRecords` port."""

    noted: list[str] = field(default_factory=list)

    async def note(self, store: StoreName, outcome: str, took: float | None, day: date) -> None:
        self.noted.append(outcome)

    async def of(self, store: StoreName, day: date) -> StoreDay:
        return StoreDay({"answered": 99, "slow": 1}, {0.3: 90, 2.0: 10})


class Pressure:
    """What refreshing leans on: an outbox that is `behind`, servers that take their time or are gone."""

    def __init__(self) -> None:
        self.behind, self.takes, self.gone = 0.0, 0.0, False

    async def backlog(self) -> tuple[int, datetime | None]:
        if self.gone:
            raise DatabaseUnavailable("Gone.")
        return 1, LoopClock().now() - timedelta(seconds=self.behind)

    async def __call__(self) -> None:
        await asyncio.sleep(self.takes)
        if self.takes >= 1:
            raise CacheUnavailable("Gone.")


@dataclass
class Choosy(MarketStore):
    """A store that fails on some books."""

    hates: set[Isbn] = field(default_factory=set)
    asked_about: list[tuple[float, Isbn]] = field(default_factory=list)

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        self.asked_about.append((seconds(), isbn))
        if isbn in self.hates:
            await asyncio.sleep(self.takes)
            raise StoreBroken("Not this one.")
        return await super().offers(isbn)


class RefreshingWorld:
    """A shop that keeps the prices of one store fresh, six times a minute."""

    def __init__(self, at_most: int = 6) -> None:
        self.market, self.work, self.memory = Market(), PriceWork(), InMemoryPriceMemory()
        terms = self.market.sells(NAME, 1_000).terms
        self.store = self.market.stores[NAME] = Choosy(terms, 1_000)
        self.kept = InMemoryRefreshing(self.work.prices.kept)
        self.health = HealthInProcess(seconds)
        self.pressure, self.records, clock = Pressure(), Records(), LoopClock()
        watch = InMemoryMeasurements()
        self.outages = StoreOutages(InMemoryOutages(), clock)
        breaker = StoreBreaker(self.health, watch, lambda: 0.5, self.outages)
        ask = AskStore(
            turns=InMemoryTurns(),
            breaker=breaker,
            records=self.records,
            measurements=watch,
            clock=clock,
            seconds=seconds,
        )
        remember = RememberPrices(self.work, self.memory, clock, watch)
        self.refresh = RefreshStore(
            stores=self.market,
            queue=self.kept,
            pick=PickBooks(self.kept, Seasons(self.kept, clock, seconds), clock),
            inquiries=Inquiries(ask, AskOnce(self.memory, remember, watch), clock, seconds),
            breaker=breaker,
            records=self.records,
            strain=Strain(self.pressure, self.pressure, clock, seconds),  # type: ignore[arg-type] # as far as it is used
            clock=clock,
            seconds=seconds,
            chance=lambda: 0.0,
            at_most=at_most,
        )
        self.stop = asyncio.Event()
        self.heard: list[Batch] = []

    async def wants(self, *times: int) -> list[Isbn]:
        """Readers ask for so many books so often."""
        books = [an_isbn() for _ in times]
        await self.kept.note(dict(zip(books, times, strict=True)), LoopClock().now())
        return books

    async def batch(self, minutes: float = 5, *, readmit: bool = False) -> Batch:
        shift = Shift(minutes * MINUTES, self.stop, self.heard.append)
        return await self.refresh(NAME, shift, readmit=readmit)
