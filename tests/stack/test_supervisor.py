"""The supervisor's manners, shown with little programs."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from entrypoints.stack.leftovers import MARK, AlreadyRunning, RunFile
from entrypoints.stack.part import Part, State
from entrypoints.stack.program import Process, Program, launch
from entrypoints.stack.supervisor import CouldNotStart, Supervisor

PATIENCE = 20.0  # seconds until a test gives up on a busy machine


def shell(name: str, script: str, *, after: tuple[str, ...] = (), task: bool = False) -> Part:
    program = Program(name=name, argv=("/bin/sh", "-c", script))
    return Part(name=name, program=lambda: program, answers=lambda _: True, after=after, task=task)


def works(pid: int) -> bool:
    """Whether it does anything any more: a killed process may wait for its parent's last look."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


class Story:
    """What a supervisor reported, and a way to end it when the story has come to a point."""

    def __init__(self, folder: Path, *parts: Part) -> None:
        self.told: list[tuple[str, State]] = []
        self.supervisor = Supervisor(parts, folder / "logs", RunFile(folder / "run"), self._report)
        self._deadline = time.monotonic() + PATIENCE

    def until(self, point: Callable[[], bool]) -> list[tuple[str, State]]:
        def tick() -> None:
            if point() or time.monotonic() > self._deadline:
                self.supervisor.end()

        self.supervisor.run(lambda: None, tick)
        return self.told

    def _report(self, part: Part, state: State, _detail: str) -> None:
        self.told.append((part.name, state))


def test_a_part_starts_after_what_it_needs_and_stops_before_it(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        shell("api", "sleep 60", after=("schema",)),
        shell("schema", "true", after=("database",), task=True),
        shell("database", "sleep 60"),
    )
    assert story.until(lambda: ("api", State.UP) in story.told) == [
        ("database", State.STARTING),
        ("database", State.UP),
        ("schema", State.STARTING),
        ("schema", State.DONE),
        ("api", State.STARTING),
        ("api", State.UP),
        ("api", State.STOPPED),
        ("database", State.STOPPED),
    ]


def test_a_dead_part_is_started_again_and_reported(tmp_path: Path) -> None:
    story = Story(
        tmp_path,
        shell("mortal", f"test -e {tmp_path}/again || {{ touch {tmp_path}/again; exit 7; }}; sleep 60"),
    )
    told = story.until(lambda: (tmp_path / "again").exists() and story.told[-1] == ("mortal", State.UP))
    assert ("mortal", State.RESTARTING) in told


def test_what_a_dead_part_started_dies_with_it(tmp_path: Path) -> None:
    story = Story(tmp_path, shell("parent", f"sleep 61 & echo $! >> {tmp_path}/children; sleep 0.3; exit 1"))
    file = tmp_path / "children"
    story.until(lambda: file.exists() and len(file.read_text().split()) > 2)
    children = [int(pid) for pid in file.read_text().split()]
    assert not [pid for pid in children if works(pid)]


def test_a_part_that_never_starts_is_told_with_the_end_of_its_log(tmp_path: Path) -> None:
    story = Story(tmp_path, shell("broken", "echo the disk is full; exit 3"))
    with pytest.raises(CouldNotStart, match="the disk is full"):
        story.until(lambda: False)


def test_a_part_deaf_to_its_signal_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entrypoints.stack.supervisor.GRACE", 0.3)
    story = Story(
        tmp_path, shell("deaf", f"trap '' TERM; echo $$ > {tmp_path}/pid; while true; do sleep 0.1; done")
    )
    story.until((tmp_path / "pid").exists)
    assert not works(int((tmp_path / "pid").read_text()))


def test_only_one_supervisor_works_in_a_home(tmp_path: Path) -> None:
    first = RunFile(tmp_path)
    with pytest.raises(AlreadyRunning, match=str(os.getpid())):
        RunFile(tmp_path)
    assert first.stop_leftovers() == 0


@pytest.fixture
def orphan(tmp_path: Path) -> Iterator[Process]:
    """A child with a child of its own, as a killed supervisor leaves them."""
    script = "sleep 62 & wait"
    run_file = RunFile(tmp_path)
    program = Program(name="orphan", argv=("/bin/sh", "-c", script), environment={MARK: run_file.run_id})
    process = launch(program, tmp_path / "orphan.log")
    run_file.add(process)
    del run_file  # gives the lock back without a farewell, as SIGKILL does
    yield process
    process.stop()


def test_leftovers_of_a_killed_supervisor_are_stopped(tmp_path: Path, orphan: Process) -> None:
    assert RunFile(tmp_path).stop_leftovers() == 2
    assert orphan.exit_code() is not None


def test_a_stranger_with_a_leftovers_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(["/bin/sleep", "63"]) as stranger:
        record = {"run": "x", "children": {str(stranger.pid): {"began": time.time() - 1000, "signal": 9}}}
        (tmp_path / "processes.json").write_text(json.dumps(record))
        assert RunFile(tmp_path).stop_leftovers() == 0
        assert stranger.poll() is None
        stranger.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's own")
def test_children_end_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    script = (
        "import pathlib, sys, time; from entrypoints.stack.program import Program, launch;"
        "p = launch(Program(name='child', argv=('/bin/sleep', '64')), pathlib.Path(sys.argv[1]) / 'log');"
        "print(p.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    child.wait(PATIENCE)
    assert not child.is_running()
