"""What an earlier supervisor left running when it was killed, and proof that there is only one now."""

import fcntl
import json
import os
import signal
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

import psutil

from entrypoints.stack.secrets import write_private

MARK: Final = "OCTAVO_STACK"  # in the environment of every child: which supervisor started it
SAME_MOMENT: Final = 2.0  # seconds; how far two readings of one process's start may lie apart
GRACE: Final = 10.0  # seconds for a leftover to end in order (a database closes its files)


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
        self._pids: dict[int, float] = {}
        self._lock = _only_one(folder / "lock")

    def add(self, pid: int) -> None:
        """Write down a child, at once."""
        try:
            self._pids[pid] = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            return  # died already, and leaves nothing to find
        record = {"run": self.run_id, "pids": self._pids}
        write_private(self._file, json.dumps(record))

    def clear(self) -> None:
        """All have ended."""
        self._file.unlink(missing_ok=True)
        self._pids.clear()

    def stop_leftovers(self) -> int:
        """End what an earlier run left; return how many processes that were."""
        try:
            record = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return 0
        found = list(_still_running(record))
        for process in found:
            # PostgreSQL understands SIGINT as "shut down now, in order"; so do all others.
            _signal(process, signal.SIGINT)
        _, stubborn = psutil.wait_procs(found, timeout=GRACE)
        for process in stubborn:
            _signal(process, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=GRACE)
        return len(found)


def _still_running(record: dict[str, object]) -> Iterator[psutil.Process]:
    pids = record["pids"]
    known = {int(pid): float(at) for pid, at in pids.items()} if isinstance(pids, dict) else {}
    for process in psutil.process_iter():
        if _is_the_same(process, known) or _is_marked(process, str(record["run"])):
            yield process


def _is_the_same(process: psutil.Process, known: dict[int, float]) -> bool:
    try:
        started = known.get(process.pid)
        return started is not None and abs(process.create_time() - started) < SAME_MOMENT
    except psutil.NoSuchProcess:
        return False


def _is_marked(process: psutil.Process, run: str) -> bool:
    try:
        return bool(process.environ().get(MARK) == run)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False  # gone, or not ours to look at


def _signal(process: psutil.Process, signum: signal.Signals) -> None:
    try:
        process.send_signal(signum)
    except psutil.NoSuchProcess:
        return  # it ended by itself


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
