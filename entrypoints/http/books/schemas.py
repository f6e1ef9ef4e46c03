"""What staff sends about books."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, structs

from application.books.revise_book import Revision
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import Series, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.ids import WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money

IsbnText = Annotated[str, Meta(examples=["978-0-14-143951-8"], description="ISBN-13 or ISBN-10.")]
Title = Annotated[str, Meta(examples=["Pride and Prejudice"])]
Authors = Annotated[list[str], Meta(description="In order.", examples=[["Jane Austen"]])]
Slugs = Annotated[list[str], Meta(description="Slugs of GET /v1/categories, the most fitting first.")]
Language = Annotated[str, Meta(description="BCP 47.", examples=["en"])]
Year = Annotated[int, Meta(description="Of the work; negative before our era.", examples=[1813])]
Details = Annotated[dict[str, Any], Meta(description="Free facts (translator, binding, …).")]

_WORK: dict[str, str] = {
    "authors": "authors",
    "description": "description",
    "series": "series",
    "first_published": "first_published",
    "original_language": "language",
}
_EDITION = (
    "title",
    "publisher",
    "published_date",
    "language",
    "pages",
    "weight_grams",
    "cover",
    "categories",
    "details",
)


class Price(Struct, frozen=True, forbid_unknown_fields=True):
    """Minor units: 1299 is 12.99 USD."""

    amount: int
    currency: Annotated[str, Meta(examples=["USD"])]

    def money(self) -> Money:
        """From the wire."""
        try:
            return Money(self.amount, self.currency)
        except InvalidInput as wrong:
            raise InvalidInput(f"price.{wrong.field}", wrong.message) from wrong


class SeriesBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A series, and the place in it as printed."""

    name: str
    number: str | None = None


class BookBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of a book; what is missing is not known (or, on PUT, no longer known)."""

    title: Title
    authors: Authors
    isbn: IsbnText
    format: Format
    price: Price
    categories: Slugs
    description: str | None = None
    publisher: str | None = None
    published_date: date | None = None
    language: Language | None = None
    pages: int | None = None
    weight_grams: int | None = None
    cover: str | None = None
    details: Details = {}
    series: SeriesBody | None = None
    first_published: Year | None = None
    original_language: Language | None = None

    def revision(self) -> Revision:
        """Everything said anew."""
        return _revision(self)


class NewBook(BookBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A new edition, of the work named or of the one with this title and these authors."""

    work_id: UUID | None = None

    def entry(self) -> CatalogueEntry:
        """The edition and its work as the catalogue keeps them."""
        said = self.revision()
        return CatalogueEntry(
            work=WorkFacts(title=self.title.strip(), **said.work),
            isbn=Isbn.parse(self.isbn),
            format=self.format,
            edition=EditionFacts(**said.edition),
            price=self.price.money(),
        )

    def of_work(self) -> WorkId | None:
        """The work it is to join."""
        return WorkId(self.work_id) if self.work_id else None


class BookPatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Only what is named changes; null forgets what was known."""

    title: Title | UnsetType = UNSET
    authors: Authors | UnsetType = UNSET
    isbn: IsbnText | UnsetType = UNSET
    format: Format | UnsetType = UNSET
    price: Price | UnsetType = UNSET
    categories: Slugs | UnsetType = UNSET
    description: str | UnsetType | None = UNSET
    publisher: str | UnsetType | None = UNSET
    published_date: date | UnsetType | None = UNSET
    language: Language | UnsetType | None = UNSET
    pages: int | UnsetType | None = UNSET
    weight_grams: int | UnsetType | None = UNSET
    cover: str | UnsetType | None = UNSET
    details: Details | UnsetType = UNSET
    series: SeriesBody | UnsetType | None = UNSET
    first_published: Year | UnsetType | None = UNSET
    original_language: Language | UnsetType | None = UNSET

    def revision(self) -> Revision:
        """What is said anew."""
        return _revision(self)


def _revision(body: BookBody | BookPatch) -> Revision:
    said = {name: _plain(value) for name, value in structs.asdict(body).items() if value is not UNSET}
    isbn, price = said.get("isbn"), said.get("price")
    return Revision(
        edition={name: said[name] for name in _EDITION if name in said},
        work={fact: said[name] for name, fact in _WORK.items() if name in said},
        price=price.money() if isinstance(price, Price) else None,
        isbn=Isbn.parse(isbn) if isinstance(isbn, str) else None,
        format=said.get("format"),
    )


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field of a body
    """Without outer blanks, and in the domain's own types."""
    match value:
        case str() if not isinstance(value, Format):
            return value.strip()
        case list():
            return tuple(item.strip() for item in value)
        case SeriesBody():
            return Series(value.name.strip(), value.number.strip() if value.number else None)
    return value
