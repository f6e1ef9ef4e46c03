"""What every store of quotes must do, in memory and in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.repositories.quotes import PostgresQuotes
from domain.quotes.errors import QuoteAlreadyUsed, QuoteNotFound
from domain.quotes.offer import Offer
from domain.quotes.ports import Quotes
from domain.quotes.pricing import Carriage, Discount, Item, price_cart
from domain.quotes.quote import Quote
from domain.shared.ids import BookId, OrderId, QuoteId, UserId
from domain.shared.money import Money
from tests.fakes.quotes import InMemoryQuotes

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Opened = Callable[[], AbstractAsyncContextManager[Quotes]]


@pytest.fixture(params=["memory", "postgres"])
def quotes(request: pytest.FixtureRequest) -> Opened:
    if request.param == "memory":
        kept = InMemoryQuotes()

        @asynccontextmanager
        async def in_memory() -> AsyncIterator[Quotes]:
            yield kept

        return in_memory
    database: Database = request.getfixturevalue("database")

    @asynccontextmanager
    async def in_postgres() -> AsyncIterator[Quotes]:
        async with database.transaction() as connection:
            yield PostgresQuotes(connection)

    return in_postgres


def quote(reader: UserId | None = None, now: datetime = NOW) -> Quote:
    offers = [
        Offer(
            book_id=BookId(uuid4()),
            isbn="9780141439587",
            title="Emma — “a novel”",
            format=kind,
            price=Money(1299, "USD"),
            weight_grams=300,
            digital=kind == "ebook",
            available=3,
        )
        for kind in ("paperback", "ebook")
    ]
    return price_cart(
        [Item(offer, 3) for offer in offers],
        id=QuoteId(uuid4()),
        user_id=reader or UserId(uuid4()),
        country="DE",
        discount=Discount("WELCOME10", Money(101, "USD")),
        carriage=Carriage("standard", Money(499, "USD")),
        now=now,
    )


async def test_a_quote_comes_back_word_for_word(quotes: Opened) -> None:
    made = quote()
    async with quotes() as kept:
        await kept.add(made)
    async with quotes() as kept:
        assert await kept.get(made.id, made.user_id) == made


async def test_somebody_elses_quote_is_not_found(quotes: Opened) -> None:
    made = quote()
    async with quotes() as kept:
        await kept.add(made)
        for quote_id, reader in [(made.id, UserId(uuid4())), (QuoteId(uuid4()), made.user_id)]:
            with pytest.raises(QuoteNotFound):
                await kept.get(quote_id, reader)


async def test_a_quote_is_spent_on_one_order_which_may_repeat_it(quotes: Opened) -> None:
    made, order = quote(), OrderId(uuid4())
    async with quotes() as kept:
        await kept.add(made)
        for _ in range(2):
            await kept.use(made.id, order)
        with pytest.raises(QuoteAlreadyUsed):
            await kept.use(made.id, OrderId(uuid4()))
        assert (await kept.get(made.id, made.user_id)).used_by == order


async def test_a_readers_lapsed_quotes_make_room_and_used_ones_stay(quotes: Opened) -> None:
    reader = UserId(uuid4())
    lapsed, used, alive = quote(reader), quote(reader), quote(reader, NOW + timedelta(minutes=10))
    async with quotes() as kept:
        for each in (lapsed, used, alive):
            await kept.add(each)
        await kept.use(used.id, OrderId(uuid4()))
        await kept.add(quote(reader, NOW + timedelta(minutes=20)))
        for stays in (used, alive):
            await kept.get(stays.id, reader)
        with pytest.raises(QuoteNotFound):
            await kept.get(lapsed.id, reader)


async def test_of_ten_orders_with_one_quote_one_wins(database: Database) -> None:
    made = quote()
    async with database.transaction() as connection:
        await PostgresQuotes(connection).add(made)

    async def use() -> bool:
        try:
            async with database.transaction() as connection:
                await PostgresQuotes(connection).use(made.id, OrderId(uuid4()))
        except QuoteAlreadyUsed:
            return False
        return True

    assert sorted(await asyncio.gather(*(use() for _ in range(10)))) == [False] * 9 + [True]
