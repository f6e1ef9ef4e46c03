"""What every store of carts must do, in memory and in Valkey."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.redis.carts import GUEST_KEEPS, READER_KEEPS, ValkeyCarts
from adapters.redis.client import CONNECTIONS, connect
from domain.carts.cart import Cart
from domain.carts.errors import CartUnavailable, NotInCart
from domain.carts.identity import guest_cart, reader_cart
from domain.carts.ports import Carts
from domain.shared.ids import BookId, CartId, OrderId, UserId
from domain.shared.money import Money
from tests.fakes.carts import InMemoryCarts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRICE = Money(999, "USD")


@pytest.fixture
async def valkey(redis_url: str) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


@pytest.fixture(params=["memory", "valkey"])
def carts(request: pytest.FixtureRequest) -> Carts:
    if request.param == "memory":
        return InMemoryCarts()
    return ValkeyCarts(cast("Redis", request.getfixturevalue("valkey")))


@pytest.fixture
def mine() -> CartId:
    return reader_cart(UserId(uuid4()))


@pytest.fixture
def book() -> BookId:
    return BookId(uuid4())


def add(book: BookId) -> Callable[[Cart], None]:
    return lambda cart: cart.add(book, 1, PRICE, NOW, None)


async def test_an_unknown_cart_is_empty(carts: Carts, mine: CartId) -> None:
    assert await carts.get(mine) == Cart(id=mine)


async def test_a_cart_comes_back_as_it_was_left(carts: Carts, mine: CartId, book: BookId) -> None:
    def everything(cart: Cart) -> None:
        cart.add(book, 60, PRICE, NOW, "key")
        cart.hand_over(uuid4(), UserId(uuid4()))
        cart.add(book, 60, PRICE, NOW, "other")
        assert cart.leaving is not None
        cart.receive(cart.leaving, NOW)
        cart.remove_ordered(OrderId(uuid4()), {book: 1}, NOW)

    left = await carts.change(mine, everything)
    assert left.capped
    assert await carts.get(mine) == left


async def test_books_come_back_in_the_order_they_were_put_in(carts: Carts, mine: CartId) -> None:
    books = [BookId(uuid4()) for _ in range(10)]
    for book in books:
        await carts.change(mine, add(book))
    assert list((await carts.get(mine)).lines) == books


async def test_a_verb_that_refuses_changes_nothing(carts: Carts, mine: CartId, book: BookId) -> None:
    def half_done(cart: Cart) -> None:
        cart.add(book, 1, PRICE, NOW, None)
        cart.change(BookId(uuid4()), 1)

    with pytest.raises(NotInCart):
        await carts.change(mine, half_done)
    assert (await carts.get(mine)).quantities() == {}


async def test_one_cart_does_not_touch_another(carts: Carts, mine: CartId, book: BookId) -> None:
    await carts.change(mine, add(book))
    assert (await carts.get(guest_cart(uuid4()))).quantities() == {}


async def test_parallel_additions_all_count(carts: Carts, mine: CartId, book: BookId) -> None:
    await asyncio.gather(*(carts.change(mine, add(book)) for _ in range(40)))
    assert (await carts.get(mine)).quantities() == {book: 40}


async def test_a_readers_cart_is_kept_for_a_season_and_a_guests_as_long_as_its_cookie(
    valkey: Redis, mine: CartId, book: BookId
) -> None:
    carts, theirs = ValkeyCarts(valkey), guest_cart(uuid4())
    await carts.change(mine, add(book))
    await carts.change(theirs, add(book))
    assert READER_KEEPS - 60 < await valkey.ttl(f"cart:{mine}") <= READER_KEEPS
    assert GUEST_KEEPS - 60 < await valkey.ttl(f"cart:{theirs}") <= GUEST_KEEPS


async def test_a_change_that_changes_nothing_writes_nothing(
    valkey: Redis, mine: CartId, book: BookId
) -> None:
    carts = ValkeyCarts(valkey)
    await carts.change(mine, add(book))
    before = await valkey.hget(f"cart:{mine}", "version")
    await carts.change(mine, lambda cart: cart.remove(BookId(uuid4())))
    assert await valkey.hget(f"cart:{mine}", "version") == before


async def test_a_rush_of_readers_takes_turns(valkey: Redis) -> None:
    carts = ValkeyCarts(valkey)
    found = await asyncio.gather(*(carts.get(reader_cart(UserId(uuid4()))) for _ in range(5 * CONNECTIONS)))
    assert len(found) == 5 * CONNECTIONS


async def test_a_lost_valkey_is_told_as_such(tmp_path: object, mine: CartId, book: BookId) -> None:
    carts = ValkeyCarts(connect(f"unix://{tmp_path}/nobody.sock"))
    with pytest.raises(CartUnavailable):
        await carts.get(mine)
    with pytest.raises(CartUnavailable):
        await carts.change(mine, add(book))
