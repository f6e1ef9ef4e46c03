"""Where the suites run: an engine, or an index with one, and how works get there."""

from collections.abc import Sequence
from typing import Protocol

from application.search.document import Versioned
from application.search.ports import SearchEngine, SearchIndex
from tests.fakes.search import InMemoryEngine, InMemoryIndex


class World(Protocol):
    """An engine and the shop it searches."""

    engine: SearchEngine

    async def holds(self, documents: Sequence[Versioned]) -> None:
        """From now on the shop has these as well, in exactly these versions with these ordinals."""
        ...


class IndexWorld(Protocol):
    """A new server with an index to write and the engine that reads it."""

    index: SearchIndex
    engine: SearchEngine

    async def lose_everything(self) -> None:
        """The server comes back without its data."""
        ...

    def silent(self) -> SearchIndex:
        """An index of a server that does not answer."""
        ...


class IndexedWorld:
    """Works get to an engine through its index."""

    def __init__(self, index: SearchIndex, engine: SearchEngine) -> None:
        self.index, self.engine = index, engine

    async def holds(self, documents: Sequence[Versioned]) -> None:
        if (there := await self.index.standing()) is None:
            there = await self.index.prepare()
            await self.index.switch(there)
        await self.index.put(there, documents)


class PlainWorld(IndexedWorld):
    """Everything in memory."""

    def __init__(self) -> None:
        self._memory = InMemoryIndex()
        super().__init__(self._memory, InMemoryEngine(self._memory))

    async def lose_everything(self) -> None:
        self._memory.lose_everything()

    def silent(self) -> SearchIndex:
        self._memory.down = True
        return self._memory
