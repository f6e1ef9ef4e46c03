"""Works, authors and series in memory, proven equal to the real ones by the contract suite."""

from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from application.books.bibliography import (
    AuthorEntry,
    AuthorList,
    AuthorPage,
    PageQuery,
    SeriesEntry,
    SeriesList,
    SeriesPage,
    WorkDetail,
    WorkEdition,
    WorkSort,
    WorkSummary,
)
from application.books.catalogue import Rating
from application.books.shelves import ShelfCount
from domain.books.book import Book
from domain.books.errors import AuthorNotFound, SeriesNotFound, WorkNotFound
from domain.books.reading_order import series_stem
from domain.books.text import matching_key
from domain.books.work import Work
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, WorkId
from tests.fakes.books import InMemoryCategories
from tests.fakes.work import InMemoryWork

Figures = tuple[Mapping[BookId, int], Mapping[BookId, int]]  # sold lately, sold ever
T = TypeVar("T")


class InMemoryBibliography:
    """The `Bibliography` port."""

    def __init__(
        self,
        shop: InMemoryWork,
        books: Callable[[], Sequence[Book]],
        figures: Callable[[], Awaitable[Figures]],
    ) -> None:
        self._shop = shop
        self._books = books
        self._figures = figures

    async def work(self, work_id: WorkId) -> WorkDetail:
        editions = self._on_sale().get(work_id)
        if editions is None:
            raise WorkNotFound("There is no such work on sale.")
        work = await self._shop.works.get(work_id)
        return WorkDetail(**self._told(work, editions), description=work.facts.description)

    async def authors(self, beginning: str, page: PageQuery) -> AuthorList:
        names: dict[str, Counter[str]] = defaultdict(Counter)
        works: dict[str, set[WorkId]] = defaultdict(set)
        for work, _ in await self._works():
            for name in work.facts.authors:
                names[matching_key(name)][name] += 1
                works[matching_key(name)].add(work.id)
        found = [
            AuthorEntry(author_key=key, name=_usual(names[key]), works=len(works[key]))
            for key in sorted(names, key=str.encode)
            if key.startswith(beginning)
        ]
        return AuthorList(*_page(found, page, "authors", lambda author: author.author_key))

    async def author(self, key: str, sort: WorkSort, page: PageQuery) -> AuthorPage:
        known = {author.author_key: author for author in (await self.authors(key, PageQuery(100))).items}
        if key not in known:
            raise AuthorNotFound("Nothing by this author is on sale.")
        places = {
            (await self._place(work, editions, sort), work.id): self._summary(work, editions)
            for work, editions in await self._works()
            if key in map(matching_key, work.facts.authors)
        }
        works = [places[place] for place in sorted(places, reverse=True)]
        shown, following = _page(works, page, sort.value, lambda work: work.work_id)
        one = known[key]
        return AuthorPage(author_key=key, name=one.name, works=one.works, items=shown, next=following)

    async def all_series(self, beginning: str, page: PageQuery) -> SeriesList:
        members: dict[str, list[Work]] = defaultdict(list)
        for work, _ in await self._works():
            if work.facts.series_key is not None:
                members[work.facts.series_key].append(work)
        found = [
            _entry(key, members[key]) for key in sorted(members, key=str.encode) if key.startswith(beginning)
        ]
        return SeriesList(*_page(found, page, "series", lambda series: series.series_key))

    async def series(self, key: str, page: PageQuery) -> SeriesPage:
        every = {one.series_key: one for one in (await self.all_series("", PageQuery(100))).items}
        if key not in every:
            raise SeriesNotFound("Nothing of this series is on sale.")
        members = [one for one in await self._works() if one[0].facts.series_key == key]
        members.sort(key=lambda one: (one[0].facts.series_place, one[0].id))
        works = [self._summary(*one) for one in members]
        shown, following = _page(works, page, "one series", lambda work: work.work_id)
        one, stem = every[key], series_stem(every[key].name)
        return SeriesPage(
            **{name: getattr(one, name) for name in SeriesEntry.__dataclass_fields__},
            same_name=[
                other for other in every.values() if other.series_key.startswith(stem) and other is not one
            ],
            items=shown,
            next=following,
        )

    async def _place(self, work: Work, editions: Sequence[Book], sort: WorkSort) -> tuple[int, ...]:
        if sort is WorkSort.NEWEST:
            years = [book.facts.published_date.year for book in editions if book.facts.published_date]
            known = work.facts.first_published
            return (min(years, default=-9_999) if known is None else known,)
        lately, ever = await self._figures()
        return sum(lately.get(b.id, 0) for b in editions), sum(ever.get(b.id, 0) for b in editions)

    def _on_sale(self) -> dict[WorkId, list[Book]]:
        editions: dict[WorkId, list[Book]] = defaultdict(list)
        for book in sorted(self._books(), key=lambda book: (book.price.amount, book.id)):
            if book.withdrawn_at is None:
                editions[book.work_id].append(book)
        return dict(editions)

    async def _works(self) -> list[tuple[Work, list[Book]]]:
        return [(await self._shop.works.get(key), books) for key, books in self._on_sale().items()]

    def _summary(self, work: Work, editions: Sequence[Book]) -> WorkSummary:
        return WorkSummary(**self._told(work, editions))

    def _told(self, work: Work, editions: Sequence[Book]) -> dict[str, Any]:
        facts = work.facts
        return {
            "work_id": work.id,
            "title": facts.title,
            "authors": list(facts.authors),
            "author_keys": [matching_key(name) for name in facts.authors],
            "series": facts.series,
            "series_key": facts.series_key,
            "rating": self._rating(work.id),
            "first_published": facts.first_published,
            "original_language": facts.language,
            "editions": [self._edition(book) for book in editions],
        }

    def _rating(self, work_id: WorkId) -> Rating:
        rated = self._shop.reviews.ratings.get(work_id)
        return Rating.of(rated.counts.stars, rated.counts.count) if rated else Rating.of(0, 0)

    def _edition(self, book: Book) -> WorkEdition:
        stock = self._shop.inventory.stock.get(book.id)
        return WorkEdition(
            book_id=book.id,
            isbn=book.isbn.value,
            title=book.facts.title,
            format=book.format,
            price=book.price,
            in_stock=book.format.is_digital or (stock is not None and stock.available > 0),
            publisher=book.facts.publisher,
            published_date=book.facts.published_date,
            language=book.facts.language,
            cover=book.facts.cover,
        )


