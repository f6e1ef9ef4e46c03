"""Prices over real servers that are killed, emptied, full of rubbish or slow: slower, and never wrong."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.postgres.database import Database
from adapters.postgres.queries.prices import PostgresPrices
from adapters.postgres.unit_of_work import PostgresUnitOfWork
from adapters.redis.client import connect
from adapters.redis.prices import ValkeyPrices
from adapters.security.vault import EnvelopeVault
from application.prices.ask_once import AskOnce
from application.prices.remember_prices import RememberPrices
from application.prices.tiers import TieredPriceMemory
from application.shared.breaker import BreakerTerms, CircuitBreaker
from application.shared.unavailable import CacheUnavailable
from domain.prices.answer import Outcome
from domain.prices.memory import Layer, Remembered, StoreMemory
from domain.shared.isbn import Isbn
from entrypoints.stack.program import Process, launch, wait_until
from entrypoints.stack.valkey import ValkeyServer
from tests.builders import NOON, usd
from tests.contract.prices.conftest import Seconds
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.time import StandingClock
from tests.price_builders import GALLEY, HARBOUR, an_isbn, failed, offer, told

BRIEF = BreakerTerms(failures=5, slow_after=1.0, open_for=0.05)
LATER = NOON + timedelta(minutes=10)
PATIENCE = timedelta(seconds=10)


class Unreliable:
    """A Valkey of these tests' own."""

    def __init__(self, home: Path) -> None:
        self._server, self._log = ValkeyServer(home), home / "valkey.log"
        self.url = self._server.url
        self.client: Redis = connect(self.url)
        self.start()

    def start(self) -> None:
        self.process: Process = launch(self._server.program(), self._log)
        wait_until(self._server.ready, self.process, limit=30)

    def kill(self) -> None:
        self.process.sweep_up()


class Shop:
    """One process of the shop, with one connection to the database."""

    def __init__(self, valkey: Unreliable, database: Database, seconds: Seconds) -> None:
        self.measurements = InMemoryMeasurements()
        breaker = CircuitBreaker(
            "prices", BRIEF, failures=(CacheUnavailable,), seconds=time.monotonic, watch=self.measurements
        )
        self.shared = ValkeyPrices(valkey.client, breaker)
        self.memory = TieredPriceMemory(
            self.shared, PostgresPrices(database), self.measurements, seconds, room=2**20
        )
        unit_of_work = PostgresUnitOfWork(database, EnvelopeVault([b"k" * 32], b"i" * 32))
        self.remember = RememberPrices(unit_of_work, self.memory, StandingClock(NOON), self.measurements)
        self.ask_once = AskOnce(self.memory, self.remember, self.measurements)
        self._seconds, self.database = seconds, database

    async def anew(self, isbn: Isbn) -> Remembered:
        """What is kept in process is over."""
        self._seconds.ahead += 20.0
        return await self.memory.recall(isbn)

    async def reaches_valkey(self) -> None:
        async with asyncio.timeout(20):
            while await self.shared.recall(an_isbn(), 1) is None:  # noqa: ASYNC110 - another process starts
                await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def server(stack_home: Path) -> Iterator[Unreliable]:
    home = stack_home / f"prices-{uuid4().hex[:8]}"
    home.mkdir()
    unreliable = Unreliable(home)
    yield unreliable
    unreliable.process.sweep_up()


