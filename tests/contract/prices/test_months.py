"""Where the price history lies: drawers made ahead, filled late, and thrown away as a whole."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.price_months import PostgresPriceMonths
from adapters.postgres.queries.prices import PostgresPrices
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from application.prices.keep_history import KeepPriceHistory, Kept
from application.prices.remember_prices import RememberPrices
from domain.prices.answer import Told
from domain.prices.doubt import Doubt
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.store_knowledge import InMemoryDoubts
from tests.fakes.time import StandingClock
from tests.price_builders import an_isbn, offer, told

# Far from where other tests write.
JUNE = datetime(2031, 6, 10, tzinfo=UTC)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(JUNE)


@pytest.fixture
def keep(database: Database, clock: StandingClock) -> KeepPriceHistory:
    return keeper(database, clock, months=3)


def keeper(database: Database, clock: StandingClock, months: int) -> KeepPriceHistory:
    return KeepPriceHistory(PostgresPriceMonths(database), InMemoryDoubts(), clock, months)


async def write(database: Database, clock: StandingClock, *answers: Told) -> None:
    unit_of_work = PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32))
    remember = RememberPrices(unit_of_work, InMemoryPriceMemory(), clock, InMemoryMeasurements())
    await remember(answers)


async def drawers(database: Database, isbn: Isbn) -> list[str]:
    """Where the runs of a book lie."""
    async with database.connection() as connection:
        found = await connection.raw.execute(
            "SELECT tableoid::regclass::text AS drawer FROM price_runs WHERE isbn = %s ORDER BY began_at",
            (isbn.value,),
        )
        return [row.drawer for row in await found.fetchall()]


async def test_prices_are_written_without_a_drawer_and_put_into_it_when_it_is_made(
    database: Database, clock: StandingClock, keep: KeepPriceHistory
) -> None:
    isbn = an_isbn()
    await write(database, clock, told(isbn, 10, at=JUNE), told(isbn, 11, at=JUNE + timedelta(days=25)))
    assert await drawers(database, isbn) == ["price_months.runs_other"] * 2
    assert (await keep()).drawers_made == 3
    assert await drawers(database, isbn) == ["price_months.runs_2031_06", "price_months.runs_2031_07"]
    late = told(isbn, 12, at=datetime(2031, 8, 31, 23, 59, 59, tzinfo=UTC))
    await write(database, clock, late, told(isbn, 12, at=late.at + timedelta(seconds=1)))
    places = ["06", "07", "08", "other"]
    assert [place.rpartition("_")[2] for place in await drawers(database, isbn)] == places
    stories = await PostgresPrices(database).stories(isbn, since=JUNE)
    assert [run.price and run.price.amount for run in stories[0].runs] == [10, 11, 12, 12]


async def test_a_drawer_goes_when_all_in_it_is_too_old(
    database: Database, clock: StandingClock, keep: KeepPriceHistory
) -> None:
    isbn, another = an_isbn(), an_isbn()
    await keep()
    await write(database, clock, told(isbn, 10, at=JUNE), told(isbn, 11, at=JUNE + timedelta(days=120)))
    await write(database, clock, told(another, 10, at=JUNE - timedelta(days=400)), told(another, 5, at=JUNE))
    clock.at = datetime(2031, 9, 30, tzinfo=UTC)
    await keep()
    assert "price_months.runs_2031_06" in await drawers(database, isbn)
    assert len(await drawers(database, another)) == 1  # what was in no drawer has gone
    clock.at = datetime(2031, 10, 1, tzinfo=UTC)
    assert (await keep()).drawers_dropped == 1
    assert await drawers(database, isbn) == ["price_months.runs_2031_10"]
    assert (await keep()).drawers_dropped == 0


async def test_answers_that_nobody_has_repeated_are_forgotten(
    database: Database, clock: StandingClock, keep: KeepPriceHistory
) -> None:
    old, new = an_isbn(), an_isbn()
    await write(database, clock, told(old, 10, at=JUNE - timedelta(days=150)), told(new, 10, at=JUNE))
    written = PostgresPrices(database)
    while not await written.recall(new) or await written.recall(old):
        await keep()
    async with database.connection() as connection:
        found = await connection.raw.execute("SELECT FROM price_offers WHERE isbn = %s", (old.value,))
        assert await found.fetchall() == []


async def test_who_writes_is_not_held_up_by_a_drawer_nor_the_other_way_round(
    database: Database, clock: StandingClock
) -> None:
    clock.at = datetime(2033, 1, 1, tzinfo=UTC)
    keep = keeper(database, clock, months=120)
    async with database.transaction() as connection:
        await connection.raw.execute("LOCK TABLE price_months.runs_other IN ROW EXCLUSIVE MODE")
        assert (await keep()).drawers_made == 0
    assert await keep() == Kept(drawers_made=3, drawers_dropped=0, forgotten=0)


async def test_what_was_doubted_long_ago_is_forgotten(database: Database, clock: StandingClock) -> None:
    doubts = InMemoryDoubts()
    old, new = (
        Doubt(uuid4(), offer(an_isbn(), 300), Money(2_000, "USD"), since)
        for since in (JUNE - timedelta(days=91), JUNE - timedelta(days=89))
    )
    await doubts.add([old, new])
    keep = KeepPriceHistory(PostgresPriceMonths(database), doubts, clock, months=120)
    assert (await keep()).forgotten == 1
    assert await doubts.waiting(10) == [new]