class InMemoryShelfCounts:
    """The `ShelfCounts` port."""

    def __init__(self, categories: InMemoryCategories, books: Callable[[], Sequence[Book]]) -> None:
        self._categories = categories
        self._books = books

    async def by_slug(self) -> Mapping[str, ShelfCount]:
        tree = await self._categories.tree()
        found = {}
        for shelf in tree:
            under = set(tree.with_children(shelf.slug))
            there = [b for b in self._books() if b.withdrawn_at is None and under & set(b.facts.categories)]
            if there:
                found[shelf.slug] = ShelfCount(len(there), len({book.work_id for book in there}))
        return found


def _entry(key: str, members: Sequence[Work]) -> SeriesEntry:
    author = _usual(Counter(work.facts.authors[0] for work in members))
    return SeriesEntry(
        series_key=key,
        name=_usual(Counter(work.facts.series.name for work in members if work.facts.series)),
        author=author,
        author_key=matching_key(author),
        works=len(members),
    )


def _usual(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name.encode()))


def _page(
    items: Sequence[T], page: PageQuery, of_list: str, name: Callable[[T], object]
) -> tuple[Sequence[T], str | None]:
    begin = 0
    if page.cursor is not None:
        names = [f"{of_list} {name(item)}" for item in items]
        if page.cursor not in names:
            raise InvalidInput("cursor", "Send the `next` of the page before.")
        begin = names.index(page.cursor) + 1
    shown = items[begin : begin + page.limit]
    return shown, f"{of_list} {name(shown[-1])}" if begin + page.limit < len(items) else None
