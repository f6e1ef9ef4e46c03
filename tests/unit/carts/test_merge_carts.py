"""A guest's cart comes to the reader who signs in: whole, once, wherever the bringing was interrupted."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest

from application.carts.merge_carts import MergeCarts
from domain.carts.cart import MOST_BOOKS, Cart
from domain.carts.errors import CartUnavailable
from domain.carts.identity import guest_cart, reader_cart
from domain.shared.ids import BookId, CartId, UserId
from domain.shared.money import Money
from tests.fakes.carts import InMemoryCarts
from tests.fakes.time import CountingIds, StandingClock

READER, ANOTHER = UserId(UUID(int=7)), UserId(UUID(int=8))
GUEST = guest_cart(UUID(int=9))
EMMA, IVANHOE = BookId(UUID(int=1)), BookId(UUID(int=2))


class DyingCarts(InMemoryCarts):
    """Fails once, at a chosen change: before it was made, or after, when the answer is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.dies_at: int | None = None
        self.answer_lost = False
        self._changes = 0

    async def change(self, cart_id: CartId, verb: Callable[[Cart], None]) -> Cart:
        await asyncio.sleep(0)  # others get a turn, as they would over a network
        if self.dies_at is None:
            return await super().change(cart_id, verb)
        self._changes += 1
        if self._changes != self.dies_at:
            return await super().change(cart_id, verb)
        if self.answer_lost:
            await super().change(cart_id, verb)
        raise CartUnavailable("Gone.")

    def recover(self) -> None:
        self.dies_at, self._changes = None, 0


@pytest.fixture
def carts() -> DyingCarts:
    return DyingCarts()


@pytest.fixture
def merge(carts: DyingCarts) -> MergeCarts:
    return MergeCarts(carts, StandingClock(), CountingIds(1000))


async def fill(carts: DyingCarts, cart_id: CartId, **copies: int) -> None:
    def add(cart: Cart) -> None:
        for name, quantity in copies.items():
            book = {"emma": EMMA, "ivanhoe": IVANHOE}[name]
            cart.add(book, quantity, Money(999, "USD"), StandingClock().now(), None)

    await carts.change(cart_id, add)


async def quantities(carts: DyingCarts, cart_id: CartId) -> dict[BookId, int]:
    return (await carts.get(cart_id)).quantities()


async def test_what_both_carts_held_is_in_the_readers(carts: DyingCarts, merge: MergeCarts) -> None:
    await fill(carts, GUEST, emma=2, ivanhoe=1)
    await fill(carts, reader_cart(READER), emma=1)
    assert await merge(GUEST, READER)
    assert await quantities(carts, reader_cart(READER)) == {EMMA: 3, IVANHOE: 1}
    assert await quantities(carts, GUEST) == {}


async def test_a_guest_without_books_leaves_no_trace(carts: DyingCarts, merge: MergeCarts) -> None:
    assert await merge(GUEST, READER)
    assert await carts.get(reader_cart(READER)) == Cart(id=reader_cart(READER))


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("answer_lost", [False, True])
async def test_an_interrupted_merge_loses_nothing_and_the_next_one_doubles_nothing(
    carts: DyingCarts, merge: MergeCarts, step: int, *, answer_lost: bool
) -> None:
    await fill(carts, GUEST, emma=2)
    await fill(carts, reader_cart(READER), emma=1)
    carts.dies_at, carts.answer_lost = step, answer_lost
    with pytest.raises(CartUnavailable):
        await merge(GUEST, READER)
    carts.recover()
    await fill(carts, GUEST, ivanhoe=1)
    assert await merge(GUEST, READER)
    assert await quantities(carts, reader_cart(READER)) == {EMMA: 3, IVANHOE: 1}
    assert await quantities(carts, GUEST) == {}


async def test_parallel_sign_ins_bring_the_cart_once(carts: DyingCarts, merge: MergeCarts) -> None:
    await fill(carts, GUEST, emma=2)
    await asyncio.gather(*(merge(GUEST, READER) for _ in range(10)))
    assert await quantities(carts, reader_cart(READER)) == {EMMA: 2}


async def test_a_cart_claimed_by_one_reader_does_not_go_to_the_next(
    carts: DyingCarts, merge: MergeCarts
) -> None:
    await fill(carts, GUEST, emma=2)
    carts.dies_at = 2
    with pytest.raises(CartUnavailable):
        await merge(GUEST, READER)
    carts.recover()
    await fill(carts, GUEST, ivanhoe=1)
    assert await merge(GUEST, ANOTHER)
    assert await quantities(carts, reader_cart(READER)) == {EMMA: 2}
    assert await quantities(carts, reader_cart(ANOTHER)) == {IVANHOE: 1}


async def test_two_readers_at_one_browser_share_nothing_twice(carts: DyingCarts, merge: MergeCarts) -> None:
    await fill(carts, GUEST, emma=2)
    await asyncio.gather(*(merge(GUEST, reader) for reader in (READER, ANOTHER) * 3))
    everywhere = [await quantities(carts, reader_cart(reader)) for reader in (READER, ANOTHER)]
    assert sorted(everywhere, key=len) == [{}, {EMMA: 2}]


async def test_an_overfull_cart_takes_no_more_and_the_guests_stays(
    carts: DyingCarts, merge: MergeCarts
) -> None:
    def overfill(cart: Cart) -> None:
        for number in range(MOST_BOOKS + 1):
            cart.lines[BookId(UUID(int=100 + number))] = next(iter(cart.lines.values()))

    await fill(carts, GUEST, emma=1)
    await fill(carts, reader_cart(READER), ivanhoe=1)
    await carts.change(reader_cart(READER), overfill)
    assert not await merge(GUEST, READER)
    assert await quantities(carts, GUEST) == {EMMA: 1}
