"""Learns what works are about, beside the indexer. One process does, others stand by."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog

from adapters.postgres.leadership import EMBEDDER, Leadership
from application.search.embed_works import EmbedWorks
from domain.shared.errors import DomainError
from entrypoints.container import Container

# A new book is found by its words at once; until it is found by its meaning, half of this goes by. A look
# costs some seconds of reading at a million works.
EVERY: Final = 30.0

_log = structlog.get_logger("octavo.embedding")


class Embedding:
    """Goes through the works, rests, and goes through them again."""

    def __init__(self, *, embed_works: EmbedWorks, leadership: Leadership) -> None:
        self._embed_works = embed_works
        self._leadership = leadership

    async def run(self) -> None:
        """Until it is cancelled, in the middle of a pass if need be: what is done is kept."""
        while True:
            await self._pass()
            await asyncio.sleep(EVERY)

    async def _pass(self) -> None:
        try:
            async with self._leadership.bid(EMBEDDER) as leading:
                tally = await self._embed_works() if leading else None
        except DomainError as trouble:
            _log.warning("embedding_waits", reason=trouble.code)
            return
        if tally and tally.embedded:
            _log.info("works_embedded", works=tally.embedded)


@asynccontextmanager
async def embedding_beside(container: Container) -> AsyncIterator[None]:
    """While the block runs, works are embedded, where this shop can."""
    if container.adapters.embedder() is None:
        yield
        return
    embedding = Embedding(
        embed_works=container.use_cases.embed_works(),
        leadership=Leadership(container.adapters.database()),
    )
    async with asyncio.TaskGroup() as together:
        learning = together.create_task(embedding.run())
        yield
        learning.cancel()
