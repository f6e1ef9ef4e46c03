"""What an earlier supervisor left running when it was killed, and proof that there is only one now."""

import fcntl
import json
import os
import signal
import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO, TypedDict

import psutil

from entrypoints.stack.program import Process
from entrypoints.stack.secrets import write_private

MARK: Final = "OCTAVO_STACK"  # in the environment of every child: which supervisor started it
SAME_MOMENT: Final = 2.0  # seconds; how far two readings of one process's start may lie apart
GRACE: Final = 10.0  # seconds for a leftover to end in order (a database closes its files)


class _Child(TypedDict):
    began: float  # Unix seconds
    signal: int  # on which it ends in order


class AlreadyRunning(Exception):
    """Another supervisor works in this home folder."""


class RunFile:
    """The processes of this run, each with the moment it started, so that a later run can tell them
    from strangers who got their numbers.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.run_id = uuid.uuid4().hex
        self._file = folder / "processes.json"
        self._children: dict[str, _Child] = {}
        self._lock = _only_one(folder / "lock")

    def add(self, process: Process) -> None:
        """Write down a child, at once."""
        try:
            began = psutil.Process(process.pid).create_time()
        except psutil.NoSuchProcess:
            return  # died already, and leaves nothing to find
        self._children = {pid: child for pid, child in self._children.items() if psutil.pid_exists(int(pid))}
        self._children[str(process.pid)] = {"began": began, "signal": int(process.program.stop_signal)}
        write_private(self._file, json.dumps({"run": self.run_id, "children": self._children}))

    def clear(self) -> None:
        """All have ended."""
        self._file.unlink(missing_ok=True)
        self._children.clear()

    def stop_leftovers(self) -> int:
        """End what an earlier run left, each by its own signal; return how many processes that were."""
        try:
            record = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return 0
        found = dict(_still_running(record["run"], record["children"]))
        for process, signum in found.items():
            _send(process, signum)
        _, stubborn = psutil.wait_procs(found, timeout=GRACE)
        for process in stubborn:
            _send(process, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=GRACE)
        return len(found)


def _still_running(run: str, children: Mapping[str, _Child]) -> Iterator[tuple[psutil.Process, int]]:
    """Our children by number and birth; theirs by the mark they inherited."""
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):  # gone, or not ours to look at
            child = children.get(str(process.pid))
            if child and abs(process.create_time() - child["began"]) < SAME_MOMENT:
                yield process, child["signal"]
            elif process.environ().get(MARK) == run:
                yield process, signal.SIGTERM


def _send(process: psutil.Process, signum: int) -> None:
    with suppress(psutil.NoSuchProcess):  # it ended by itself
        process.send_signal(signum)


def _only_one(path: Path) -> TextIO:
    lock = path.open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise AlreadyRunning(f"Octavo is already running here (process {lock.read().strip()}).") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock
