"""One ask: the breaker, then a turn, then one call with a deadline, and what came of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from adapters.redis.health.in_process import HealthInProcess
from application.prices.ask_store import Asked, AskStore
from application.prices.store_breaker import StoreBreaker
from application.prices.store_outages import StoreOutages
from application.prices.store_records import StoreDay
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.prices.store import Lane, Missing, RateLimit, StoreBroken, StoreBusy, StoreRefused, StoreSlow
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.refreshing import InMemoryOutages
from tests.fakes.time import StandingClock
from tests.fakes.turns import InMemoryTurns, SaidBookstore, terms

EMMA, PERSUASION = Isbn.parse("9780141439587"), Isbn.parse("9780141439686")
USUAL = Money(1_200, "USD")
SOON = timedelta(seconds=5)
SHOP = terms("harbour-books", RateLimit(1_000, 1))
Say = Callable[[], Awaitable[Sequence[Offer]]]


def offer(item: int = 1_000, currency: str = "USD", isbn: Isbn = EMMA, offer_id: str = "1") -> Offer:
    return Offer(
        store=StoreName("harbour-books"),
        offer_id=offer_id,
        seller="harbour",
        isbn=isbn,
        format=Format.PAPERBACK,
        condition=Condition.NEW,
        item=Money(item, currency),
        shipping=Money.zero(currency),
        tax=Money.zero(currency),
        availability=Availability.IN_STOCK,
        seen_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@dataclass
class NotedRecords:
    """The `StoreRecords` port."""

    noted: list[tuple[str, bool]] = field(default_factory=list)

    async def note(self, store: StoreName, outcome: str, seconds: float | None, day: date) -> None:
        self.noted.append((outcome, seconds is not None))

    async def of(self, store: StoreName, day: date) -> StoreDay:
        return StoreDay()


class Desk:
    """Somebody who asks one store, on a clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.turns = InMemoryTurns()
        self.watch = InMemoryMeasurements()
        self.records = NotedRecords()
        self.health = HealthInProcess(lambda: self.now)
        self.ask_store = AskStore(
            turns=self.turns,
            breaker=StoreBreaker(
                self.health,
                self.watch,
                lambda: 0.5,
                StoreOutages(InMemoryOutages(), StandingClock()),
            ),
            records=self.records,
            measurements=self.watch,
            clock=StandingClock(),
            seconds=lambda: self.now,
        )

    async def ask(self, say: Say, within: timedelta = SOON, usual: Money | None = USUAL) -> Asked:
        self.store = SaidBookstore(say, SHOP)
        return await self.ask_store(self.store, EMMA, Lane.READER, within=within, usual=usual)

    async def ask_often(self, times: int, say: Say) -> list[Missing | None]:
        """A while apart, so that everybody has a turn at once."""
        seen = []
        for _ in range(times):
            self.turns = self.ask_store._turns = InMemoryTurns()
            self.now += 0.2
            seen.append((await self.ask(say)).missing)
        return seen

    async def hang(self) -> "asyncio.Task[Asked]":
        """Somebody asks, and the store says nothing."""
        asking = asyncio.create_task(self.ask(says_nothing))
        for _ in range(10):
            await asyncio.sleep(0)
        return asking


async def says_nothing() -> Sequence[Offer]:
    await asyncio.Event().wait()
    return []


def says(*offers: Offer) -> Say:
    async def say() -> Sequence[Offer]:
        return offers

    return say


def fails(error: Exception) -> Say:
    async def say() -> Sequence[Offer]:
        raise error

    return say


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_offers_are_given_and_counted(desk: Desk) -> None:
    asked = await desk.ask(says(offer()))
    assert asked == Asked(StoreName("harbour-books"), [offer()], None, 0.0)
    assert desk.watch.counts == {"harbour-books answered": 1}
    assert desk.records.noted == [("answered", True)]


async def test_a_store_without_the_book_has_answered(desk: Desk) -> None:
    assert await desk.ask_often(30, says()) == [Missing.NOT_SOLD] * 30


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (StoreSlow("no answer"), Missing.SLOW),
        (StoreBroken("500"), Missing.BROKEN),
        (StoreRefused("401"), Missing.REFUSED),
        (StoreBusy("429", 7), Missing.BUSY),
    ],
)
async def test_every_failure_has_its_reason(desk: Desk, error: Exception, why: Missing) -> None:
    asked = await desk.ask(fails(error))
    assert (asked.missing, asked.seconds) == (why, 0.0)
    assert desk.records.noted == [(why, True)]


async def test_no_answer_in_time_is_slow(desk: Desk) -> None:
    asked = await desk.ask(says_nothing, within=timedelta(milliseconds=20))
    assert asked.missing is Missing.SLOW


async def test_who_fails_is_left_in_peace_and_costs_no_turn(desk: Desk) -> None:
    assert await desk.ask_often(20, fails(StoreBroken("500"))) == [Missing.BROKEN] * 20
    assert (await desk.ask(says(offer()))).missing is Missing.RESTING
    assert (desk.store.asked, desk.turns.taken.total()) == (0, 1)
    assert desk.watch.counts["harbour-books turned open"] == 1
    assert desk.watch.counts["harbour-books spared"] == 1
    assert desk.records.noted[-1] == (Missing.RESTING, False)


async def test_being_busy_is_no_failure_and_holds_us_back(desk: Desk) -> None:
    assert await desk.ask_often(40, fails(StoreBusy("429", 7))) == [Missing.BUSY] * 40
    assert desk.turns.held_back == {"harbour-books": timedelta(seconds=7)}
    assert (await desk.ask(says(offer()))).missing is Missing.BUSY  # it asked for seven seconds
    desk.turns = desk.ask_store._turns = InMemoryTurns()
    assert (await desk.ask(fails(StoreBusy("429")))).missing is Missing.BUSY
    assert desk.turns.held_back == {"harbour-books": None}


