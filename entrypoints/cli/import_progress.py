"""What an import shows while it runs: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from adapters.files.source import Source
from application.books.catalogue_files import Tally

LINE_EVERY: Final = 5.0  # seconds; a log is read later, a bar now
Watcher = Callable[[Tally], None]


@contextmanager
def progress_of(source: Source) -> Iterator[Watcher]:
    """Gives what wants to be told of every tally."""
    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console, source) as watch:
            yield watch
    else:
        yield _lines(source)


@contextmanager
def _bar(console: Console, source: Source) -> Iterator[Watcher]:
    rows = TextColumn("{task.fields[rows]:,} rows, {task.fields[pace]:,}/s")
    columns = (TextColumn(source.path.name), BarColumn(), DownloadColumn(), rows, TimeRemainingColumn())
    pace = _pace()
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("import", total=source.size, rows=0, pace=0)

        def watch(tally: Tally) -> None:
            progress.update(task, completed=source.position, rows=tally.rows, pace=pace(tally.rows))

        yield watch


def _lines(source: Source) -> Watcher:
    pace, told = _pace(), time.monotonic()

    def watch(tally: Tally) -> None:
        nonlocal told
        now = pace(tally.rows)
        if time.monotonic() - told >= LINE_EVERY:
            told = time.monotonic()
            percent = 100 * source.position // max(source.size, 1)
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
