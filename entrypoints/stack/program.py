"""A program the stack runs, and the process it becomes."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # prctl(2)
# Loaded before any fork: a child between fork and exec must not import or open anything.
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_DYING: Final = 2.0  # seconds a killed process may take to go; one that nobody buries stays for longer
_LOG_LIMIT: Final = 10 * 1024 * 1024  # bytes; a larger log is set aside once at the next start


@dataclass(frozen=True, kw_only=True)
class Program:
    """What to run. `account` names the unprivileged system account it runs as when we are root."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: str | None = None
    directory: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM


class Process:
    """A running program, leader of its own session so that nothing it starts can outlive it unseen."""

    def __init__(self, program: Program, popen: subprocess.Popen[bytes], log: Path) -> None:
        self.program = program
        self.log = log
        self.pid = popen.pid
        self.began = time.monotonic()
        self._popen = popen

    def exit_code(self) -> int | None:
        """None while it runs; negative: the number of the signal that ended it."""
        return self._popen.poll()

    def ask_to_stop(self) -> None:
        """Send the signal on which this program ends in order."""
        if self.exit_code() is None:
            self._popen.send_signal(self.program.stop_signal)

    def stop(self, patience: float = 20.0) -> None:
        """Ask, wait up to `patience` seconds, then kill the program and all it started."""
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self._popen.wait(patience)
        self.sweep_up()

    def sweep_up(self) -> None:
        """Kill whatever is left of the process group, so that a port or a file is free again."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
            self._popen.wait()
            deadline = time.monotonic() + _DYING
            while time.monotonic() < deadline:
                os.killpg(self.pid, 0)  # raises when nobody is left
                time.sleep(0.01)
        self._popen.wait()

    def last_words(self, lines: int = 8) -> str:
        """The end of its log, for a report on why it died."""
        return "\n".join(line[:300] for line in self.log.read_text(errors="replace").splitlines()[-lines:])


def launch(program: Program, log: Path) -> Process:
    """Start `program` with its output appended to `log`.

    Call it from the main thread: the kernel ends the child when the *thread* that started it ends.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    with log.open("ab") as output:
        popen = subprocess.Popen(  # noqa: S603 - programs are named in this package
            program.argv,
            env={**_environment(), **program.environment},
            cwd=program.directory,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=program.account,
            group=program.account,
            extra_groups=None if program.account is None else [],
            preexec_fn=_die_with_parent(program.stop_signal),  # noqa: PLW1509 - one thread starts children
        )
    return Process(program, popen, log)


def _environment() -> dict[str, str]:
    """Ours without the shop's settings: a part is told those it needs, and no database learns a secret."""
    return {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}


def wait_until(ready: Callable[[], bool], process: Process, limit: float) -> None:
    """Block until `ready` says so; a dead program or `limit` seconds without an answer is an error."""
    deadline = time.monotonic() + limit
    while not ready():
        if process.exit_code() is not None or time.monotonic() > deadline:
            why = "ended at once" if process.exit_code() is not None else f"did not answer in {limit:g} s"
            raise RuntimeError(f"{process.program.name} {why}:\n{process.last_words()}")
        time.sleep(0.05)


def _die_with_parent(signum: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def in_the_child() -> None:
        # A shell that runs us in the background ignores SIGINT, and children would inherit that.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(signum), 0, 0, 0)
            if os.getppid() != parent:
                os.kill(os.getpid(), signum)

    return in_the_child
