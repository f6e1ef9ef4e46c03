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
Counter = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Length:
    """Of a catalogue, in whatever it is read by (bytes, rows), and how much of it was read at a tally."""

    name: str
    whole: int
    read: Callable[[Tally], int]


@contextmanager
def progress_of(length: Length) -> Iterator[Watcher]:
    """Gives what wants to be told of every tally."""
    with counting(length.name, length.whole) as count:
        yield lambda tally: count(length.read(tally), tally.rows)


@contextmanager
def counting(name: str, whole: int) -> Iterator[Counter]:
    """Gives what wants to be told how much of the whole was read, and how many rows that were."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console, name, whole) as count:
            yield count
    else:
        yield _lines(whole)


@contextmanager
def _bar(console: Console, name: str, whole: int) -> Iterator[Counter]:
    rows = TextColumn("{task.fields[rows]:,} rows, {task.fields[pace]:,}/s")
    columns = (TextColumn(name), BarColumn(), TaskProgressColumn(), rows, TimeRemainingColumn())
    pace = _pace()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("import", total=whole, rows=0, pace=0)

        yield lambda read, rows: progress.update(task, completed=read, rows=rows, pace=pace(rows))


def _lines(whole: int) -> Counter:
    pace, told = _pace(), time.monotonic()

    def count(read: int, rows: int) -> None:
        nonlocal told
        now = pace(rows)
        if time.monotonic() - told >= LINE_EVERY:
            told = time.monotonic()
            click.echo(f"{rows:,} rows ({100 * read // max(whole, 1)} %), {now:,}/s", err=True)

    return count


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