async def test_without_a_turn_the_store_is_not_called(desk: Desk) -> None:
    await desk.turns.hold_back(terms().name, retry_after=timedelta(minutes=1))
    asked = await desk.ask(says(offer()))
    assert (asked.missing, asked.seconds, desk.store.asked) == (Missing.BUSY, None, 0)


async def test_a_turn_that_leaves_no_time_for_an_answer_is_not_waited_for(desk: Desk) -> None:
    await desk.turns.hold_back(terms().name, retry_after=timedelta(milliseconds=70))
    assert (await desk.ask(says(offer()), within=timedelta(milliseconds=100))).missing is Missing.BUSY
    assert desk.turns.taken.total() == 0


async def test_each_call_has_a_turn_of_its_own(desk: Desk) -> None:
    said = SaidBookstore(says(offer()), SHOP)
    asks = (desk.ask_store(said, EMMA, Lane.READER, within=SOON) for _ in range(4))
    await asyncio.gather(*asks)
    assert said.asked == desk.turns.taken.total() == 4


async def test_who_refuses_us_is_not_asked_until_somebody_has_looked(desk: Desk) -> None:
    assert (await desk.ask(fails(StoreRefused("401")))).missing is Missing.REFUSED
    assert (await desk.ask(says(offer()))).missing is Missing.REFUSED
    assert desk.watch.counts["harbour-books turned isolated"] == 1
    await desk.ask_store._breaker.readmit(terms().name)
    assert (await desk.ask(says(offer()))).missing is None


async def test_another_book_and_another_currency_are_no_answer(desk: Desk) -> None:
    foreign, other = offer(currency="EUR", offer_id="2"), offer(isbn=PERSUASION, offer_id="3")
    asked = await desk.ask(says(offer(), foreign, other))
    assert asked.offers == [offer()]
    assert (await desk.ask(says(other))).missing is Missing.NOT_SOLD
    assert (await desk.ask(says(foreign))).missing is Missing.BROKEN


@pytest.mark.parametrize("rubbish", [offer(12_001), offer(currency="EUR")])
async def test_rubbish_opens_the_breaker_though_the_store_answers(desk: Desk, rubbish: Offer) -> None:
    seen = await desk.ask_often(20, says(replace(rubbish, offer_id="1"), offer(offer_id="2")))
    assert seen.count(None) >= 10  # it did answer
    assert (await desk.ask(says(offer()))).missing is Missing.RESTING


async def test_a_price_that_nobody_knows_better_is_no_rubbish(desk: Desk) -> None:
    for _ in range(30):
        desk.turns = desk.ask_store._turns = InMemoryTurns()
        assert (await desk.ask(says(offer(99_999)), usual=None)).missing is None


async def open_up(desk: Desk) -> None:
    """Its pause is over, and the next one finds out."""
    await desk.ask_often(20, fails(StoreBroken("500")))
    desk.now += 5.0
    desk.turns = desk.ask_store._turns = InMemoryTurns()


async def test_one_finds_out_and_a_caller_who_leaves_lets_the_next_one_try(desk: Desk) -> None:
    await open_up(desk)
    asking = await desk.hang()
    assert (await desk.ask(says(offer()))).missing is Missing.RESTING
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert (await desk.ask(says(offer()))).missing is None


async def test_who_gets_no_turn_lets_the_next_one_try(desk: Desk) -> None:
    await open_up(desk)
    await desk.turns.hold_back(terms().name, retry_after=timedelta(minutes=1))
    assert (await desk.ask(says(offer()))).missing is Missing.BUSY
    desk.turns = desk.ask_store._turns = InMemoryTurns()
    assert (await desk.ask(says(offer()))).missing is None


async def test_who_leaves_after_a_long_wait_has_learnt_that_it_is_slow(desk: Desk) -> None:
    await open_up(desk)
    asking = await desk.hang()
    desk.now += 4.0
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert (await desk.ask(says(offer()))).missing is Missing.RESTING
    assert desk.watch.counts["harbour-books turned open"] == 2


async def test_a_fault_of_ours_is_told_and_is_no_fault_of_the_store(desk: Desk) -> None:
    await open_up(desk)
    with pytest.raises(ZeroDivisionError):
        await desk.ask(fails(ZeroDivisionError()))
    assert (await desk.ask(says(offer()))).missing is None


async def test_an_offer_is_looked_at_again_by_its_name(desk: Desk) -> None:
    store = SaidBookstore(says(offer(1_100), offer(900, offer_id="2")), SHOP)
    asked = await desk.ask_store.again(store, offer(), Lane.CHARGE, within=SOON)
    assert asked.offers == [offer(1_100)]
    gone = await desk.ask_store.again(store, offer(offer_id="3"), Lane.CHARGE, within=SOON)
    assert gone.missing is Missing.NOT_SOLD


def test_a_day_tells_what_the_store_is_answerable_for() -> None:
    outcomes = {"answered": 90, "not_sold": 5, "broken": 4, "slow": 1, "busy": 50, "resting": 9}
    day = StoreDay(outcomes, {0.1: 50, 0.5: 45, 3.0: 5})
    assert (day.calls, day.availability) == (100, 0.95)
    assert [day.within(share) for share in (0.5, 0.95, 0.99)] == [0.1, 0.5, 3.0]
    assert (StoreDay().availability, StoreDay().within(0.95)) == (None, None)
