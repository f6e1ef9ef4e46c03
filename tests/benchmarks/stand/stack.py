"""A stack of its own: the same programs with the same settings as `octavo up`, part by part, in a temporary
home and on free ports, so that a figure can be taken with only the parts it is about.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psutil

from adapters.telemetry.metrics import SHARED_FOLDER, clear_shared_folder
from entrypoints.settings import Settings
from entrypoints.stack.addresses import complete
from entrypoints.stack.part import Part
from entrypoints.stack.places import free_port
from entrypoints.stack.program import Process, Program, launch, wait_until
from entrypoints.stack.shop import parts_of_the_shop

PATIENCE: Final = 90.0  # seconds for a part to answer


class Stack:
    """The parts of the shop, each started when a figure needs it."""

    def __init__(self, home: Path, others: Mapping[str, str]) -> None:
        ports = {f"OCTAVO_{name}_PORT": str(free_port()) for name in ("HTTP", "TEMPORAL", "TEMPORAL_UI")}
        given = {
            **ports,
            "OCTAVO_HOME": str(home),
            "OCTAVO_RATE_LIMIT_PER_MINUTE": "0",  # all load comes from one address
            "OCTAVO_CARRIER_DISPATCH_SECONDS": "0",  # the carrier's way is not ours to measure
            "OCTAVO_CARRIER_DELIVERY_SECONDS": "0",
            **others,
        }
        counts = home / "run" / "metrics"
        self.values = {**complete(given), SHARED_FOLDER: str(counts)}
        self.settings = Settings.load(self.values)
        clear_shared_folder(counts)
        self._parts = parts_of_the_shop(self.settings, self.values, "benchmarks")
        self._running: dict[str, Process] = {}
        self.ports: dict[str, int] = {}  # of what stands beside the shop

    @property
    def environment(self) -> dict[str, str]:
        """For a command of the shop that we run ourselves."""
        return {**os.environ, **self.values}

    @property
    def port(self) -> int:
        """Of the API."""
        return self.settings.http.port

    def start(self, *names: str) -> None:
        """Start parts in this order, each when the one before answers."""
        for name in names:
            part = self._parts[name]
            process = launch(part.program(), self._log(name))
            self._running[name] = process
            wait_until(_ready(part, process), process, PATIENCE)
            if part.task:
                del self._running[name]

    def start_beside(self, program: Program, ready: Callable[[], bool]) -> None:
        """Start something that is no part of the shop."""
        process = launch(program, self._log(program.name))
        self._running[program.name] = process
        wait_until(ready, process, PATIENCE)

    def freeze(self, name: str) -> None:
        """It stays, uses no processor, and answers nobody."""
        os.kill(self._running[name].pid, signal.SIGSTOP)

    def thaw(self, name: str) -> None:
        """It goes on."""
        os.kill(self._running[name].pid, signal.SIGCONT)

    def kill(self, name: str) -> None:
        """At once, with everything it started."""
        self._running.pop(name).sweep_up()

    def stop(self, *names: str) -> None:
        """Stop these, or everything, last started first."""
        for name in reversed(names or tuple(self._running)):
            self.thaw(name)
            self._running.pop(name).stop()

    def kill_all_but(self, *names: str) -> None:
        """For what would take long to end in order, and whose work is not wanted."""
        for name in [name for name in self._running if name not in names]:
            self.kill(name)

    def running(self, name: str) -> Process:
        """A program that was started."""
        return self._running[name]

    def pids(self, name: str) -> list[int]:
        """A part's processes."""
        first = psutil.Process(self._running[name].pid)
        return [first.pid, *(child.pid for child in first.children(recursive=True))]

    def log(self, name: str) -> str:
        """The end of what a part wrote down."""
        return self._log(name).read_text(errors="replace")[-2000:]

    def _log(self, name: str) -> Path:
        return self.settings.home / "logs" / f"{name}.log"


def _ready(part: Part, process: Process) -> Callable[[], bool]:
    if part.task:
        return lambda: process.exit_code() == 0
    return lambda: part.answers(process)


@contextmanager
def temporary_stack(**others: str) -> Iterator[Stack]:
    """Gone afterwards, whatever happened; `others` are settings by their variables."""
    home = Path(tempfile.mkdtemp(prefix="octavo-bench-", dir="/tmp"))  # short enough for sockets
    home.chmod(0o755)  # PostgreSQL's own account passes here when we are root
    stack = Stack(home, others)
    try:
        yield stack
    finally:
        stack.stop()
        shutil.rmtree(home, ignore_errors=True)