@pytest.fixture(scope="module")
async def narrow(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    """A database with one connection for everybody."""
    database = Database(make_shop_database(), pool_size=1)
    await database.open()
    yield database
    await database.close()


@pytest.fixture
async def shops(server: Unreliable, narrow: Database) -> AsyncIterator[tuple[Shop, Shop]]:
    """Two processes that hear of each other."""
    seconds = Seconds()
    pair = Shop(server, narrow, seconds), Shop(server, narrow, seconds)
    for shop in pair:
        await shop.reaches_valkey()
    async with pair[0].memory.listening(), pair[1].memory.listening():
        yield pair


def price_of(found: Remembered) -> list[Any]:
    known = found.of(HARBOUR).known
    return [] if known is None else [offer.item for offer in known.told.offers]


async def test_what_nobody_near_remembers_comes_from_the_database_and_is_near_afterwards(
    shops: tuple[Shop, Shop], server: Unreliable
) -> None:
    isbn = an_isbn()
    await shops[0].remember([told(isbn, 1_200)])
    assert await server.client.keys(f"*{isbn}*told") == []  # nobody has asked for it: it takes up no memory
    layers = [(await shops[turn % 2].anew(isbn)).layer for turn in range(3)]
    assert layers == [Layer.LASTING, Layer.SHARED, Layer.SHARED]
    assert (await shops[0].memory.recall(isbn)).layer is Layer.PROCESS
    assert price_of(await shops[1].memory.recall(isbn)) == [usd(1_200)]
    await server.client.flushall()
    assert [(await shops[0].anew(isbn)).layer for _ in range(2)] == [Layer.LASTING, Layer.SHARED]
    await shops[0].remember([told(isbn, 1_100, at=LATER)])
    assert price_of(await shops[1].anew(isbn)) == [usd(1_100)]


async def test_while_valkey_is_gone_answers_are_right_and_afterwards_too(
    shops: tuple[Shop, Shop], server: Unreliable
) -> None:
    isbn = an_isbn()
    await shops[0].remember([told(isbn, 1_200)])
    await shops[1].anew(isbn)
    server.kill()
    try:
        assert price_of(await shops[0].anew(isbn)) == [usd(1_200)]
        await shops[0].remember([told(isbn, 1_100, at=LATER), failed(isbn, store=GALLEY, at=LATER)])
        found = await shops[0].memory.recall(isbn)
        assert (price_of(found), found.layer) == ([usd(1_100)], Layer.PROCESS)
        assert found.of(GALLEY).trouble is not None
        assert price_of(await shops[1].anew(isbn)) == [usd(1_100)]
        claim = await shops[0].memory.claim(isbn, HARBOUR, since=None, within=PATIENCE)
        assert claim.ticket is not None
        await shops[0].memory.leave(isbn, HARBOUR, claim.ticket)
    finally:
        server.start()
    for shop in shops:
        await shop.reaches_valkey()
    assert price_of(await shops[0].anew(isbn)) == [usd(1_100)]  # though what Valkey kept was older
    assert price_of(await shops[1].anew(isbn)) == [usd(1_100)]


async def test_scripts_that_were_forgotten_lose_no_news(shops: tuple[Shop, Shop], server: Unreliable) -> None:
    isbn = an_isbn()
    await shops[1].anew(isbn)
    await server.client.script_flush()
    await shops[0].remember([told(isbn, 1_200)])
    found = await shops[0].anew(isbn)
    assert (price_of(found), found.layer) == ([usd(1_200)], Layer.SHARED)


async def spoil_type(client: Redis, key: str) -> None:
    await client.delete(key)
    await client.set(key, "rubbish")


async def spoil_moment(client: Redis, key: str) -> None:
    await client.hset(key, HARBOUR, b"rubbish")


async def spoil_answer(client: Redis, key: str) -> None:
    await client.hset(key, HARBOUR, b"1000000000000000rubbish")


async def spoil_trouble(client: Redis, key: str) -> None:
    await client.hset(key, f"{HARBOUR}!", b"1000000000000000 many reasons")


async def spoil_name(client: Redis, key: str) -> None:
    await client.hset(key, b"\xff", b"1000000000000000rubbish")


async def spoil_interest(client: Redis, key: str) -> None:
    interest = key.removesuffix("told") + "asked"
    await client.delete(interest)
    await client.hset(interest, "rubbish", "1")


SPOILERS = [spoil_type, spoil_moment, spoil_answer, spoil_trouble, spoil_name, spoil_interest]


@pytest.mark.parametrize("spoil", SPOILERS)
async def test_rubbish_is_no_price(
    shops: tuple[Shop, Shop], server: Unreliable, spoil: Callable[[Redis, str], Any]
) -> None:
    isbn = an_isbn()
    await shops[0].remember([told(isbn, 1_200)])
    await shops[0].anew(isbn)
    (key,) = await server.client.keys(f"*{isbn}*told")
    await spoil(server.client, key.decode())
    assert price_of(await shops[1].anew(isbn)) in ([], [usd(1_200)])
    await shops[0].remember([told(isbn, 1_100, at=LATER)])
    assert (await shops[1].anew(isbn)).of(HARBOUR).known is not None
    assert price_of(await shops[1].anew(isbn)) == [usd(1_100)]


async def test_what_is_shared_goes_when_nobody_asks_for_it(
    shops: tuple[Shop, Shop], server: Unreliable
) -> None:
    isbn = an_isbn()
    await shops[0].anew(isbn)
    await shops[0].memory.claim(isbn, HARBOUR, since=None, within=timedelta(milliseconds=30))
    keys = await server.client.keys(f"*{isbn}*")
    lives = {key.decode().rpartition(":")[2]: await server.client.pttl(key) for key in keys}
    assert 0 < lives[HARBOUR] <= 30
    assert 7_100_000 < lives["told"] <= 7_200_000
    assert lives["told"] < lives["asked"] <= 3 * 86_400_000
    await asyncio.sleep(0.04)  # who asked has died: its claim lapses
    assert (await shops[1].memory.claim(isbn, HARBOUR, since=None, within=PATIENCE)).ticket is not None


async def test_a_full_valkey_is_passed_by(shops: tuple[Shop, Shop], server: Unreliable) -> None:
    isbn = an_isbn()
    await shops[0].remember([told(isbn, 1_200)])
    await server.client.config_set("maxmemory", "1mb")
    try:
        assert price_of(await shops[0].anew(isbn)) == [usd(1_200)]
        await shops[0].remember([told(isbn, 1_100, at=LATER)])
        assert price_of(await shops[0].anew(isbn)) == [usd(1_100)]
    finally:
        await server.client.config_set("maxmemory", "0")


@pytest.mark.parametrize("valkey", ["there", "gone"])
async def test_two_hundred_who_want_the_same_are_one_question_to_the_store(
    shops: tuple[Shop, Shop], server: Unreliable, valkey: str
) -> None:
    isbn, asked = an_isbn(), 0

    async def ask() -> Outcome:
        nonlocal asked
        asked += 1
        await shops[0].memory.recall(isbn)  # the only connection to the database is free meanwhile
        await asyncio.sleep(0.1)
        return told(isbn, 1_200)

    async def want(shop: Shop) -> Outcome | None:
        return await shop.ask_once(isbn, HARBOUR, ask, since=None, patience=PATIENCE)

    if valkey == "gone":
        server.kill()
    try:
        heard = await asyncio.gather(*(want(shops[turn % 2]) for turn in range(200)))
        late = await want(shops[1])
    finally:
        if valkey == "gone":
            server.start()
    assert set(heard) == {told(isbn, 1_200)}
    assert late is not None
    assert asked == (1 if valkey == "there" else 3)  # each process for itself, and who came later
    known = (await shops[0].anew(isbn)).of(HARBOUR)
    assert known == StoreMemory((await PostgresPrices(shops[0].database).recall(isbn))[0])


async def test_one_answer_that_cannot_be_written_does_not_take_others_with_it(
    shops: tuple[Shop, Shop],
) -> None:
    fine, wrong = an_isbn(), an_isbn()
    poison = told(wrong, offer(wrong, 1_000, offer_id="\0"))
    await shops[0].memory.recall(fine)
    first = asyncio.create_task(shops[0].remember([told(an_isbn(), 1_000)]))
    await asyncio.sleep(0)
    done = await asyncio.gather(
        *(shops[0].remember([one]) for one in (told(fine, 1_000), poison, told(fine, 900, store=GALLEY))),
        return_exceptions=True,
    )
    await first
    assert [isinstance(one, Exception) for one in done] == [False, True, False]
    assert set((await shops[0].anew(fine)).stores) == {HARBOUR, GALLEY}
