"""Processes that call one store as often as they may, and what arrives there."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from adapters.redis.turns.policies import BEGINS_AFTER, LASTS
from adapters.redis.turns.seat import SEATS
from adapters.redis.turns.valkey_turns import ValkeyTurns
from domain.prices.pace import WAY_VARIES_BY, spacing
from domain.prices.store import Lane, StoreTerms
from tests.contract.turns.virtual import Line, Server, most_in_a_window, seconds

SETTLED_AFTER = (BEGINS_AFTER + LASTS).total_seconds() + 1  # no earlier life is feared any more
PATIENTLY = timedelta(seconds=3)


@dataclass(frozen=True)
class Turn:
    """When it was taken, by which process, in which lane."""

    at: float
    process: int
    lane: Lane


class Process:
    """One of the shop's."""

    def __init__(self, server: Server, seats: int) -> None:
        self.line = Line(server)
        self.turns = ValkeyTurns(self.line, seats, seconds)
        self._open = AsyncExitStack()

    async def start(self) -> "Process":
        await self._open.enter_async_context(self.turns.seated())
        return self

    async def stop(self) -> None:
        """In order, and telling so."""
        await self._open.aclose()

    async def die(self) -> None:
        """Without a word."""
        self.line.cut = True
        await self.stop()


@dataclass
class House:
    """All processes, and the ledger of the store."""

    server: Server
    terms: StoreTerms
    processes: list[Process] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    _asking: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self, processes: int = 3, *, settled: bool = True) -> "House":
        if settled:  # long ago: at first the worst is feared of what was before
            life = f"life {self.server.life}"
            self.server.client.hset(SEATS, mapping={"life": life, "born": 0, "count": processes})
            self.server.client.hset(f"turns:{self.terms.name}", mapping={"life": life, "due": 0})
        self.processes = [await Process(self.server, processes).start() for _ in range(processes)]
        await asyncio.sleep(1)
        return self

    async def close(self) -> None:
        await self.calm()
        for process in self.processes:
            await process.stop()

    async def take(
        self, process: int, lane: Lane = Lane.READER, within: timedelta = PATIENTLY, cost: int = 1
    ) -> bool:
        """One turn, and one call that arrives as early or late as the way allows."""
        got = await self.processes[process].turns.take(self.terms, lane, within=within, cost=cost)
        if got:
            self.turns.append(Turn(seconds(), process, lane))
            way = self.server.chance.choice([0.0, 0.5, 1.0]) * WAY_VARIES_BY.total_seconds()
            self.arrivals += [seconds() + way] * cost
        return got

    def crowd(self, lanes: Sequence[Lane], among: Sequence[int] | None = None) -> None:
        """In each process somebody for each of these, who asks again and again."""
        places = range(len(self.processes)) if among is None else among
        self._asking += [asyncio.create_task(self._insist(place, lane)) for place in places for lane in lanes]

    async def calm(self) -> None:
        """Nobody asks any more."""
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        self._asking.clear()

    def remember(self, **facts: float) -> None:
        """As if Valkey had known that of the store."""
        self.server.client.hset(f"turns:{self.terms.name}", mapping=dict(facts))

    def forget(self) -> None:
        self.turns.clear()
        self.arrivals.clear()

    @property
    def most(self) -> int:
        """In any window of the store's rule."""
        return most_in_a_window(self.arrivals, self.terms.limits[0].seconds)

    def use(self, begin: float, end: float) -> float:
        """How much of the safe rate was used in that time."""
        count = sum(begin <= turn.at < end for turn in self.turns)
        return count * spacing(self.terms).total_seconds() / (end - begin)

    def shares(self) -> dict[Lane, float]:
        counts = Counter(turn.lane for turn in self.turns)
        return {lane: counts[lane] / len(self.turns) for lane in Lane}

    async def _insist(self, process: int, lane: Lane) -> None:
        while True:
            if not await self.take(process, lane):
                await asyncio.sleep(0.1)
