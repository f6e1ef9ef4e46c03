"""Our own CSV: one edition a row, lists between semicolons, prices as people write them."""

from collections.abc import Mapping
from typing import Final

from adapters.files.comma_separated import CommaSeparated
from adapters.files.fields import book_format, calendar_date, json_object, price, several, whole
from adapters.files.source import Source, UnusableFile
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import Series, WorkFacts
from domain.shared.isbn import Isbn

REQUIRED: Final = ("title", "authors", "isbn", "format", "price")
OPTIONAL: Final = (
    "currency",
    "categories",
    "description",
    "publisher",
    "published_date",
    "language",
    "pages",
    "weight_grams",
    "cover",
    "series",
    "series_number",
    "first_published",
    "original_language",
    "details",
    "stock",
    "sold",
)
OF_REJECTS: Final = ("line", "reason")  # a mended reject file is imported like any other
DEFAULT_CURRENCY: Final = "USD"


def csv_books(source: Source) -> CommaSeparated:
    """Raises UnusableFile for columns that are missing or unknown."""
    file = CommaSeparated(source, read_entry)
    missing = [name for name in REQUIRED if name not in file.columns]
    unknown = [name for name in file.columns if name not in {*REQUIRED, *OPTIONAL, *OF_REJECTS}]
    if missing:
        raise UnusableFile(f"{source.path} lacks the columns {', '.join(missing)}.")
    if unknown:
        raise UnusableFile(
            f"{source.path} has columns nobody knows: {', '.join(unknown)}. Known are"
            f" {', '.join((*REQUIRED, *OPTIONAL))}."
        )
    return file


def read_entry(values: Mapping[str, str]) -> CatalogueEntry:
    """One edition. Raises InvalidInput naming the column."""
    given = values.get
    return CatalogueEntry(
        work=_work(values),
        isbn=Isbn.parse(values["isbn"]),
        format=book_format(values["format"]),
        edition=EditionFacts(
            title=values["title"],
            publisher=given("publisher") or None,
            published_date=calendar_date("published_date", given("published_date", "")),
            language=given("language") or None,
            pages=whole("pages", given("pages", "")),
            weight_grams=whole("weight_grams", given("weight_grams", "")),
            cover=given("cover") or None,
            categories=several(given("categories", "")),
            details=json_object("details", given("details", "")),
        ),
        price=price(values["price"], given("currency") or DEFAULT_CURRENCY),
        stock=whole("stock", given("stock", "")) or 0,
        sold=whole("sold", given("sold", "")) or 0,
    )


def _work(values: Mapping[str, str]) -> WorkFacts:
    given = values.get
    series = given("series")
    return WorkFacts(
        title=values["title"],
        authors=several(values["authors"]),
        language=given("original_language") or None,
        first_published=whole("first_published", given("first_published", "")),
        series=Series(series, given("series_number") or None) if series else None,
        description=given("description") or None,
    )
