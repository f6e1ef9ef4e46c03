"""What an import shows while it runs: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from application.books.catalogue_files import Tally

LINE_EVERY: Final = 5.0  # seconds; a log is read later, a bar now
Watcher = Callable[[Tally], None]


@dataclass(frozen=True, slots=True)
class Length:
    """Of a catalogue, in whatever it is read by (bytes, rows), and how much of it was read at a tally."""

    name: str
    whole: int
    read: Callable[[Tally], int]


@contextmanager
def progress_of(length: Length) -> Iterator[Watcher]:
    """Gives what wants to be told of every tally."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console, length) as watch:
            yield watch
    else:
        yield _lines(length)


@contextmanager
def _bar(console: Console, length: Length) -> Iterator[Watcher]:
    rows = TextColumn("{task.fields[rows]:,} rows, {task.fields[pace]:,}/s")
    columns = (TextColumn(length.name), BarColumn(), TaskProgressColumn(), rows, TimeRemainingColumn())
    pace = _pace()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("import", total=length.whole, rows=0, pace=0)

        def watch(tally: Tally) -> None:
            progress.update(task, completed=length.read(tally), rows=tally.rows, pace=pace(tally.rows))

        yield watch


def _lines(length: Length) -> Watcher:
    pace, told = _pace(), time.monotonic()

    def watch(tally: Tally) -> None:
        nonlocal told
        now = pace(tally.rows)
        if time.monotonic() - told >= LINE_EVERY:
            told = time.monotonic()
            percent = 100 * length.read(tally) // max(length.whole, 1)
            click.echo(f"{tally.rows:,} rows ({percent} %), {now:,}/s", err=True)

    return watch


def _pace() -> Callable[[int], int]:
    """Rows a second since the first tally, which may be that of an import going on."""
    began: float | None = None
    before = 0

    def pace(rows: int) -> int:
        nonlocal began, before
        if began is None:
            began, before = time.monotonic(), rows
            return 0
        return round((rows - before) / max(time.monotonic() - began, 0.001))

    return pace
