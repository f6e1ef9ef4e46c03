"""What is written down of prices: last answers, runs of one price, change rates, and news of the lowest."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, cast

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.prices import PostgresPrices
from application.prices.ports import LastingPrices, PriceStories
from application.prices.remember_prices import RememberPrices
from application.shared.unit_of_work import UnitOfWork
from domain.prices.answer import Outcome
from domain.prices.best import joined
from domain.prices.events import edition_id
from domain.prices.history import PriceRun
from domain.prices.memory import Known
from domain.prices.offer import Availability, Condition, StoreName
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from tests.builders import NOON, usd
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory, InMemoryPriceRecords
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork
from tests.price_builders import GALLEY, HARBOUR, an_isbn, failed, offer, told

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Written(LastingPrices, PriceStories, Protocol):
    """What can be read of it."""


@dataclass
class World:
    """A shop that writes prices down."""

    unit_of_work: UnitOfWork
    written: Written
    database: Database | None

    def __post_init__(self) -> None:
        self.clock = StandingClock(NOON)
        self.measurements = InMemoryMeasurements()
        self.memory = InMemoryPriceMemory()
        self.remember = self.process()

    def process(self) -> RememberPrices:
        return RememberPrices(self.unit_of_work, self.memory, self.clock, self.measurements)

    async def hears(self, *outcomes: Outcome) -> None:
        """One after the other."""
        for outcome in outcomes:
            await self.remember([outcome])

    async def known(self, isbn: Isbn) -> dict[StoreName, Known]:
        return {known.told.store: known for known in await self.written.recall(isbn)}

    async def runs(self, isbn: Isbn, store: StoreName = HARBOUR) -> Sequence[PriceRun]:
        stories = await self.written.stories(isbn, since=NOON - 90 * DAY, store=store)
        assert len(stories) <= 1
        return joined(stories[0].runs) if stories else []

    async def news(self, isbn: Isbn) -> list[tuple[str, int | None, int | None]]:
        """The condition, and the lowest price before and after, as events tell it."""
        if self.database is None:
            mine = [
                event
                for event in cast("InMemoryPriceRecords", self.written).events
                if event.aggregate_id == edition_id(isbn)
            ]
            return [
                (e.condition.value, e.before and e.before.amount, e.after and e.after.amount) for e in mine
            ]
        async with self.database.connection() as connection:
            found = await connection.raw.execute(
                "SELECT payload FROM outbox WHERE aggregate_id = %s AND name = 'price_changed' ORDER BY id",
                (edition_id(isbn),),
            )
            rows = [row.payload for row in await found.fetchall()]
        assert {row["isbn"] for row in rows} <= {isbn.value}
        return [
            (p["condition"], p["before"] and p["before"]["amount"], p["after"] and p["after"]["amount"])
            for p in rows
        ]


@pytest.fixture
def world(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> World:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return World(unit_of_work, unit_of_work.work.prices, None)
    database: Database = request.getfixturevalue("database")
    return World(unit_of_work, PostgresPrices(database), database)


async def test_the_last_answer_of_each_store_is_kept_whole(world: World) -> None:
    isbn = an_isbn()
    used = offer(isbn, 700, offer_id="ä", condition=Condition.GOOD, availability=Availability.OUT_OF_STOCK)
    await world.hears(
        told(isbn, 1_200, 1_100), told(isbn, 1_300, store=GALLEY), told(isbn, used, at=NOON + HOUR)
    )
    known = await world.known(isbn)
    assert known[HARBOUR].told == told(isbn, used, at=NOON + HOUR)
    assert known[GALLEY].told == told(isbn, 1_300, store=GALLEY)


async def test_that_a_store_does_not_have_a_book_is_an_answer(world: World) -> None:
    isbn = an_isbn()
    await world.hears(told(isbn, 1_200), told(isbn, at=NOON + HOUR))
    assert (await world.known(isbn))[HARBOUR].told == told(isbn, at=NOON + HOUR)
    assert await world.known(an_isbn()) == {}


async def test_what_comes_twice_or_too_late_changes_nothing(world: World) -> None:
    isbn = an_isbn()
    later = told(isbn, 1_100, at=NOON + HOUR)
    await world.hears(told(isbn, 1_200), later)
    before = await world.known(isbn), await world.runs(isbn), await world.news(isbn)
    await world.hears(
        later, told(isbn, 900, at=NOON + HOUR), told(isbn, 800, at=NOON - HOUR), told(isbn, 1_200)
    )
    assert (await world.known(isbn), await world.runs(isbn), await world.news(isbn)) == before


async def test_a_failed_ask_writes_nothing(world: World) -> None:
    isbn = an_isbn()
    await world.hears(told(isbn, 1_200), failed(isbn, at=NOON + HOUR), told(isbn, 1_200, at=NOON + 2 * HOUR))
    assert await world.runs(isbn) == [PriceRun(usd(1_200), NOON, NOON + 2 * HOUR, seen=2)]
    never = an_isbn()
    await world.hears(failed(never))
    assert (await world.known(never), await world.runs(never)) == ({}, [])


async def test_the_same_price_goes_on_and_another_begins(world: World) -> None:
    isbn = an_isbn()
    for hours, prices in enumerate([(1_200,), (1_200, 1_500), (1_100,), (), (), (1_100,)]):
        await world.hears(told(isbn, *prices, at=NOON + hours * HOUR))
    assert await world.runs(isbn) == [
        PriceRun(usd(1_200), NOON, NOON + HOUR, seen=2),
        PriceRun(usd(1_100), NOON + 2 * HOUR, NOON + 2 * HOUR),
        PriceRun(None, NOON + 3 * HOUR, NOON + 3 * HOUR),
        PriceRun(usd(1_100), NOON + 5 * HOUR, NOON + 5 * HOUR),
    ]


async def test_what_cannot_be_bought_has_no_price_in_the_history(world: World) -> None:
    isbn = an_isbn()
    gone = offer(isbn, 500, availability=Availability.OUT_OF_STOCK)
    await world.hears(told(isbn, 1_200), told(isbn, gone, at=NOON + HOUR))
    assert [run.price for run in await world.runs(isbn)] == [usd(1_200), None]


async def test_each_series_has_a_story_of_its_own(world: World) -> None:
    isbn = an_isbn()
    used = offer(isbn, 700, offer_id="used", condition=Condition.GOOD)
    yen = offer(isbn, 800, offer_id="yen", currency="JPY")
    file = offer(isbn, 600, offer_id="file", format=Format.EBOOK)
    await world.hears(told(isbn, offer(isbn, 1_200), used, yen, file), told(isbn, 1_300, store=GALLEY))
    since = NOON - DAY
    every = await world.written.stories(isbn, since=since)
    assert len(every) == 5
    good = await world.written.stories(isbn, since=since, condition=Condition.GOOD)
    assert [story.runs[0].price for story in good] == [usd(700)]
    (ebook,) = await world.written.stories(isbn, since=since, format=Format.EBOOK, store=HARBOUR)
    assert (ebook.series, ebook.store) == (file.series, HARBOUR)


async def test_a_price_that_outlives_its_month_is_one_story(world: World) -> None:
    isbn, eve = an_isbn(), datetime(2026, 10, 31, 22, tzinfo=UTC)
    world.clock.at = eve
    hours = [told(isbn, 1_200, at=eve + step * HOUR) for step in range(4)]
    gone = told(isbn, at=eve + 35 * DAY)
    back = [told(isbn, 1_100, at=eve + 36 * DAY), told(isbn, 1_100, at=eve + 37 * DAY)]
    await world.hears(hours[0], hours[1])
    await world.remember([hours[3], hours[2]])  # one transaction, in the new month
    await world.hears(gone, *back)
    assert await world.runs(isbn) == [
        PriceRun(usd(1_200), eve, eve + 3 * HOUR, seen=4),
        PriceRun(None, gone.at, gone.at),
        PriceRun(usd(1_100), eve + 36 * DAY, eve + 37 * DAY, seen=2),
    ]


async def test_answers_in_one_batch_are_written_in_their_order(world: World) -> None:
    isbn = an_isbn()
    days = [told(isbn, 1_000 + 100 * (day // 3), at=NOON + day * DAY) for day in range(30)]
    await world.remember(days)
    runs = await world.runs(isbn)
    assert [run.price for run in runs] == [usd(1_000 + 100 * step) for step in range(10)]
    assert {run.seen for run in runs} == {3}
    assert (await world.known(isbn))[HARBOUR].told == days[-1]


async def test_how_often_prices_change_is_learnt_from_answers(world: World) -> None:
    isbn, restless = an_isbn(), an_isbn()
    for hour in range(20):
        await world.hears(told(isbn, 1_200, at=NOON + hour * HOUR))
        await world.hears(told(restless, 1_200 + hour, at=NOON + hour * HOUR))
    quiet, loud = (await world.known(isbn))[HARBOUR], (await world.known(restless))[HARBOUR]
    assert (quiet.evidence.changes, quiet.evidence.seconds) == (0.0, 19 * 3_600.0)
    assert loud.change_rate.per_second > 5 * quiet.change_rate.per_second


async def test_everybody_is_told_when_the_lowest_price_is_another(world: World) -> None:
    isbn = an_isbn()
    used = offer(isbn, 700, offer_id="used", condition=Condition.GOOD, at=NOON + 3 * HOUR)
    await world.hears(
        told(isbn, 1_200),
        told(isbn, 1_500, store=GALLEY),
        told(isbn, 1_100, store=GALLEY, at=NOON + HOUR),
        told(isbn, 1_250, at=NOON + HOUR),
        told(isbn, 1_100, store=GALLEY, at=NOON + 2 * HOUR),
        told(isbn, used, store=HARBOUR, at=NOON + 3 * HOUR),
        told(isbn, store=GALLEY, at=NOON + 4 * HOUR),
    )
    assert await world.news(isbn) == [
        ("new", None, 1_200),
        ("new", 1_200, 1_100),
        ("good", None, 700),
        ("new", 1_100, None),
    ]


async def test_what_was_told_too_long_ago_is_no_low(world: World) -> None:
    isbn = an_isbn()
    await world.hears(told(isbn, 500, store=GALLEY), told(isbn, 1_200))
    world.clock.move(5 * DAY)
    await world.hears(told(isbn, 1_150, at=NOON + 5 * DAY), told(isbn, 1_150, at=NOON + 5 * DAY + HOUR))
    assert (await world.news(isbn))[-1] == ("new", None, 1_150)


async def test_of_prices_told_at_once_to_several_processes_none_is_lost(world: World) -> None:
    isbn = an_isbn()
    stores = [StoreName(f"store-{number}") for number in range(12)]
    processes = [world.process() for _ in range(4)]
    await asyncio.gather(
        *(
            processes[place % 4]([told(isbn, 2_000 - place, store=store)])
            for place, store in enumerate(stores)
        )
    )
    assert set(await world.known(isbn)) == set(stores)
    news = await world.news(isbn)
    assert (news[0][1], news[-1][2]) == (None, 2_000 - 11)
    assert [before for _, before, _ in news[1:]] == [after for _, _, after in news[:-1]]


async def test_what_was_written_is_remembered_and_so_is_trouble(world: World) -> None:
    isbn = an_isbn()
    await world.hears(told(isbn, 1_200), failed(isbn, at=NOON + HOUR))
    memory = (await world.memory.recall(isbn)).of(HARBOUR)
    assert memory.known == (await world.known(isbn))[HARBOUR]
    assert memory.trouble is not None
