"""What an import needs: a file of books, a place for bad rows, a database that takes them in batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.books.category import Category, CategoryTree
from domain.books.entry import CatalogueEntry
from domain.shared.isbn import Isbn


@dataclass(frozen=True, slots=True)
class FileRow:
    """One row of a file: the entry it holds, or the problem with it. `line` is where it begins, from 1;
    `cells` are its columns as written.
    """

    line: int
    cells: Sequence[str]
    entry: CatalogueEntry | None
    problem: str = ""


class CatalogueFile(Protocol):
    """A file of books, read once from front to back."""

    @property
    def fingerprint(self) -> str:
        """Equal contents have equal fingerprints (hexadecimal, at least 32 digits)."""
        ...

    @property
    def columns(self) -> Sequence[str]:
        """What the cells of its rows are called."""
        ...

    def rows(self) -> Iterator[FileRow]:
        """Every row in order, good and bad."""
        ...


class Rejects(Protocol):
    """Where bad rows go, for somebody to mend."""

    def forget_after(self, line: int) -> None:
        """Drop what an interrupted import wrote beyond its last commit."""
        ...

    def add(self, row: FileRow, reason: str) -> None:
        """Set a row aside."""
        ...

    def flush(self) -> None:
        """Let nothing that was added be lost with the process."""
        ...


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an import of a file came, and what became of its rows."""

    line: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def rows(self) -> int:
        """All rows that were dealt with."""
        return self.added + self.changed + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class Staged:
    """An entry on its way in. The first of a work in its file `leads`: the work takes its facts."""

    entry: CatalogueEntry
    leads: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that go in together, up to and including `line`; no ISBN is in it twice."""

    line: int
    staged: Sequence[Staged]
    rejected: int


class CatalogueLoader(Protocol):
    """Takes whole batches. Only the newest of two imports of one file goes on."""

    async def shelve(self, shelves: Sequence[Category], *, rehearsal: bool) -> CategoryTree:
        """Put up the shelves that are missing, given parents first; returns all there are then. A
        rehearsal takes them down again.
        """
        ...

    async def begin(self, fingerprint: str) -> Tally:
        """Where an interrupted import of this file stands; a fresh tally if there is none."""
        ...

    async def conflicts(self, entries: Sequence[CatalogueEntry]) -> Mapping[Isbn, str]:
        """The entries that the catalogue cannot take, and why."""
        ...

    async def load(self, fingerprint: str, batch: Batch, tally: Tally, at: datetime) -> Tally:
        """Add what is new (with its copies), change what differs, leave the rest, and note how far it
        came, all in one transaction. Raises StaleVersion when somebody else went on from this tally.
        """
        ...

    async def rehearse(self, shelves: Sequence[Category], batch: Batch, tally: Tally, at: datetime) -> Tally:
        """The same with those shelves up, undone at the end: what would become of these rows."""
        ...

    async def finish(self, fingerprint: str, at: datetime) -> None:
        """The file is through: the next import of it begins at its first line."""
        ...
