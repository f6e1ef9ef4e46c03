"""Those who know books, and what the shop keeps of what they told, in memory."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from application.external_books.book import ExternalBook
from application.external_books.ports import Kept, NoAnswer, Tag, Told
from application.external_books.question import Question
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn


class ScriptedSource:
    """The `BookSource` port: knows `books` by ISBN and by words of title and author. `fails` is raised."""

    def __init__(self, name: str, *books: ExternalBook) -> None:
        self.name = name
        self.books = list(books)
        self.fails: NoAnswer | None = None
        self.asked: list[tuple[str, Tag | None]] = []

    async def ask(self, question: Question, before: Tag | None) -> Told | None:
        self.asked.append((question.key, before))
        if self.fails is not None:
            raise self.fails
        if question.isbn is None:
            return Told(tuple(book for book in self.books if _bears(book, question.words)))
        found = tuple(book for book in self.books if book.isbn == question.isbn)
        tag = Tag(found[0].source_id, f'"{found[0].title}"') if found else None
        return None if before is not None and before == tag else Told(found, tag)

    async def close(self) -> None:
        """There is nothing to close."""


def _bears(book: ExternalBook, words: str) -> bool:
    spoken = " ".join((book.title, *book.authors)).casefold()
    return all(word in spoken for word in words.casefold().split())


class InMemoryKeptAnswers:
    """The `KeptAnswers` port; nothing runs out."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Kept] = {}

    async def find(self, source: str, question: Question) -> Kept | None:
        return self.kept.get((source, question.key))

    async def keep(self, source: str, question: Question, kept: Kept, span: timedelta) -> None:
        self.kept[source, question.key] = kept


class InMemoryOwnBooks:
    """The `OwnBooks` port over a few books; ids by ISBN."""

    def __init__(self) -> None:
        self.books: dict[BookId, ExternalBook] = {}

    async def on_sale(self, isbns: Sequence[Isbn]) -> Mapping[Isbn, BookId]:
        return {book.isbn: id_ for id_, book in self.books.items() if book.isbn in isbns}

    async def matching(self, question: Question, limit: int) -> Sequence[ExternalBook]:
        words = question.words.casefold()
        found = [
            book
            for book in self.books.values()
            if (book.isbn == question.isbn if question.isbn else book.title.casefold().startswith(words))
        ]
        return found[:limit]
