"""Starts parts in order, keeps them running, stops them in reverse."""

import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Final

from entrypoints.stack.leftovers import RunFile
from entrypoints.stack.part import Part, Report, State, Supervised

TICK: Final = 0.1  # seconds between two looks at every part
MOST_FALSE_STARTS: Final = 3  # a part that dies this often before the shop ever opened needs a person
_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE: Final = 15.0  # seconds for an orderly end, more than a worker gives its last steps; then it is killed


class CouldNotStart(Exception):
    """A part does not come up; `words` is the end of its log."""

    def __init__(self, part: str, log: Path, words: str) -> None:
        super().__init__(f"{part} does not start. The end of {log}:\n{words}")


class Supervisor:
    """Runs in the main thread, for children end with the thread that made them."""

    def __init__(self, parts: Sequence[Part], logs: Path, run_file: RunFile, report: Report) -> None:
        self._units = {part.name: Supervised(part, logs, report) for part in parts}
        self._run_file = run_file
        self._ending = False
        self._opened = False

    def run(self, opened: Callable[[], None], tick: Callable[[], None] = lambda: None) -> None:
        """Supervise until SIGINT, SIGTERM or SIGHUP; call `opened` once, when every part answers."""
        before = {signum: signal.signal(signum, self.end) for signum in _ENDING}
        try:
            while not self._ending:
                self._step()
                if not self._opened and all(unit.satisfied for unit in self._units.values()):
                    self._opened = True
                    opened()
                tick()
                time.sleep(TICK)
        finally:
            self._stop(tick)
            for signum, handler in before.items():
                signal.signal(signum, handler)

    def end(self, _signum: int = 0, _frame: FrameType | None = None) -> None:
        """Stop everything in order and return from `run` (also a signal handler)."""
        self._ending = True

    def _step(self) -> None:
        for unit in self._units.values():
            process = unit.process
            if unit.state is State.WAITING and all(self._units[name].satisfied for name in unit.part.after):
                unit.start(time.monotonic())
            else:
                unit.step(time.monotonic())
            if unit.process is not process and unit.process is not None:
                self._run_file.add(unit.process)
            if not self._opened and unit.deaths >= MOST_FALSE_STARTS and unit.process is not None:
                raise CouldNotStart(unit.part.name, unit.process.log, unit.process.last_words())

    def _stop(self, tick: Callable[[], None]) -> None:
        """Last started first; a part ends only when all that build on it have ended."""
        left = [unit for unit in self._units.values() if unit.running]
        while left:
            needed = {name for unit in left for name in unit.part.after}
            wave = [unit for unit in left if unit.part.name not in needed]
            _end_together(wave, tick)
            left = [unit for unit in left if unit not in wave]
        self._run_file.clear()


def _end_together(wave: Sequence[Supervised], tick: Callable[[], None]) -> None:
    processes = [unit.process for unit in wave if unit.process is not None]
    for process in processes:
        process.ask_to_stop()
    deadline = time.monotonic() + GRACE
    while any(p.exit_code() is None for p in processes) and time.monotonic() < deadline:
        tick()
        time.sleep(TICK / 2)
    for process in processes:
        process.sweep_up()
    for unit in wave:
        unit.stopped(time.monotonic())
