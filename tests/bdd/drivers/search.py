"""The search of a shop in memory: documents, cards and engines over the stores that use cases write to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from application.search.document import CatalogueWork, IndexedEdition
from application.search.index_works import IndexWorks
from application.search.query import Facet, Filters, Scope, SearchQuery
from application.search.results import HitBook, RatingSummary, WorkCard
from domain.books.book import Book
from domain.books.text import matching_key
from domain.books.work import Work
from domain.search.text import SearchText
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from tests.fakes.answers import InMemorySharedAnswers
from tests.fakes.books import SHELVES
from tests.fakes.search import InMemoryEngine, InMemoryIndex
from tests.fakes.search_documents import InMemoryCards, InMemoryDocuments, InMemorySpeller
from tests.fakes.work import InMemoryWork

_PARENTS = {shelf.slug: shelf.parent for shelf in SHELVES}


class SpareEngine(InMemoryEngine):
    """Stands by, and has the name of the one that does in a real shop."""

    name = "postgres"


@dataclass
class SearchInMemory:
    """Everything of the search that is not the shop's own code."""

    work: InMemoryWork
    books: Callable[[], Iterable[Book]]
    clock: Clock

    def __post_init__(self) -> None:
        self.index, self.spare = InMemoryIndex(), InMemoryIndex()
        self.documents = InMemoryDocuments(self._works, self._work_of)

    def forget(self) -> None:
        """As on the first day."""
        self.index.lose_everything()
        self.spare.lose_everything()
        vars(self.documents).update(vars(InMemoryDocuments(self._works, self._work_of)))

    def ports(self) -> Mapping[str, object]:
        """What the wiring is given instead."""
        return {
            "search_documents": self.documents,
            "search_index": self.index,
            "search_engine": InMemoryEngine(self.index),
            "second_search_engine": SpareEngine(self.spare),
            "work_cards": InMemoryCards(self._cards),
            "speller": InMemorySpeller(),
            "embedder": None,
            "shared_answers": InMemorySharedAnswers(lambda: self.clock.now().timestamp()),
        }

    async def index_everything(self, index_works: IndexWorks) -> None:
        """Mark it all, whatever events said, and see it through; the spare engine has the same."""
        if self.index.down:
            return
        for work in self._works():
            await self.documents.mark([work.id], self.clock.now())
        done = 1
        while done:
            done, _ = await index_works()
        self.spare.collections, self.spare.searched = dict(self.index.collections), self.index.searched

    def _works(self) -> Iterable[CatalogueWork]:
        for work in self.work.works.all():
            yield CatalogueWork(
                id=work.id,
                facts=work.facts,
                editions=[self._edition(book) for book in self._editions_of(work.id)],
                categories=sorted(_with_parents(self._editions_of(work.id))),
            )

    def _cards(self) -> Iterable[WorkCard]:
        for work in self.work.works.all():
            yield self._card(work)

    def _card(self, work: Work) -> WorkCard:
        books = sorted(self._editions_of(work.id), key=lambda book: (book.price.amount, book.id))
        return WorkCard(
            work_id=work.id,
            title=work.facts.title,
            authors=work.facts.authors,
            series=work.facts.series,
            rating=RatingSummary(None, 0),
            cover=None,
            description=work.facts.description,
            books=[
                HitBook(
                    id=book.id,
                    isbn=book.isbn.value,
                    format=book.format,
                    price=book.price,
                    available=self._available(book),
                )
                for book in books
            ],
        )

    def _edition(self, book: Book) -> IndexedEdition:
        return IndexedEdition(
            isbn=book.isbn.value,
            format=book.format.value,
            title=book.facts.title,
            price=book.price.amount,
            language=book.facts.language,
            published_date=book.facts.published_date,
            summary=None,
            available=self._available(book),
        )

    def _available(self, book: Book) -> bool:
        return book.format.is_digital or self.work.inventory.stock[book.id].available > 0

    def _editions_of(self, work_id: WorkId) -> list[Book]:
        return [b for b in self.books() if b.work_id == work_id and b.withdrawn_at is None]

    def _work_of(self, book_id: BookId) -> WorkId:
        return next(book.work_id for book in self.books() if book.id == book_id)


def query_of(wanted: Mapping[str, str | int]) -> SearchQuery:
    """What a visitor says in an address, as the use case is asked."""
    kinds: Mapping[str, Callable[[Any], Any]] = {"format": Format, "in_stock": bool, "author": matching_key}
    given = {name: value for name, value in wanted.items() if name in Filters.__slots__}
    filters = Filters(**{name: kinds.get(name, _as_it_is)(value) for name, value in given.items()})
    facets = tuple(Facet(name) for name in str(wanted.get("facets", "")).split(",") if name)
    words = {name: SearchText.parse(str(wanted.get(name, ""))) for name in ("q", "title", "author_words")}
    plain = SearchQuery(text=words["q"], filters=filters, facets=facets, limit=100)
    if words["title"]:
        return replace(plain, text=words["title"], scope=Scope.TITLE, by=words["author_words"])
    if words["author_words"]:
        return replace(plain, text=words["author_words"], scope=Scope.AUTHOR)
    return plain


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - what needs no reading
    return value


def _with_parents(books: Iterable[Book]) -> set[str]:
    slugs = {slug for book in books for slug in book.facts.categories}
    return slugs | {parent for slug in slugs if (parent := _PARENTS.get(slug))}
