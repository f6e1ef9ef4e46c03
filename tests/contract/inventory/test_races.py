"""What only a real race can tell: no copy sold twice, and nobody waiting for each other in a circle."""

import asyncio
import random
from collections.abc import Awaitable
from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.security.vault import EnvelopeVault
from domain.inventory.errors import OutOfStock
from domain.shared.ids import BookId, OrderId
from tests.contract.inventory.stock_room import NOW, PostgresLedger, StockRoom

YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def room(database: Database) -> StockRoom:
    vault = EnvelopeVault([b"k" * 32], b"i" * 32)
    return StockRoom(PostgresUnitOfWork(database, vault), PostgresLedger(database))


async def took_it(step: Awaitable[object]) -> bool:
    """Whether there were copies enough."""
    try:
        await step
    except OutOfStock:
        return False
    return True


async def sorted_books(room: StockRoom, number: int, copies: int) -> list[BookId]:
    """Books in the order in which the database locks them."""
    return sorted(await room.with_copies(*[copies] * number))


async def test_sixty_buyers_of_seven_copies_get_seven(room: StockRoom) -> None:
    [emma] = await room.with_copies(7)
    got = await asyncio.gather(*(took_it(room.hold({emma: 1})) for _ in range(60)))
    assert sum(got) == 7
    assert await room.level(emma) == (7, 7)


async def test_baskets_in_any_order_of_books_wait_for_each_other_in_one_line(room: StockRoom) -> None:
    books, shuffle = await sorted_books(room, 6, 60), random.Random(1)
    baskets = [dict.fromkeys(shuffle.sample(books, 4), 1) for _ in range(60)]
    got = await asyncio.gather(*(took_it(room.hold(basket)) for basket in baskets))
    assert all(got)
    assert sum([(await room.level(book))[1] for book in books]) == 240


async def test_lapsed_holds_are_released_while_the_same_books_are_sold(room: StockRoom) -> None:
    books = await sorted_books(room, 4, 500)
    for turn in range(40):  # the older the hold, the later its book is locked by everybody else
        await room.hold({books[3 - turn % 4]: 1}, until=YESTERDAY + timedelta(seconds=turn))
    housekeeping = [room.lapse(before=NOW, limit=10) for _ in range(4)]
    buying = [took_it(room.hold(dict.fromkeys(books, 1))) for _ in range(40)]
    done = await asyncio.gather(*buying[:10], *housekeeping, *buying[10:])
    assert all(done)
    assert [(await room.level(book))[1] for book in books] == [40] * 4


async def test_steps_of_orders_that_share_books_race_without_a_circle(room: StockRoom) -> None:
    books, shuffle = await sorted_books(room, 5, 200), random.Random(2)
    orders = [await room.hold(dict.fromkeys(shuffle.sample(books, 3), 1)) for _ in range(30)]

    async def live(order: OrderId) -> None:
        steps = [room.commit, room.release, room.commit, room.ship, room.release]
        for step in shuffle.sample(steps, 4):
            await step(order)

    await asyncio.gather(*(live(order) for order in orders))
    for book in books:
        await room.level(book)


async def test_the_last_copy_goes_to_a_late_payment_or_to_a_new_buyer_never_to_both(room: StockRoom) -> None:
    for _ in range(15):
        [emma] = await room.with_copies(1)
        late = await room.hold({emma: 1}, OrderId(uuid4()))
        await room.release(late)
        got = await asyncio.gather(took_it(room.commit(late)), took_it(room.hold({emma: 1})))
        assert sorted(got) == [False, True]
        assert await room.level(emma) == (1, 1)


async def test_a_hold_that_is_paid_for_while_it_lapses_is_paid_for(room: StockRoom) -> None:
    for _ in range(15):
        emma, dracula = await room.with_copies(1, 1)
        order = await room.hold({emma: 1, dracula: 1}, until=YESTERDAY)
        await asyncio.gather(room.commit(order), room.lapse(before=NOW))
        assert [await room.level(book) for book in (emma, dracula)] == [(1, 1), (1, 1)]
        await room.ship(order)
        assert [await room.level(book) for book in (emma, dracula)] == [(0, 0), (0, 0)]


async def test_two_workers_shipping_one_order_ship_it_once(room: StockRoom) -> None:
    [emma] = await room.with_copies(5)
    order = await room.hold({emma: 2})
    await room.commit(order)
    await asyncio.gather(*(room.ship(order) for _ in range(8)))
    assert await room.level(emma) == (3, 0)
