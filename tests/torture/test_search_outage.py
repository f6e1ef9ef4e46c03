"""Searches while their engine is frozen, killed, emptied and brought back: all of them are answered, and the
index equals the catalogue in the end.
"""

import asyncio
import os
import shutil
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from entrypoints.container import Container
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from entrypoints.stack.places import free_port
from entrypoints.stack.program import Process, launch, wait_until
from entrypoints.stack.typesense import TypesenseServer
from tests.http.conftest import asking, running
from tests.http.shelf import Shelf
from tests.shop import environment_of, eventually, indexing

WORKS = 40
READERS = 3
PATIENCE = 60.0  # seconds for a server that takes one


class Engine:
    """A Typesense of this test alone."""

    def __init__(self, home: Path) -> None:
        self.server = TypesenseServer(home, free_port(), free_port(), "a key of this test")
        self._log = home / "typesense.log"
        self._process = self._launched()

    def freeze(self) -> None:
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)

    def kill(self, *, emptied: bool = False) -> None:
        self._process.sweep_up()
        if emptied:
            shutil.rmtree(self.server.data)

    def start(self) -> None:
        self._process = self._launched()

    def _launched(self) -> Process:
        process = launch(self.server.program(), self._log)
        wait_until(self.server.ready, process, PATIENCE)
        return process


class Searching:
    """Readers who search without a pause, each answer a fresh one."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.statuses: Counter[int] = Counter()
        self.engines: Counter[str] = Counter()
        self.found: Counter[int] = Counter()

    async def go_on(self) -> None:
        while True:
            answer = await self._client.get(
                "/v1/search", params={"q": "volume"}, headers={"Cache-Control": "no-cache"}
            )
            await asyncio.sleep(0.01)  # somebody else has work to do on these processors
            self.statuses[answer.status_code] += 1
            if answer.is_success:
                told = answer.json()
                self.engines[told["engine"]] += 1
                self.found[told["total"]] += 1

    async def until(self, engine: str) -> None:
        """Somebody was answered by that engine from now on."""
        self.engines.clear()
        await eventually(lambda: _as_soon_as(lambda: self.engines[engine] > READERS))


async def _as_soon_as(so: Callable[[], bool]) -> bool:
    return so()


@pytest.fixture
async def shop(
    make_shop_database: Callable[[], str], redis_url: str, tmp_path: Path
) -> AsyncIterator[tuple[Engine, Container, Searching]]:
    """One API process, one indexer, both engines."""
    engine = Engine(tmp_path)
    database = make_shop_database()
    for number in range(WORKS):
        Shelf(database).put(f"Volume {number} of the Chronicle")
    environment = environment_of(
        tmp_path,
        database_url=database,
        redis_url=redis_url.replace("db=0", "db=2"),
        temporal_address="127.0.0.1:1",
        typesense=engine.server,
    )
    container = Container(settings=Settings.load(environment))
    app = create_app(container=container)
    async with running(app), asking(app) as client, indexing(container):
        readers = Searching(client)
        tasks = [asyncio.create_task(readers.go_on()) for _ in range(READERS)]
        await readers.until("typesense")
        readers.found.clear()  # until there was an index, nothing was found
        yield engine, container, readers
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    engine.kill()


async def test_whatever_happens_to_the_engine_every_search_is_answered(
    shop: tuple[Engine, Container, Searching],
) -> None:
    engine, container, readers = shop

    engine.freeze()
    await readers.until("postgres")
    engine.thaw()
    await readers.until("typesense")
    engine.kill()
    await readers.until("postgres")
    engine.start()
    await readers.until("typesense")
    engine.kill(emptied=True)
    await readers.until("postgres")
    engine.start()
    await readers.until("typesense")

    assert set(readers.statuses) == {200}
    assert set(readers.found) == {WORKS}, "an answer was not of the whole catalogue"
    report = await container.use_cases.audit_index()()
    assert (report.works, report.drifted) == (WORKS, 0)
