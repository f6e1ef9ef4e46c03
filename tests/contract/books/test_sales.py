"""Sales are counted once, for their day, taken back when an order is called off, and leave with their day."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.sales import PostgresSales
from adapters.postgres.statement import Statement
from domain.shared.ids import BookId, OrderId

DAY, LATER = date(2026, 3, 1), date(2026, 3, 9)
_numbers = count(7_000_000)
_BOOK = Statement("""
WITH w AS (INSERT INTO works (key, title) VALUES (%(isbn)s, 'Emma') RETURNING id)
INSERT INTO books (work_id, isbn, format, title, sorting_key, price, currency)
SELECT id, %(isbn)s, 'ebook', 'Emma', 'emma', 100, 'USD' FROM w RETURNING id
""")
_ORDER = Statement("""
INSERT INTO orders (id, user_id, status, payment_status, fulfilment_status, currency, total, shipping_method,
                    shipping, shipping_tax, weight_grams, placed_at, hold_expires_at, version, sealed_token)
VALUES (%(id)s, %(id)s, 'confirmed', 'authorised', 'unfulfilled', 'USD', 100, 'digital', 0, 0, 0, %(at)s,
        %(at)s, 1, '')
""")
_LINE = Statement("""
INSERT INTO order_lines (order_id, position, book_id, isbn, title, format, quantity, unit_price, discount,
                         tax, digital)
VALUES (%(order)s, %(position)s, %(book)s, '', '', 'ebook', %(quantity)s, 100, 0, 0, true)
""")
_CALL_OFF = Statement("UPDATE orders SET status = 'cancelled' WHERE id = %(id)s")
_FIGURES = Statement("SELECT sold_lately, sold FROM books WHERE id = %(id)s")
_KEPT = Statement("SELECT coalesce(sum(copies), 0) AS copies FROM book_sales WHERE book_id = %(id)s")


@dataclass(frozen=True)
class Counter:
    """A shop that sells."""

    database: Database

    async def book(self) -> BookId:
        row = await self.database.one(_BOOK, isbn=f"978{next(_numbers):010d}")
        assert row
        return BookId(row.id)

    async def order(self, day: date, *bought: tuple[BookId, int], at: time = time(23, 59)) -> OrderId:
        order = OrderId(uuid4())
        async with self.database.transaction() as connection:
            await connection.run(_ORDER, id=order, at=datetime.combine(day, at, UTC))
            for position, (book, quantity) in enumerate(bought, start=1):
                await connection.run(_LINE, order=order, position=position, book=book, quantity=quantity)
        return order

    async def call_off(self, order: OrderId) -> None:
        async with self.database.connection() as connection:
            await connection.run(_CALL_OFF, id=order)

    async def figures(self, book: BookId) -> tuple[int, int]:
        """Sold lately and ever; what sold lately is the sum of its days, always."""
        row, kept = await self.database.one(_FIGURES, id=book), await self.database.one(_KEPT, id=book)
        assert row
        assert kept
        assert kept.copies == row.sold_lately
        return row.sold_lately, row.sold


@pytest.fixture
def counter(database: Database) -> Counter:
    return Counter(database)


@pytest.fixture
def sales(database: Database) -> PostgresSales:
    return PostgresSales(database)


async def test_an_order_counts_once_however_often_it_is_told(counter: Counter, sales: PostgresSales) -> None:
    emma, dracula = await counter.book(), await counter.book()
    order = await counter.order(DAY, (emma, 1), (dracula, 2), (emma, 3))
    told = await asyncio.gather(*(sales.count(order) for _ in range(4)))
    assert sorted(len(changed) for changed in told) == [0, 0, 0, 2]
    assert await counter.figures(emma) == (4, 4)
    assert await counter.figures(dracula) == (2, 2)


async def test_sales_of_a_day_add_up_also_when_they_are_counted_at_once(
    counter: Counter, sales: PostgresSales
) -> None:
    emma, dracula = await counter.book(), await counter.book()
    pairs = [((emma, 1), (dracula, 1)), ((dracula, 1), (emma, 1))] * 4
    orders = [await counter.order(DAY, *pair) for pair in pairs]
    await asyncio.gather(*map(sales.count, orders))
    assert [await counter.figures(emma), await counter.figures(dracula)] == [(8, 8), (8, 8)]


async def test_what_was_called_off_is_taken_back_once_and_counts_never_again(
    counter: Counter, sales: PostgresSales
) -> None:
    emma = await counter.book()
    kept, called_off = await counter.order(DAY, (emma, 1)), await counter.order(DAY, (emma, 5))
    for order in (kept, called_off):
        await sales.count(order)
        assert await sales.take_back(order) == []
    await counter.call_off(called_off)
    assert await sales.take_back(called_off) == [emma]
    for again in (sales.take_back, sales.count):
        assert await again(called_off) == []
    assert await counter.figures(emma) == (1, 1)


async def test_days_that_are_let_go_leave_the_recent_figure_and_not_the_other(
    counter: Counter, sales: PostgresSales
) -> None:
    emma, dracula = await counter.book(), await counter.book()
    for order in (
        await counter.order(DAY, (emma, 1), (dracula, 2)),
        await counter.order(LATER, (emma, 10), at=time(0)),
    ):
        await sales.count(order)
    assert {emma, dracula} <= set(await _all_before(sales, LATER))
    assert await _all_before(sales, LATER) == []
    assert await counter.figures(emma) == (10, 11)
    assert await counter.figures(dracula) == (0, 2)


async def test_what_is_called_off_after_its_day_is_gone_leaves_only_the_sum(
    counter: Counter, sales: PostgresSales
) -> None:
    emma = await counter.book()
    order = await counter.order(DAY, (emma, 3))
    await sales.count(order)
    await _all_before(sales, LATER)
    await counter.call_off(order)
    assert await sales.take_back(order) == [emma]
    assert await counter.figures(emma) == (0, 0)


async def test_days_go_in_portions_while_others_count(counter: Counter, sales: PostgresSales) -> None:
    books = [await counter.book() for _ in range(6)]
    for book in books:
        await sales.count(await counter.order(DAY, (book, 1)))
    orders = [await counter.order(LATER, *((book, 2) for book in reversed(books))) for _ in range(3)]
    portions = (sales.forget(LATER, 2) for _ in range(4))
    await asyncio.gather(*portions, *map(sales.count, orders))
    await _all_before(sales, LATER)
    assert [await counter.figures(book) for book in books] == [(6, 7)] * 6


async def _all_before(sales: PostgresSales, day: date) -> Sequence[BookId]:
    gone: list[BookId] = []
    while portion := await sales.forget(day, 100):
        gone += portion
    return gone
