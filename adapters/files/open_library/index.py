"""Works and authors on the disk, found by number: the whole dump holds more of them than memory does.

The file lies beside the dump and may become nearly as large as the unpacked works. What is in memory is
SQLite's cache, 64 MB whatever the size of the dump.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from adapters.files.open_library.lines import DumpFile, DumpLine
from adapters.files.source import UnusableFile
from application.external_books import cleaning
from domain.books.work import LONGEST_NAME

CACHE_KIB: Final = 64 * 1024
BATCH: Final = 10_000  # records a transaction
_NUMBER: Final = re.compile(r"/(?:authors|a|works)/OL([0-9]{1,12})[AW]")
_SCHEMA: Final = """
CREATE TABLE made_of (fingerprint TEXT NOT NULL);
CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE works (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
"""


class IndexedWork(msgspec.Struct, array_like=True, frozen=True):
    """What editions need of their work."""

    title: str | None
    authors: tuple[str, ...]
    description: str | None
    published: str | None
    subjects: tuple[str, ...]


_read: Final = msgspec.json.Decoder(IndexedWork).decode
_write: Final = msgspec.json.Encoder().encode


class WorkIndex:
    """Finds works and authors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # Rows are read ahead in whichever thread is free, one at a time.
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    def work(self, key: object) -> IndexedWork | None:
        """The work with that key."""
        row = self._row("SELECT record FROM works WHERE id = ?", key)
        return _read(row[0]) if row else None

    def author(self, key: object) -> str | None:
        """The name of the author with that key."""
        row = self._row("SELECT name FROM authors WHERE id = ?", key)
        return str(row[0]) if row else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _row(self, statement: str, key: object) -> tuple[Any, ...] | None:
        number = number_of(key)
        if number is None:
            return None
        row: tuple[Any, ...] | None = self._connection.execute(statement, (number,)).fetchone()
        return row


def made_of(path: Path) -> str:
    """The fingerprint of the files that an index was made of; empty where there is no finished index."""
    if not path.exists():
        return ""
    with closing(sqlite3.connect(path)) as connection:
        try:
            row = connection.execute("SELECT fingerprint FROM made_of").fetchone()
        except sqlite3.DatabaseError:
            return ""
    return str(row[0]) if row else ""


def number_of(key: object) -> int | None:
    """The number in `/works/OL45804W` or `/authors/OL34184A`."""
    found = _NUMBER.fullmatch(key) if isinstance(key, str) else None
    return int(found[1]) if found else None


def build(path: Path, authors: DumpFile, works: DumpFile, watch: Callable[[int], None]) -> None:
    """Make the index; it appears at `path` when it is complete. `watch` is told how many records are in."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    index = WorkIndex(beside)
    try:
        _fill(index, authors, works, watch)
    except sqlite3.Error as problem:
        raise UnusableFile(f"{beside} cannot be written: {problem}.") from problem
    finally:
        index.close()
    beside.replace(path)


def _fill(index: WorkIndex, authors: DumpFile, works: DumpFile, watch: Callable[[int], None]) -> None:
    connection = index._connection  # noqa: SLF001 - the same room
    # It is built anew after a crash, so nothing has to reach the disk in order.
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_SCHEMA)
    done = 0
    named = ((number_of(line.key), _name(line)) for line in authors.lines())
    kept = ((number_of(line.key), _work(line, index)) for line in works.lines())
    for table, rows in (("authors", named), ("works", kept)):
        for batch in _batches(rows):
            connection.execute("BEGIN")
            connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", batch)  # noqa: S608 - one of two words
            connection.execute("COMMIT")
            done += len(batch)
            watch(done)
    both = f"{authors.fingerprint}{works.fingerprint}"
    connection.execute("INSERT INTO made_of VALUES (?)", (both,))


def _batches(rows: Iterator[tuple[int | None, Any]]) -> Iterator[Sequence[tuple[int, Any]]]:
    good = ((number, value) for number, value in rows if number is not None and value is not None)
    while batch := list(islice(good, BATCH)):
        yield batch


def _name(line: DumpLine) -> str | None:
    return cleaning.line(line.record.get("name"), LONGEST_NAME)


def _work(line: DumpLine, index: WorkIndex) -> bytes | None:
    record = line.record
    if not record or line.kind != "/type/work":
        return None
    names = (index.author(key) for key in author_keys(record.get("authors")))
    return _write(
        IndexedWork(
            title=cleaning.title(record.get("title")),
            authors=cleaning.names([name for name in names if name]),
            description=cleaning.prose(text_of(record.get("description"))),
            published=cleaning.published(record.get("first_publish_date")),
            subjects=cleaning.subjects(record.get("subjects")),
        )
    )


def author_keys(authors: object) -> Iterator[str]:
    """Keys in order, in any of the forms that a dump has: some entries have lost theirs."""
    for entry in authors if isinstance(authors, list) else []:
        inner = entry.get("author", entry) if isinstance(entry, dict) else entry
        key = inner.get("key") if isinstance(inner, dict) else inner
        if isinstance(key, str):
            yield key


def text_of(value: object) -> object:
    """Texts are plain in some records, and wrapped with their type in others."""
    return value.get("value") if isinstance(value, dict) else value
