"""A catalogue taken in."""

import csv
import sys
import time
from pathlib import Path
from typing import Final

import psycopg

from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.commands import said_by
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.stand.bench import Bench

COLUMNS: Final = (
    "title", "authors", "isbn", "format", "price", "currency", "publisher", "published_date", "language",
    "pages", "description", "stock",
)  # fmt: skip
_ISBN_WEIGHTS: Final = (1, 3)


async def import_books(bench: Bench) -> list[Figure]:
    """Each repetition takes in a file of other books."""
    files = [_file(bench, number) for number in range(bench.plan.repetitions)]
    left = iter(files)
    ours = await bench.repeated(lambda: _ours(bench, next(left)))
    ceiling = _theirs(bench, files[0])
    return [
        Figure(
            name="Import",
            unit="books/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name="COPY into a bare table",
            how=f"`octavo import` of a CSV file of {bench.plan.rows:,} new books of as many works, from"
            " the start of the command to its end; its duration stands for p50 to p99. Ceiling: COPY of"
            " the same file into a table of text columns without any index.",
            targets=(Target(Measure.RATE, 5_000),),
        )
    ]


async def _ours(bench: Bench, file: Path) -> Run:
    began = time.perf_counter()
    command = (sys.executable, "-m", "entrypoints.cli", "import", str(file))
    await said_by(*command, environment=bench.stack.environment)
    return _one(bench, time.perf_counter() - began)


def _theirs(bench: Bench, file: Path) -> Run:
    columns = ", ".join(f"{name} text" for name in COLUMNS)
    with psycopg.connect(bench.stack.settings.database.url) as connection, connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})".encode())
        began = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(file.read_bytes())
        spent = time.perf_counter() - began
        connection.rollback()
    return _one(bench, spent)


def _one(bench: Bench, seconds: float) -> Run:
    return Run(per_second=bench.plan.rows / seconds, p50=seconds, p95=seconds, p99=seconds)


def _file(bench: Bench, number: int) -> Path:
    file = bench.stack.settings.home / f"books-{number}.csv"
    with file.open("w", newline="") as output:
        rows = csv.writer(output)
        rows.writerow(COLUMNS)
        first = 10_000_000 * (number + 1)
        rows.writerows(_row(book) for book in range(first, first + bench.plan.rows))
    return file


def _row(book: int) -> tuple[object, ...]:
    description = "A book that exists to be taken in. " * 8
    return (
        f"The Import, Volume {book}", f"Author {book % 5_000}", isbn(book), "paperback", "12.99", "USD",
        f"Publisher {book % 200}", "2001-05-17", "en", 100 + book % 700, description, 10,
    )  # fmt: skip


def isbn(number: int) -> str:
    """The ISBN-13 with that number after 978."""
    digits = f"978{number:09d}"
    total = sum(int(digit) * _ISBN_WEIGHTS[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
