"""Editions and works in memory, proven equal to the real ones by the contract suite."""

from copy import deepcopy
from dataclasses import replace

from domain.books.book import Book
from domain.books.category import Category, CategoryTree
from domain.books.errors import BookNotFound, DuplicateIsbn, DuplicateWork, WorkNotFound
from domain.books.work import Work
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn

SHELVES = (
    Category("fiction", "Fiction"),
    Category("romance", "Love stories", "fiction"),
    Category("poetry", "Poetry"),
)


class InMemoryCategories:
    """The `Categories` port."""

    def __init__(self, categories: tuple[Category, ...] = SHELVES) -> None:
        self._tree = CategoryTree(categories)

    async def tree(self) -> CategoryTree:
        return self._tree

    def __deepcopy__(self, memo: object) -> "InMemoryCategories":
        return self  # other stores speak to this very one, before and after something was undone


class InMemoryBooks:
    """The `Books` port; what was published is kept in `events`."""

    def __init__(self, categories: InMemoryCategories) -> None:
        self.events: list[DomainEvent] = []
        self._categories = categories
        self._books: dict[BookId, Book] = {}

    async def get(self, book_id: BookId) -> Book:
        if book_id not in self._books:
            raise BookNotFound("There is no such book.")
        return deepcopy(self._books[book_id])

    async def by_isbn(self, isbn: Isbn) -> Book | None:
        return next((deepcopy(book) for book in self._books.values() if book.isbn == isbn), None)

    async def add(self, book: Book) -> None:
        if await self.by_isbn(book.isbn):
            raise DuplicateIsbn("There is a book with this ISBN already.")
        await self._keep(book, book.drain_events())

    async def save(self, book: Book) -> None:
        events = book.drain_events()
        if not events:
            return
        if self._books[book.id].version != book.version:
            raise StaleVersion("The book changed since it was read; read it again.")
        book.version += 1
        await self._keep(book, events)

    async def _keep(self, book: Book, events: list[DomainEvent]) -> None:
        (await self._categories.tree()).require_known(book.facts.categories)
        self._books[book.id] = deepcopy(book)
        self.events += events

    def __deepcopy__(self, memo: object) -> "InMemoryBooks":
        return self  # as above

    def of_work(self, work_id: WorkId) -> list[Book]:
        """Its editions."""
        return [book for book in self._books.values() if book.work_id == work_id]

    def renew_editions(self, work_id: WorkId) -> None:
        """Every page of the work reads differently now."""
        for book in self._books.values():
            if book.work_id == work_id:
                book.version += 1


class InMemoryWorks:
    """The `Works` port."""

    def __init__(self, books: InMemoryBooks) -> None:
        self._books = books
        self._works: dict[WorkId, Work] = {}

    def all(self) -> list[Work]:
        """Every one, with editions on sale or without."""
        return list(self._works.values())

    async def get(self, work_id: WorkId) -> Work:
        if work_id not in self._works:
            raise WorkNotFound("There is no such work.")
        return replace(self._works[work_id])

    async def by_key(self, key: str) -> Work | None:
        return next((replace(work) for work in self._works.values() if work.facts.key == key), None)

    async def add(self, work: Work) -> None:
        if await self.by_key(work.facts.key):
            raise DuplicateWork("There is a work with this title and these authors already.")
        self._works[work.id] = replace(work)

    async def save(self, work: Work) -> None:
        events = work.drain_events()
        if not events:
            return
        same = await self.by_key(work.facts.key)
        if same is not None and same.id != work.id:
            raise DuplicateWork("There is a work with this title and these authors already.")
        self._works[work.id] = replace(work)
        self._books.renew_editions(work.id)
        self._books.events += events
