"""Valkey killed, frozen, emptied or full of rubbish: answers are asked for instead, and come back with it."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from redis.asyncio import Redis

from adapters.redis import line, news
from adapters.redis.answers import TERMS, ValkeyAnswers
from adapters.redis.client import connect
from adapters.redis.news import hearing
from application.shared.answers import NO_STORE, Answer, Spot
from application.shared.breaker import BreakerState, BreakerTerms, CircuitBreaker
from application.shared.unavailable import CacheUnavailable
from entrypoints.stack.places import free_port
from entrypoints.stack.program import Process, launch, wait_until
from entrypoints.stack.valkey import ValkeyServer
from tests.fakes.measurements import InMemoryMeasurements

A_MINUTE = 60.0
EMMA = Answer(b"Emma" * 1_000, '"e"', frozenset({"book:emma"}))
BRIEF = BreakerTerms(failures=TERMS.failures, slow_after=TERMS.slow_after, open_for=0.1)


class Unreliable:
    """A Valkey of these tests' own, and a process that shares its answers through it."""

    def __init__(self, home: Path) -> None:
        self._server, self._log = ValkeyServer(home), home / "valkey.log"
        self.url = self._server.url
        self.client = connect(self.url)
        self.breaker = CircuitBreaker(
            "answers",
            BRIEF,
            failures=(CacheUnavailable,),
            seconds=time.monotonic,
            watch=InMemoryMeasurements(),
        )
        self.answers = ValkeyAnswers(self.client, "test", self.breaker)
        self.start()

    def start(self) -> None:
        self.process: Process = launch(self._server.program(), self._log)
        wait_until(self._server.ready, self.process, limit=30)

    def send(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    async def find(self, question: bytes = b"emma") -> Spot:
        return await self.answers.find(question, oldest=A_MINUTE, early=A_MINUTE)

    async def keep(self) -> None:
        spot = await self.find()
        await self.answers.keep(b"emma", EMMA, spot.ticket, A_MINUTE)
        assert (await self.find()).answer == EMMA

    async def well_again(self) -> None:
        await eventually(self._is_well)

    async def _is_well(self) -> bool:
        return (await self.find(uuid4().bytes)).ticket != "" and self.breaker.state is BreakerState.CLOSED


async def eventually(so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while True:
            seen = so()
            if await seen if asyncio.iscoroutine(seen) else seen:
                return
            await asyncio.sleep(0.02)


@pytest.fixture(scope="module")
def server(stack_home: Path) -> Iterator[Unreliable]:
    home = stack_home / f"answers-{uuid4().hex[:8]}"
    home.mkdir()
    unreliable = Unreliable(home)
    yield unreliable
    unreliable.process.sweep_up()


@pytest.fixture
async def valkey(server: Unreliable) -> Unreliable:
    """As it should be, at first."""
    await server.well_again()
    await server.client.flushall()
    return server


async def test_a_frozen_valkey_is_waited_for_briefly_then_not_at_all(valkey: Unreliable) -> None:
    await valkey.keep()
    valkey.send(signal.SIGSTOP)
    try:
        assert await asyncio.gather(*(valkey.find() for _ in range(20))) == [NO_STORE] * 20
        assert valkey.breaker.state is BreakerState.OPEN
        await valkey.answers.keep(b"emma", EMMA, "1 nobody", A_MINUTE)  # nor is anybody made to wait here
        with pytest.raises(CacheUnavailable):
            await valkey.answers.forget(["book:emma"])
    finally:
        valkey.send(signal.SIGCONT)
    await valkey.well_again()


async def test_a_line_that_stays_silent_is_given_up(
    valkey: Unreliable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SILENT_FOR", 0.0)
    await valkey.keep()
    valkey.send(signal.SIGSTOP)
    try:
        assert [await valkey.find() for _ in range(2)] == [NO_STORE] * 2
    finally:
        valkey.send(signal.SIGCONT)
    await valkey.well_again()
    assert (await valkey.find()).answer == EMMA


async def test_a_killed_valkey_is_done_without_and_used_again(
    valkey: Unreliable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "AGAIN_AFTER", 0.05)
    heard: list[frozenset[str]] = []
    async with valkey.answers.listening(heard.append):
        await eventually(lambda: len(heard) == 1)
        await valkey.keep()
        valkey.process.sweep_up()  # SIGKILL
        assert await valkey.find() == NO_STORE
        with pytest.raises(CacheUnavailable):
            await valkey.answers.forget(["book:emma"])
        valkey.start()
        await valkey.well_again()
        await eventually(lambda: len(heard) == 2)
        assert heard == [
            frozenset(),
            frozenset(),
        ]  # whatever was forgotten meanwhile: all of it may have been
        await valkey.keep()


async def test_nobody_at_the_other_end_is_noticed(
    valkey: Unreliable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "SILENCE", 0.2)
    monkeypatch.setattr(news, "AGAIN_AFTER", 0.05)
    heard: list[frozenset[str]] = []
    async with valkey.answers.listening(heard.append):
        await eventually(lambda: len(heard) == 1)
        await asyncio.sleep(0.5)
        assert len(heard) == 1  # silence alone is no loss
        valkey.send(signal.SIGSTOP)
        await asyncio.sleep(0.5)
        valkey.send(signal.SIGCONT)
        await eventually(lambda: len(heard) == 2)


@pytest.mark.parametrize("turns", range(0, 40, 3))
async def test_listening_ends_whenever_it_is_ended(valkey: Unreliable, turns: int) -> None:
    client = connect(valkey.url)  # it connects anew, and ends somewhere on its way
    async with asyncio.timeout(10), hearing(client, "octavo:test", lambda _: None):
        for _ in range(turns):
            await asyncio.sleep(0)
    await client.aclose()


async def test_an_emptied_valkey_has_nothing_and_takes_all(valkey: Unreliable) -> None:
    await valkey.keep()
    spot = await valkey.find(b"sense")
    await valkey.client.flushall()
    assert (await valkey.find()).answer is None
    await valkey.answers.keep(b"sense", EMMA, spot.ticket, A_MINUTE)
    assert (await valkey.find(b"sense")).answer == EMMA
    await valkey.keep()


async def spoil_types(client: Redis, key: str) -> None:
    await client.delete(key)
    await client.set(key, "rubbish")


async def spoil_body(client: Redis, key: str) -> None:
    await client.hset(key, "body", b"rubbish")


async def spoil_packing(client: Redis, key: str) -> None:
    await client.hset(key, "packing", b"plain 0")


async def spoil_moment(client: Redis, key: str) -> None:
    await client.hset(key, "asked", b"rubbish")


async def spoil_future(client: Redis, key: str) -> None:
    await client.hset(key, "asked", b"9000000000000000")


async def spoil_tag(client: Redis, key: str) -> None:
    await client.set("answers:changed:book:emma", "rubbish")


async def lose_fields(client: Redis, key: str) -> None:
    await client.hdel(key, "etag", "tags")


SPOILERS = [spoil_types, spoil_body, spoil_packing, spoil_moment, spoil_future, spoil_tag, lose_fields]


@pytest.mark.parametrize("spoil", SPOILERS)
async def test_rubbish_is_no_answer(valkey: Unreliable, spoil: Callable[[Redis, str], object]) -> None:
    await valkey.keep()
    (key,) = await valkey.client.keys("answers:test:*")
    await valkey.client.set(f"{key.decode()}:asking", "nobody, for ever")
    await spoil(valkey.client, key.decode())  # type: ignore[misc] # each of them is awaited
    spot = await valkey.find()
    assert (spot.answer, spot.ours) == (None, True)
    if spoil is spoil_future:  # a clock was set back: what it left goes with its time
        return
    await valkey.client.delete("answers:changed:book:emma")
    await valkey.answers.keep(b"emma", EMMA, spot.ticket, A_MINUTE)
    assert (await valkey.find()).answer == EMMA


async def test_scripts_that_were_forgotten_are_told_again(valkey: Unreliable) -> None:
    await valkey.keep()
    await valkey.client.script_flush()
    assert await valkey.find() == NO_STORE
    assert (await valkey.find()).answer == EMMA


async def test_the_way_there_may_ask_for_a_password_and_lead_to_a_shelf_of_its_own(
    valkey: Unreliable,
) -> None:
    port = free_port()
    await valkey.client.config_set("port", port)
    await valkey.client.config_set("requirepass", "only readers")
    client = connect(f"redis://:only%20readers@127.0.0.1:{port}/3")
    try:
        there = ValkeyAnswers(client, "test", valkey.breaker)
        spot = await there.find(b"emma", oldest=A_MINUTE, early=A_MINUTE)
        await there.keep(b"emma", EMMA, spot.ticket, A_MINUTE)
        assert (await there.find(b"emma", oldest=A_MINUTE, early=A_MINUTE)).answer == EMMA
        assert len(await client.keys("answers:test:*")) == 1
        assert (await valkey.find()).answer is None
        locked_out = ValkeyAnswers(connect(f"redis://:wrong@127.0.0.1:{port}/3"), "test", valkey.breaker)
        assert await locked_out.find(b"emma", oldest=A_MINUTE, early=A_MINUTE) == NO_STORE
    finally:
        await client.config_set("requirepass", "")
        await client.config_set("port", 0)
        await client.aclose()


async def test_a_full_valkey_is_passed_by(valkey: Unreliable) -> None:
    await valkey.keep()
    await valkey.client.config_set("maxmemory", "1mb")
    try:
        assert (await valkey.find(b"sense")) == NO_STORE
    finally:
        await valkey.client.config_set("maxmemory", "0")
    await valkey.well_again()


async def test_however_often_many_ask_on_a_line_that_leads_nowhere_each_is_told_so() -> None:
    client = connect("redis://127.0.0.1:1/0")
    nowhere = line.Line(client, 0.5, ())

    async def ask_on() -> None:
        for _ in range(20):
            with pytest.raises(CacheUnavailable):
                await nowhere.ask("PING")

    await asyncio.gather(*(ask_on() for _ in range(10)))
    await client.aclose()
