"""What others know of books, over the wire."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.external_books.find_external_books import Finding, Findings
from application.external_books.import_external_book import Wanted
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from entrypoints.http.books.schemas import Authors, IsbnText, Price, Slugs


class ExternalBookItem(Struct, frozen=True, kw_only=True):
    """An edition as `source` describes it. `published_date` is a year, a month or a day; `categories` are the
    source's own words; `in_catalogue` is the id under which this shop sells it.
    """

    isbn: str
    title: str
    authors: Sequence[str]
    publisher: str | None
    published_date: Annotated[str, Meta(examples=["1991", "1991-10", "1991-10-01"])] | None
    language: str | None
    pages: int | None
    description: str | None
    categories: Sequence[str]
    cover: str | None
    source: str
    in_catalogue: UUID | None

    @classmethod
    def of(cls, finding: Finding) -> "ExternalBookItem":
        """To the wire."""
        book = finding.book
        return cls(
            isbn=book.isbn.value,
            title=book.title,
            authors=book.authors,
            publisher=book.publisher,
            published_date=book.published_date,
            language=book.language,
            pages=book.pages,
            description=book.description,
            categories=book.categories,
            cover=book.cover,
            source=book.source,
            in_catalogue=finding.in_catalogue,
        )


class ExternalBookList(Struct, frozen=True, kw_only=True):
    """What `source` (google_books, open_library or catalogue) told `age_seconds` ago. There is one page."""

    items: Sequence[ExternalBookItem]
    source: str
    age_seconds: int
    next: str | None = None

    @classmethod
    def of(cls, findings: Findings) -> "ExternalBookList":
        """To the wire."""
        items = [ExternalBookItem.of(finding) for finding in findings.items]
        return cls(items=items, source=findings.source, age_seconds=findings.age_seconds)


class TakeIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What no source knows. Without `categories` the book goes to the shelves that fit its subjects."""

    isbn: IsbnText
    format: Format
    price: Price
    categories: Slugs | None = None
    authors: Annotated[Authors, Meta(description="Where the source names none.")] = []

    def wanted(self) -> Wanted:
        """From the wire."""
        return Wanted(
            isbn=Isbn.parse(self.isbn),
            format=self.format,
            price=self.price.money(),
            categories=None if self.categories is None else tuple(slug.strip() for slug in self.categories),
            authors=tuple(name.strip() for name in self.authors),
        )
