"""An open loop: requests arrive on schedule, as readers do, whether or not the shop keeps up."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Collection
from typing import Final

from tests.benchmarks.load.closed import WrongAnswer, told
from tests.benchmarks.load.statistics import Run, arrivals
from tests.benchmarks.load.wire import Wire, connect

PATIENCE: Final = 30.0  # seconds after the last arrival; a shop that is further behind has failed
TICK: Final = 0.001  # seconds: the shortest time that the event loop can wait for


class OpenLoop:
    """One repetition. A request that finds every connection taken waits, and its waiting counts."""

    def __init__(self, ask: Callable[[], bytes], allowed: Collection[int] = (201,)) -> None:
        self._ask = ask
        self._allowed = allowed
        self._free: list[Wire] = []
        self._waiting: deque[float] = deque()
        self._times: list[float] = []
        self.counts: Counter[int] = Counter()
        self._left = 0
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self, port: int, *, connections: int, rate: float, seconds: float) -> Run:
        """`rate` arrivals a second for `seconds`."""
        loop = asyncio.get_running_loop()
        self._free = await connect(port, connections)
        wires = list(self._free)
        due = deque(arrivals(rate, seconds))
        self._left = len(due)
        began, busy_before = time.perf_counter(), time.process_time()
        loop.call_soon(self._arrive, began, due)
        try:
            await asyncio.wait_for(self._ended, seconds + PATIENCE)
        except TimeoutError as behind:
            raise WrongAnswer(
                f"{self._left:,} of {round(rate * seconds):,} had no answer {PATIENCE:.0f} s after the last."
            ) from behind
        finally:
            for wire in wires:
                wire.close()
        spent = time.perf_counter() - began
        return Run.of(self._times, spent, (time.process_time() - busy_before) / spent)

    def _arrive(self, began: float, due: deque[float]) -> None:
        """All who are due by now. Only then the next timer is set: setting all of them beforehand takes a
        while, by which they would be late.
        """
        passed = time.perf_counter() - began
        while due and due[0] <= passed and not self._ended.done():
            self._waiting.append(began + due.popleft())
            if self._free:
                self._send(self._free.pop())
        if due and not self._ended.done():
            wait = max(began + due[0] - time.perf_counter(), TICK)
            asyncio.get_running_loop().call_later(wait, self._arrive, began, due)

    def _send(self, wire: Wire) -> None:
        due = self._waiting.popleft()

        def answered(status: int, answer: bytes) -> None:
            if status not in self._allowed:
                self._fail(WrongAnswer(told(answer)))
                return
            self._times.append(time.perf_counter() - due)
            self.counts[status] += 1
            self._left -= 1
            if not self._left and not self._ended.done():
                self._ended.set_result(None)
            elif self._waiting:
                self._send(wire)
            else:
                self._free.append(wire)

        wire.ask(self._ask(), answered)

    def _fail(self, why: BaseException) -> None:
        if not self._ended.done():
            self._ended.set_exception(why)
