"""A small shop to search in, its engine in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from application.books.catalogue import Catalogue
from application.search.document import CatalogueWork, IndexedEdition
from application.search.embeddings import Embedder
from application.search.engines import Engines, Overtaken
from application.search.help import Help
from application.search.index_works import IndexWorks
from application.search.ports import SearchEngine
from application.search.rebuild_index import RebuildIndex
from application.search.results import HitBook, RatingSummary, WorkCard
from application.search.search_works import SearchWorks
from application.search.shelves import Shelves
from application.search.suggest import Suggest
from application.shared.breaker import BreakerTerms, CircuitBreaker
from domain.books.category import Category
from domain.books.work import Series, WorkFacts
from domain.search.errors import SearchUnavailable
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import isbn13_check_digit
from domain.shared.money import Money
from tests.fakes.answers import InMemorySharedAnswers
from tests.fakes.books import SHELVES
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.search import InMemoryEngine, InMemoryIndex
from tests.fakes.search_documents import InMemoryCards, InMemoryDocuments, InMemorySpeller
from tests.fakes.time import CountingIds, StandingClock


class ShelvesOnly:
    """As much of a catalogue as a search asks for."""

    async def list_categories(self) -> Sequence[Category]:
        return SHELVES


@dataclass
class Shop:
    """Its works, and everything that searches them. `second` stands by."""

    works: list[CatalogueWork] = field(default_factory=list)
    index: InMemoryIndex = field(default_factory=InMemoryIndex)
    second: SearchEngine | None = None
    embedder: Embedder | None = None
    clock: StandingClock = field(default_factory=StandingClock)
    measurements: InMemoryMeasurements = field(default_factory=InMemoryMeasurements)
    speller: InMemorySpeller = field(default_factory=InMemorySpeller)

    def __post_init__(self) -> None:
        self._ids, self._isbns = CountingIds(), count(1)
        self.isbns: dict[str, str] = {}
        self.documents = InMemoryDocuments(lambda: self.works)
        self.answers = InMemorySharedAnswers(lambda: self.clock.now().timestamp())
        self.rebuild = RebuildIndex(self.documents, self.index, self.clock)
        self.index_works = IndexWorks(
            documents=self.documents,
            index=self.index,
            rebuild=self.rebuild,
            answers=self.answers,
            clock=self.clock,
            measurements=self.measurements,
        )
        self.breaker = CircuitBreaker(
            "search",
            BreakerTerms(failures=3, slow_after=1, open_for=5),
            failures=(SearchUnavailable, Overtaken),
            seconds=lambda: self.clock.now().timestamp(),
            watch=self.measurements,
        )
        self.engines = Engines(InMemoryEngine(self.index), self.second, self.breaker, self.measurements)
        catalogue: Catalogue = ShelvesOnly()  # type: ignore[assignment] # nothing else of it is asked for
        shelves = Shelves(catalogue, lambda: 0.0)
        self.cards = InMemoryCards(lambda: [_card(work) for work in self.works])
        self.search = SearchWorks(
            engines=self.engines,
            cards=self.cards,
            shelves=shelves,
            search_help=Help(self.speller),
            embedder=self.embedder,
        )
        self.suggest = Suggest(self.engines, shelves)

    def sells(
        self,
        title: str,
        *authors: str,
        series: str | None = None,
        description: str | None = None,
        price: int = 1299,
        form: str = "paperback",
        categories: Sequence[str] = (),
        sold: int = 0,
    ) -> WorkId:
        """One more work with one edition."""
        work = WorkId(self._ids.new())
        stem = f"979{next(self._isbns):09d}".replace("9790", "9791")
        self.isbns[title] = stem + isbn13_check_digit(stem)
        edition = IndexedEdition(
            isbn=self.isbns[title],
            format=form,
            title=title,
            price=price,
            language="en",
            published_date=None,
            summary=None,
            available=True,
        )
        facts = WorkFacts(
            title=title,
            authors=authors or ("Anonymous",),
            series=Series(series) if series else None,
            description=description,
        )
        self.works.append(
            CatalogueWork(id=work, facts=facts, editions=[edition], categories=categories, sold=sold)
        )
        return work

    def mean(self, meanings: Mapping[str, Sequence[float]]) -> None:
        """What works are about, as the index knows it."""
        documents = self.index.documents()
        for work, one in documents.items():
            if one.document.title in meanings:
                documents[work] = replace(one, vector=meanings[one.document.title])

    async def indexed(self) -> None:
        """Until nothing waits any more."""
        await self.index_works.catch_up()
        await self.index_works.notice_loss()
        for _ in range(10):
            done, trouble = await self.index_works()
            if not done or trouble:
                return


def _card(work: CatalogueWork) -> WorkCard:
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
                id=BookId(work.id),
                isbn=edition.isbn,
                format=Format(edition.format),
                price=Money(edition.price, "USD"),
                available=edition.available,
            )
            for edition in work.editions
        ],
    )
