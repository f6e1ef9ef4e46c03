"""Minutes in a moment: processes that take turns on a clock of their own, at a Valkey that can be made to
fail. The scripts are the shop's and run in a real Valkey; what they take for its clock and its life is ours.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field

import redis

from adapters.redis.line import Word
from adapters.redis.turns.common import MOMENT
from adapters.redis.turns.valkey_turns import ANSWERS_WITHIN
from application.shared.unavailable import CacheUnavailable

OURS = """
local life, now = table.remove(ARGV), tonumber(table.remove(ARGV))
"""
EPOCH = 1_795_000_000.123456  # seconds; Valkey's clock is not ours


class VirtualLoop(asyncio.SelectorEventLoop):
    """Nobody waits: when nothing else is to be done, the clock goes on to the next timer."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000.0
        look = self._selector.select

        def select(timeout: float | None = None) -> list[object]:
            found = look(0)
            if not found and timeout:
                self.now += timeout
            return found

        self._selector.select = select

    def time(self) -> float:
        return self.now


def virtually(story: Coroutine[object, object, None]) -> None:
    """Play it."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(story)


def seconds() -> float:
    """The clock that all processes see."""
    return asyncio.get_running_loop().time()


@dataclass
class Server:
    """Valkey as the processes see it. `spoil` changes its scripts, to see whether that is noticed."""

    url: str
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    clock: Callable[[], float] = seconds
    spoil: tuple[str, str] = ("", "")
    delay: tuple[float, float] = (0.0002, 0.004)  # seconds, each way
    life: int = 0
    up: bool = True
    well: asyncio.Event = field(default_factory=asyncio.Event)  # unset: it stands still, and goes on later

    def __post_init__(self) -> None:
        self.client = redis.Redis.from_url(self.url, db=9)
        self.client.flushdb()
        self.well.set()
        self._digests: dict[str, str] = {}

    def kill(self) -> None:
        """Whatever is on its way is lost."""
        self.up = False

    def rise(self, *, empty: bool = False) -> None:
        """A new life, with or without what was known."""
        if empty:
            self.client.flushdb()
        self.life += 1
        self.up = True

    def execute(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> list[bytes]:
        now = round((EPOCH + self.clock()) * 1e6)
        if script not in self._digests:
            ours = script.replace(MOMENT, OURS).replace(*self.spoil)
            self._digests[script] = self.client.script_load(ours)
        return self.client.evalsha(self._digests[script], len(keys), *keys, *args, now, f"life {self.life}")

    def pause(self) -> float:
        return self.chance.uniform(*self.delay)


@dataclass
class Line:
    """One process's way there; `cut`: nothing comes through."""

    server: Server
    cut: bool = False
    _going: set[asyncio.Task[list[bytes] | None]] = field(default_factory=set)

    async def run(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> list[bytes]:
        if self.cut or not self.server.up:
            raise CacheUnavailable("gone")
        asked = asyncio.create_task(self._ask(script, keys, args, self.server.life))
        self._going.add(asked)
        asked.add_done_callback(self._going.discard)
        done, _ = await asyncio.wait([asked], timeout=ANSWERS_WITHIN)
        if not done or (said := asked.result()) is None:
            raise CacheUnavailable("not in time")
        return said

    async def _ask(
        self, script: str, keys: Sequence[Word], args: Sequence[Word], life: int
    ) -> list[bytes] | None:
        await asyncio.sleep(self.server.pause())
        await self.server.well.wait()
        if not self.server.up or self.server.life != life:
            return None  # the connection did not outlive it
        said = self.server.execute(script, keys, args)
        await asyncio.sleep(self.server.pause())
        return None if self.cut or self.server.life != life else said


def most_in_a_window(arrivals: Sequence[float], width: float = 1.0) -> int:
    """The largest number of arrivals in any window, open at one end."""
    ordered, first, most = sorted(arrivals), 0, 0
    for last, at in enumerate(ordered):
        while ordered[first] <= at - width:
            first += 1
        most = max(most, last - first + 1)
    return most
