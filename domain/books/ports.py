"""What use cases need to load and save books."""

from typing import Protocol

from domain.books.book import Book
from domain.books.category import CategoryTree
from domain.books.work import Work
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn


class Books(Protocol):
    """The editions, withdrawn ones included: orders still speak of them."""

    async def get(self, book_id: BookId) -> Book:
        """Load it; raises BookNotFound."""
        ...

    async def by_isbn(self, isbn: Isbn) -> Book | None:
        """The edition with this ISBN, if there is one."""
        ...

    async def add(self, book: Book) -> None:
        """Store a new edition and its events; raises DuplicateIsbn."""
        ...

    async def save(self, book: Book) -> None:
        """Store what its verbs changed, with the events, and advance its version. Raises StaleVersion
        when somebody saved in between; writes nothing when nothing happened.
        """
        ...


class Works(Protocol):
    """The works."""

    async def get(self, work_id: WorkId) -> Work:
        """Load it; raises WorkNotFound."""
        ...

    async def by_key(self, key: str) -> Work | None:
        """The work with these title and authors (`WorkFacts.key`)."""
        ...

    async def add(self, work: Work) -> None:
        """Store a new work; raises DuplicateWork."""
        ...

    async def save(self, work: Work) -> None:
        """Store what was revised, with the events, and advance the version of every edition, whose pages
        now read differently. Raises DuplicateWork when it would become a work that exists.
        """
        ...


class Categories(Protocol):
    """The shop's shelves."""

    async def tree(self) -> CategoryTree:
        """All of them."""
        ...
