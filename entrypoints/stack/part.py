"""One supervised part: starts when what it needs is up, is restarted when it dies."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from entrypoints.stack.program import Process, Program, launch

FIRST_PAUSE: Final = 0.2  # seconds before the first restart; doubles with every further death
LONGEST_PAUSE: Final = 30.0
STEADY: Final = 10.0  # seconds up after which earlier deaths are forgotten: it did not die of its start


class State(StrEnum):
    """Where a part stands."""

    WAITING = "waiting"
    STARTING = "starting"
    UP = "up"
    DONE = "done"
    RESTARTING = "restarting"
    STOPPED = "stopped"


Answers = Callable[[Process], bool]


@dataclass(frozen=True, kw_only=True)
class Part:
    """What to supervise. A `task` ends by itself and is done when its exit code is 0."""

    name: str
    program: Callable[[], Program]  # may make folders and files first
    answers: Answers  # asked again and again while it starts
    after: tuple[str, ...] = ()
    task: bool = False
    patience: float = 60.0  # seconds it may take to answer


Report = Callable[[Part, State, str], None]


class Supervised:
    """The life of one part."""

    def __init__(self, part: Part, logs: Path, report: Report) -> None:
        self.part = part
        self.state = State.WAITING
        self.process: Process | None = None
        self.deaths = 0
        self._log = logs / f"{part.name}.log"
        self._report = report
        self._since = 0.0  # when this state began
        self._pause = 0.0

    @property
    def satisfied(self) -> bool:
        """Whether those that come after it may start."""
        return self.state in {State.UP, State.DONE}

    @property
    def running(self) -> bool:
        """Whether there is a process to stop."""
        return self.process is not None and self.process.exit_code() is None

    def start(self, now: float) -> None:
        """Launch it."""
        self.process = launch(self.part.program(), self._log)
        self._move(State.STARTING, now)

    def step(self, now: float) -> None:
        """Look at it once and do what its state asks for."""
        if self.state is State.RESTARTING:
            if now - self._since >= self._pause:
                self.start(now)
        elif self.process is not None and self.state in {State.STARTING, State.UP}:
            self._look(self.process, now)

    def stopped(self, now: float) -> None:
        """It has been stopped on purpose."""
        self._move(State.STOPPED, now)

    def _look(self, process: Process, now: float) -> None:
        code = process.exit_code()
        if code == 0 and self.part.task:
            process.sweep_up()
            self._move(State.DONE, now, f"in {now - self._since:.1f} s")
        elif code is not None:
            self._died(process, now, _how_it_ended(code))
        elif self.state is State.UP:
            self.deaths = self.deaths if now - self._since < STEADY else 0
        elif not self.part.task and self.part.answers(process):
            self._move(State.UP, now, f"in {now - self._since:.1f} s")
        elif now - self._since > self.part.patience:
            self._died(process, now, f"did not answer in {self.part.patience:g} s")

    def _died(self, process: Process, now: float, how: str) -> None:
        process.sweep_up()
        self._pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.deaths)
        self.deaths += 1
        self._move(State.RESTARTING, now, f"{how}; starting it again in {self._pause:g} s")

    def _move(self, state: State, now: float, detail: str = "") -> None:
        self.state, self._since = state, now
        self._report(self.part, state, detail)


def _how_it_ended(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
