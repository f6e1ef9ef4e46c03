"""What can be known of questions before they are asked, from the shop's own tables."""

from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.demand_sources import Bestsellers, BooksBeside, WatchedBooks
from adapters.postgres.repositories.interests import PostgresInterests
from adapters.postgres.statement import Statement
from domain.prices.estimates.demand import PURCHASE_QUESTIONS, RELATED_SHARE, WATCH_QUESTIONS, WINDOW
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.price_builders import an_isbn

_BOOK = Statement("""
WITH work AS (
    INSERT INTO works (key, title, series_key) VALUES (%(isbn)s, 'Emma', %(series)s) RETURNING id
)
INSERT INTO books (work_id, isbn, format, title, sorting_key, price, currency, sold_lately)
SELECT id, %(isbn)s, 'paperback', 'Emma', 'emma', 999, 'USD', %(sold)s FROM work
""")
_WATCH = Statement("""
INSERT INTO watches (id, user_id, isbn, begun_at, formats, conditions, currency, target, until, status,
                     threshold, clears, attempt, bought, failures, notices, told, version, sealed_particulars)
VALUES (%(id)s, %(id)s, %(isbn)s, now(), '{paperback}', '{new}', 'USD', 900, now(), %(status)s,
        900, 0, 0, 0, 0, '[]', 0, 1, '')
""")
_PRICE = Statement("""
INSERT INTO watched_prices (isbn, format, condition, currency, price, at)
VALUES (%(isbn)s, %(format)s, 'new', 'USD', %(price)s, now())
""")


async def sells(database: Database, isbn: Isbn, *, sold: int = 0, series: str | None = None) -> None:
    async with database.connection() as connection:
        await connection.run(_BOOK, isbn=isbn.value, sold=sold, series=series)


async def watched(database: Database, isbn: Isbn, status: str = "active") -> None:
    async with database.connection() as connection:
        await connection.run(_WATCH, id=uuid4(), isbn=isbn.value, status=status)


async def test_who_buys_a_book_has_looked_about_before(database: Database) -> None:
    sold, unsold = an_isbn(), an_isbn()
    await sells(database, sold, sold=280)
    await sells(database, unsold)
    expected = await Bestsellers(database).expected(NOON)
    assert expected[sold] == pytest.approx(PURCHASE_QUESTIONS * 10 / 86_400)
    assert unsold not in expected


async def test_who_asks_for_a_book_may_ask_for_the_next_one(database: Database) -> None:
    first, second, other, series = an_isbn(), an_isbn(), an_isbn(), f"series-{uuid4().hex}"
    await sells(database, first, series=series)
    await sells(database, second, series=series)
    await sells(database, other)
    await PostgresInterests(database).note({first: 100}, NOON)
    expected = await BooksBeside(database).expected(NOON)
    assert expected[second] == pytest.approx(RELATED_SHARE * 100 / WINDOW)
    assert first not in expected
    assert other not in expected


async def test_whoever_waits_for_a_price_is_expected_to_look_for_it(database: Database) -> None:
    near, far, unknown, ended = (an_isbn() for _ in range(4))
    for isbn, price in ((near, 900), (far, 2_700)):
        await watched(database, isbn)
        async with database.connection() as connection:
            await connection.run(_PRICE, isbn=isbn.value, format="paperback", price=price)
            await connection.run(_PRICE, isbn=isbn.value, format="ebook", price=100)
    await watched(database, near)
    await watched(database, unknown)
    await watched(database, ended, "ended")
    expected = await WatchedBooks(database).expected(NOON)
    assert expected[near] == pytest.approx(2 * WATCH_QUESTIONS)
    assert expected[unknown] == pytest.approx(WATCH_QUESTIONS)
    assert 0 < expected[far] < WATCH_QUESTIONS / 1_000
    assert ended not in expected
