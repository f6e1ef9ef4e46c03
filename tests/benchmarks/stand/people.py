"""Readers who are signed in already: registering them over HTTP would measure the password hash."""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import UUID, uuid4

from domain.carts.cart import Cart
from domain.carts.identity import reader_cart
from domain.shared.ids import BookId, SessionId, UserId
from domain.shared.money import Money
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container
from tests.benchmarks.stand.books import PRICE

T = TypeVar("T")
FIRST: Final = 10_000_000  # beyond the numbers of books
AT_ONCE: Final = 8  # below the connections of the pool
ADDRESS: Final = {
    "name": "Jane Fairfax",
    "line1": "1 Highbury Street",
    "city": "Highbury",
    "postal_code": "12345",
    "country": "US",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """An account with an open session."""

    user_id: UserId
    session_id: SessionId


async def sign_up(container: Container, count: int) -> list[Reader]:
    """So many accounts, whose ids are their numbers, so that pgbench can name them too, and sessions,
    through the shop's own unit of work.
    """
    box = container.adapters
    unit_of_work, now = box.unit_of_work(), box.clock().now()

    async def one(number: int) -> Reader:
        reader = Reader(UserId(UUID(int=number)), SessionId(uuid4()))
        email = EmailAddress.parse(f"{reader.user_id.hex}@example.org")
        unused = PasswordHash("nobody signs in with it")
        user = User.register(reader.user_id, email, "Jane Fairfax", unused, now)
        first = fingerprint(reader.session_id.hex)
        async with unit_of_work() as work:
            await work.users.add(user)
            await work.sessions.add(Session.start(reader.session_id, reader.user_id, "benchmark", first, now))
        return reader

    return await _some_at_once(one(number) for number in range(FIRST, FIRST + count))


def credentials(container: Container, readers: Sequence[Reader]) -> list[str]:
    """A fresh `Authorization` header for each: they last ten minutes."""
    tokens, now = container.adapters.access_tokens(), container.adapters.clock().now()
    return [f"Bearer {tokens.issue(AccessClaims(r.user_id, r.session_id), now)}" for r in readers]


async def fill_carts(container: Container, readers: Sequence[Reader], books: Iterable[UUID]) -> None:
    """One copy of one book in each cart, whatever was in it."""
    carts, now = container.adapters.carts(), container.adapters.clock().now()
    price = Money(PRICE, "USD")

    async def one(reader: Reader, book: UUID) -> None:
        def put(cart: Cart) -> None:
            cart.clear()
            cart.add(BookId(book), 1, price, now, None)

        await carts.change(reader_cart(reader.user_id), put)

    await _some_at_once(one(reader, book) for reader, book in zip(readers, books, strict=False))


async def empty_carts(container: Container, readers: Sequence[Reader]) -> None:
    """Nothing in them."""
    carts = container.adapters.carts()
    await _some_at_once(carts.change(reader_cart(reader.user_id), Cart.clear) for reader in readers)


async def _some_at_once(each: Iterable[Awaitable[T]]) -> list[T]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def in_turn(one: Awaitable[T]) -> T:
        async with turns:
            return await one

    return await asyncio.gather(*(in_turn(one) for one in each))
