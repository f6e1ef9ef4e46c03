"""The indexer process: brings what changed in the catalogue into the search. One leads, others stand by."""

import asyncio
import signal
from typing import Final

import structlog
import uvloop

from adapters.postgres.leadership import INDEXER, Leadership
from adapters.telemetry.logging import configure_logging
from application.search.index_works import IndexWorks
from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from entrypoints.worker.auditing import auditing_beside
from entrypoints.worker.embedding import embedding_beside
from entrypoints.worker.leading import IN_TROUBLE, LED_AT_MOST, rest, take_turns

IDLE: Final = 0.1  # seconds between looks: a change is found half of that after it was told
MEASURE_EVERY: Final = 5.0  # seconds

_log = structlog.get_logger("octavo.indexer")


class Indexer:
    """Works while it leads."""

    def __init__(self, *, index_works: IndexWorks, leadership: Leadership) -> None:
        self._index_works = index_works
        self._leadership = leadership
        self._caught_up = False
        self._measured = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        await take_turns("indexer", self._leadership, INDEXER, stop, self._lead)

    async def _lead(self, stop: asyncio.Event) -> float:
        """For a few seconds: the lock's connection is proven anew with each bid."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LED_AT_MOST
        if not self._caught_up:
            await self._index_works.catch_up()
            self._caught_up = True
        await self._index_works.notice_loss()
        while not stop.is_set() and loop.time() < until:
            done, trouble = await self._index_works()
            if loop.time() - self._measured > MEASURE_EVERY:
                await self._index_works.measure()
                self._measured = loop.time()
            if trouble is not None:
                _log.warning("index_waits", reason=trouble.code)
            await rest(stop, IN_TROUBLE if trouble else (0.0 if done else IDLE))
        return 0.0


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with (
        opened(Container(settings=settings)) as container,
        embedding_beside(container),
        auditing_beside(container),
    ):
        indexer = Indexer(
            index_works=container.use_cases.index_works(),
            leadership=Leadership(container.adapters.database()),
        )
        await indexer.run(stop)


def main(settings: Settings) -> None:
    """The process."""
    configure_logging()
    uvloop.run(serve(settings))
