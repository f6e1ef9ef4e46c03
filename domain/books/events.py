"""What happens to books and works."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import BookId, WorkId
from domain.shared.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class BookAdded(DomainEvent):
    """A new edition can be sold."""

    name: ClassVar[str] = "book_added"
    work_id: WorkId
    isbn: str
    price: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class BookRevised(DomainEvent):
    """Facts about an edition were corrected; `changed` names them."""

    name: ClassVar[str] = "book_revised"
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BookRepriced(DomainEvent):
    """The list price changed. Orders and quotes keep the price they were made with."""

    name: ClassVar[str] = "book_repriced"
    before: Money
    after: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class BookWithdrawn(DomainEvent):
    """The edition left the catalogue. Orders that hold it are still honoured."""

    name: ClassVar[str] = "book_withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkRevised(DomainEvent):
    """Facts about a work were corrected, so all its editions read differently."""

    name: ClassVar[str] = "work_revised"
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BooksImported(DomainEvent):
    """One batch of an import was committed: these books are new or read differently."""

    name: ClassVar[str] = "books_imported"
    book_ids: tuple[BookId, ...]
