"""A closed loop: each connection asks again as soon as it is answered. It finds the most a server can do."""

import asyncio
import time
from array import array
from collections import Counter
from collections.abc import Callable, Collection
from typing import Final

from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.wire import END_OF_LINE, Wire, body_of, connect

WARM_UP: Final = 0.5  # seconds: connections open, statements prepared, caches filled, interpreters warm


class WrongAnswer(Exception):
    """A benchmark with errors measures nothing, so the first one ends it."""


def told(answer: bytes) -> str:
    """Its first line and its body, for people."""
    return f"{answer.partition(END_OF_LINE)[0].decode()}: {body_of(answer)[:500].decode(errors='replace')}"


class ClosedLoop:
    """One repetition. `ask` makes the next request, None when there are no more; `allowed` are the statuses
    that count; `counts` how many of each were counted.
    """

    def __init__(
        self,
        ask: Callable[[], bytes | None],
        allowed: Collection[int] = (200,),
        *,
        warm_up: float = WARM_UP,
    ) -> None:
        self._ask = ask
        self._warm_up = warm_up
        self._allowed = allowed
        self._times = array("d")
        self.counts: Counter[int] = Counter()
        self._last = self._counted_from = self._until = 0.0
        self._asking = 0
        self._busy_before = time.process_time()
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self, port: int, *, connections: int, seconds: float) -> Run:
        """Ask for `seconds` (or until there is nothing left to ask) after the warm-up."""
        wires = await connect(port, connections)
        self._last = self._counted_from = time.perf_counter() + self._warm_up
        self._until = self._counted_from + seconds
        self._asking = connections
        asyncio.get_running_loop().call_later(self._warm_up, self._counting_begins)
        for wire in wires:
            wire.lost.add_done_callback(self._hung_up)
            self._next(wire)
        try:
            await self._ended
        finally:
            for wire in wires:
                wire.close()
        spent = self._last - self._counted_from
        return Run.of(self._times, spent, (time.process_time() - self._busy_before) / spent)

    def _counting_begins(self) -> None:
        self._busy_before = time.process_time()

    def _next(self, wire: Wire) -> None:
        began = time.perf_counter()
        request = self._ask() if began < self._until else None
        if request is None:
            self._asking -= 1
            if not self._asking and not self._ended.done():
                self._ended.set_result(None)
            return

        def answered(status: int, answer: bytes) -> None:
            if status not in self._allowed:
                self._fail(WrongAnswer(told(answer)))
                return
            now = time.perf_counter()
            if self._counted_from <= now <= self._until:
                self._times.append(now - began)
                self.counts[status] += 1
                self._last = now
            self._next(wire)

        wire.ask(request, answered)

    def _hung_up(self, lost: "asyncio.Future[None]") -> None:
        if (why := lost.exception()) is not None:
            self._fail(why)

    def _fail(self, why: BaseException) -> None:
        if not self._ended.done():
            self._ended.set_exception(why)
