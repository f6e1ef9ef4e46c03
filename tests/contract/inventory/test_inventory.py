"""What every stock room must do, in memory and in PostgreSQL. Each look at a level asks the ledger too."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.inventory.errors import NoStockRecord, OutOfStock
from domain.inventory.stock import MOST_COPIES
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId
from tests.contract.inventory.stock_room import NOW, SOON, StockRoom

LATER = SOON + timedelta(minutes=5)


async def test_held_copies_stay_in_the_house_and_are_not_for_sale(room: StockRoom) -> None:
    [emma] = await room.with_copies(5)
    await room.hold({emma: 2})
    assert await room.level(emma) == (5, 2)


async def test_the_last_copy_can_be_held_and_then_none(room: StockRoom) -> None:
    [emma] = await room.with_copies(3)
    await room.hold({emma: 3})
    with pytest.raises(OutOfStock) as refused:
        await room.hold({emma: 1})
    assert refused.value.details["books"] == [{"book_id": str(emma), "available": 0}]
    assert await room.level(emma) == (3, 3)


async def test_an_order_is_held_whole_or_not_at_all(room: StockRoom) -> None:
    emma, dracula, ulysses = await room.with_copies(5, 1, 0)
    with pytest.raises(OutOfStock) as refused:
        await room.hold({emma: 2, dracula: 2, ulysses: 1})
    short = {book["book_id"]: book["available"] for book in refused.value.details["books"]}  # type: ignore[attr-defined] # details are facts of any kind
    assert short == {str(dracula): 1, str(ulysses): 0}
    assert [await room.level(book) for book in (emma, dracula, ulysses)] == [(5, 0), (1, 0), (0, 0)]
    assert await room.kinds(emma) == []


async def test_a_book_without_stock_record_has_no_copies(room: StockRoom) -> None:
    unknown = BookId(uuid4())
    with pytest.raises(OutOfStock) as refused:
        await room.hold({unknown: 1})
    assert refused.value.details["books"] == [{"book_id": str(unknown), "available": 0}]
    with pytest.raises(NoStockRecord):
        await room.level(unknown)
    with pytest.raises(NoStockRecord):
        await room.receive(unknown, 1)


async def test_an_order_is_held_paid_for_and_shipped(room: StockRoom) -> None:
    [emma] = await room.with_copies(5)
    order = await room.hold({emma: 2})
    await room.commit(order)
    assert await room.level(emma) == (5, 2)
    await room.ship(order)
    assert await room.level(emma) == (3, 0)
    assert await room.kinds(emma) == ["hold", "ship"]


async def test_every_step_taken_twice_is_taken_once(room: StockRoom) -> None:
    [emma] = await room.with_copies(5)
    shipped, released = await room.hold({emma: 2}), await room.hold({emma: 1})
    for _ in range(2):
        await room.commit(shipped)
    for _ in range(2):
        await room.ship(shipped)
    for _ in range(2):
        await room.release(released)
    assert await room.level(emma) == (3, 0)
    assert await room.kinds(emma) == ["hold", "hold", "ship", "release"]


@pytest.mark.parametrize("paid", [False, True])
async def test_released_copies_are_for_sale_again(room: StockRoom, *, paid: bool) -> None:
    [emma] = await room.with_copies(2)
    order = await room.hold({emma: 2})
    if paid:
        await room.commit(order)
    await room.release(order)
    assert await room.level(emma) == (2, 0)
    await room.hold({emma: 2})


async def test_what_is_not_paid_for_is_not_shipped(room: StockRoom) -> None:
    [emma] = await room.with_copies(2)
    order = await room.hold({emma: 1})
    await room.ship(order)
    assert await room.level(emma) == (2, 1)


async def test_what_has_left_the_house_does_not_come_back_by_a_late_step(room: StockRoom) -> None:
    [emma] = await room.with_copies(2)
    order = await room.hold({emma: 1})
    await room.commit(order)
    await room.ship(order)
    await room.release(order)
    await room.commit(order)
    await room.ship(order)
    assert await room.level(emma) == (1, 0)


async def test_a_payment_after_the_hold_lapsed_takes_the_copies_again(room: StockRoom) -> None:
    emma, dracula = await room.with_copies(2, 1)
    order = await room.hold({emma: 2, dracula: 1})
    await room.release(order)
    await room.commit(order)
    assert [await room.level(book) for book in (emma, dracula)] == [(2, 2), (1, 1)]
    assert await room.kinds(emma) == ["hold", "release", "retake"]
    await room.ship(order)
    assert await room.level(emma) == (0, 0)


async def test_a_payment_after_the_copies_were_sold_is_told_so_and_moves_nothing(room: StockRoom) -> None:
    emma, dracula = await room.with_copies(2, 1)
    late = await room.hold({emma: 2, dracula: 1})
    await room.release(late)
    await room.hold({dracula: 1})
    with pytest.raises(OutOfStock) as refused:
        await room.commit(late)
    assert refused.value.details["books"] == [{"book_id": str(dracula), "available": 0}]
    assert [await room.level(book) for book in (emma, dracula)] == [(2, 0), (1, 1)]
    await room.ship(late)
    assert await room.level(emma) == (2, 0)


async def test_lapsed_holds_go_back_and_paid_or_younger_ones_stay(room: StockRoom) -> None:
    [emma] = await room.with_copies(10)
    lapsed = await room.hold({emma: 1}, until=SOON)
    paid = await room.hold({emma: 2}, until=SOON)
    await room.commit(paid)
    await room.hold({emma: 4}, until=LATER)
    assert await room.lapse(before=LATER) >= 1
    assert await room.level(emma) == (10, 6)
    await room.release(lapsed)
    assert await room.level(emma) == (10, 6)


async def test_lapsed_holds_of_several_books_and_orders_go_back_together(room: StockRoom) -> None:
    emma, dracula = await room.with_copies(9, 9)
    for _ in range(3):
        await room.hold({emma: 1, dracula: 2}, until=NOW - timedelta(days=1))
    assert await room.lapse(before=NOW) == 6
    assert [await room.level(book) for book in (emma, dracula)] == [(9, 0), (9, 0)]
    assert await room.lapse(before=NOW) == 0


async def test_lapsed_holds_go_back_a_few_at_a_time_oldest_first(room: StockRoom) -> None:
    [emma] = await room.with_copies(3)
    for days in (1, 3, 2):
        await room.hold({emma: 1}, until=NOW - timedelta(days=days))
    assert await room.lapse(before=NOW, limit=2) == 2
    assert await room.level(emma) == (3, 1)
    assert await room.lapse(before=NOW, limit=2) == 1


async def test_a_delivery_adds_copies_and_says_how_many_there_are(room: StockRoom) -> None:
    [emma] = await room.with_copies(1)
    await room.hold({emma: 1})
    level = await room.receive(emma, 4)
    assert (level.on_hand, level.held, level.available) == (5, 1, 4)


@pytest.mark.parametrize("copies", [0, -1])
async def test_a_delivery_brings_at_least_one_copy(room: StockRoom, copies: int) -> None:
    [emma] = await room.with_copies(1)
    with pytest.raises(InvalidInput):
        await room.receive(emma, copies)
    assert await room.level(emma) == (1, 0)


async def test_more_than_any_stock_room_holds_does_not_arrive(room: StockRoom) -> None:
    [emma] = await room.with_copies(MOST_COPIES - 1)
    with pytest.raises(InvalidInput):
        await room.receive(emma, 2)
    assert await room.level(emma) == (MOST_COPIES - 1, 0)


async def test_steps_of_an_order_that_holds_nothing_move_nothing(room: StockRoom) -> None:
    nobody = OrderId(uuid4())
    await room.commit(nobody)
    await room.ship(nobody)
    await room.release(nobody)
