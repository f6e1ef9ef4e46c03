"""A small shop in which every rule of the search can be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from application.search.document import CatalogueWork, IndexedEdition, Versioned, document_of
from domain.books.work import Series, WorkFacts
from domain.shared.ids import WorkId

TIED: Final = 12  # works with few different prices, sales, days and ratings: orders full of ties


def edition(
    form: str = "paperback",
    price: int = 1299,
    language: str | None = "en",
    *,
    year: int | None = None,
    summary: str | None = None,
    available: bool = True,
) -> IndexedEdition:
    """An edition on sale."""
    return IndexedEdition(
        isbn="9780000000000",
        format=form,
        title="",  # the work's
        price=price,
        language=language,
        published_date=None if year is None else date(year, 5, 1),
        summary=summary,
        available=available,
    )


def work(
    number: int,
    title: str,
    *authors: str,
    series: Series | None = None,
    description: str | None = None,
    first_published: int | None = None,
    editions: Sequence[IndexedEdition] = (edition(),),
    categories: Sequence[str] = (),
    ratings: tuple[int, int] = (0, 0),
    sold: int = 0,
    version: int = 1,
    vector: Sequence[float] | None = None,
) -> Versioned:
    """A work's document; `number` makes its id and is its ordinal."""
    facts = WorkFacts(
        title=title,
        authors=authors or ("Nobody Known",),
        series=series,
        description=description,
        first_published=first_published,
    )
    catalogued = CatalogueWork(
        id=WorkId(UUID(int=number)),
        facts=facts,
        editions=[replace(one, title=title) for one in editions],
        categories=categories,
        rating_sum=ratings[0],
        rating_count=ratings[1],
        sold=sold,
    )
    return Versioned(document_of(catalogued), version, number, vector)


def _tied(number: int) -> Versioned:
    return work(
        number,
        f"Almanac volume {number}",
        editions=[edition(price=100 * (number % 3 + 1), year=2000 + number % 2)],
        categories=["ties"],
        ratings=(number % 4 + 1, 1),
        sold=number % 3,
    )


_RINGS: Final = Series("The Lord of the Rings", "1")
_POTTER: Final = "J. K. Rowling"

SHELF: Final = (
    work(1, "The Hobbit", "J. R. R. Tolkien", description="A burglar and thirteen dwarves.", sold=900,
         first_published=1937, ratings=(428, 100), categories=["fantasy", "fiction"],
         editions=[edition(), edition("hardcover", 2499)]),
    work(2, "The Fellowship of the Ring", "J. R. R. Tolkien", series=_RINGS, sold=800,
         first_published=1954, ratings=(89, 20), categories=["fantasy", "fiction"]),
    work(3, "Dune", "Frank Herbert", series=Series("Dune", "1"), sold=700, first_published=1965,
         ratings=(42, 10), categories=["science-fiction", "fiction"],
         editions=[edition("ebook", 799), edition("paperback", 1099, available=False)]),
    work(4, "Les Misérables", "Victor Hugo", sold=50, first_published=1862, ratings=(21, 5),
         categories=["classics", "fiction"], editions=[edition(language="fr"), edition(language="en-GB")]),
    work(5, "Æsop's Fables", "Aesop", sold=40, first_published=-560, categories=["classics"]),
    work(6, "Wuthering Heights", "Emily Brontë", sold=60, first_published=1847, ratings=(19, 5),
         categories=["classics", "fiction"]),
    work(7, "Emma", "Jane Austen", sold=5, first_published=1815, categories=["classics", "fiction"]),
    work(8, "Emma and Her Sisters", "Nora Vale", sold=5_000, first_published=2019, categories=["fiction"]),
    work(9, "Harry Potter and the Philosopher's Stone", _POTTER, series=Series("Harry Potter", "1"),
         sold=3_000, first_published=1997, ratings=(450, 100), categories=["fantasy", "fiction"]),
    work(10, "Harry Potter and the Chamber of Secrets", _POTTER, series=Series("Harry Potter", "2"),
         sold=2_500, first_published=1998, ratings=(440, 100), categories=["fantasy", "fiction"]),
    work(11, "War and Peace", "Leo Tolstoy", sold=300, first_published=1869, ratings=(41, 10),
         categories=["classics", "fiction"], editions=[edition("hardcover", 5_000)]),
    work(12, "Peace After the War", "Ines Marsh", sold=400, first_published=2001, categories=["history"]),
    # The same rare word: in the title, the author, the series, the description.
    work(13, "Quillon", "Ada North"),
    work(14, "Blades", "Peter Quillon"),
    work(15, "Swords", "Ada North", series=Series("Quillon")),
    work(16, "Fencing", "Ada North", description="How a quillon guards the hand."),
    # Equal but for their readers.
    work(17, "Lanterns of Porto", "Rui Costa", sold=10),
    work(18, "Lanterns of Lisbon", "Rui Costa", sold=20),
    # Nobody has rated, dated or stocked it, and nobody knows its language.
    work(19, "Untold", editions=[edition(language=None, available=False)]),
    work(20, "The Withdrawn Volume", "Tom Gone", sold=10_000, categories=["fiction"], editions=()),
    work(21, "Good Omens", "Terry Pratchett", "Neil Gaiman", first_published=1990, ratings=(43, 10),
         categories=["fantasy", "fiction"], sold=200),
    work(22, "Catch-22", "Joseph Heller", first_published=1961, categories=["fiction"], sold=150),
    work(23, "Carry On", "Rainbow Rowell", first_published=2015, categories=["fantasy"], sold=90),
    *(_tied(number) for number in range(40, 40 + TIED)),
)  # fmt: skip

TITLES: Final[Mapping[WorkId, str]] = {one.document.work_id: one.document.title for one in SHELF}
