"""The goodbooks-10k `books.csv`: facts about real editions, without price, format or copies.

Its isbn13 column went through a spreadsheet (9.78043902348e+12) and its isbn column lost leading zeros, so
the number is rebuilt from the latter. Price, format and copies are generated, as `details.generated` says.
"""

import re
from collections.abc import Mapping
from typing import Final

from adapters.files.comma_separated import CommaSeparated
from adapters.files.generated import dice, one_of, some_copies, some_price
from adapters.files.source import Source
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.languages import language_tag
from domain.books.work import MOST_AUTHORS, Series, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

SIGNATURE: Final = frozenset({"goodreads_book_id", "isbn", "isbn13", "original_publication_year"})
GENERATED: Final = ["format", "price", "stock"]
_FORMATS: Final = (Format.PAPERBACK, Format.HARDCOVER, Format.EBOOK, Format.AUDIOBOOK)
_HOW_COMMON: Final = (50, 20, 20, 10)
# "Catching Fire (The Hunger Games, #2)"; of several series the first is kept.
_IN_SERIES: Final = re.compile(r"(?P<title>.+?)\s+\((?P<series>[^()]+?),?\s+#(?P<number>[0-9.]+)[^()]*\)")


def goodbooks(source: Source) -> CommaSeparated:
    """A `CatalogueFile`."""
    return CommaSeparated(source, read_entry)


def read_entry(values: Mapping[str, str]) -> CatalogueEntry:
    """One edition. Raises InvalidInput naming the column."""
    isbn = _rebuilt(values["isbn"])
    thrown = dice(isbn.value)
    kind = one_of(thrown, _FORMATS, _HOW_COMMON)
    work = _work(values)
    code = values["language_code"]
    return CatalogueEntry(
        work=work,
        isbn=isbn,
        format=kind,
        edition=EditionFacts(
            title=work.title,
            language=language_tag(code) if code else None,
            details={
                "source": "goodbooks-10k",
                "goodreads_book_id": values["goodreads_book_id"],
                "generated": GENERATED,
            },
        ),
        price=Money(some_price(thrown, kind), "USD"),
        stock=some_copies(thrown, kind),
    )


def _rebuilt(isbn: str) -> Isbn:
    if not isbn:
        raise InvalidInput("isbn", "There is none, and isbn13 is too damaged to stand in.")
    return Isbn.parse(isbn.zfill(10))


def _work(values: Mapping[str, str]) -> WorkFacts:
    found = _IN_SERIES.fullmatch(values["title"])
    authors = [" ".join(name.split()) for name in values["authors"].split(",") if name.strip()]
    year = values["original_publication_year"]
    return WorkFacts(
        title=found["title"] if found else values["title"],
        authors=tuple(dict.fromkeys(authors))[:MOST_AUTHORS],
        first_published=_year(year) if year else None,
        series=Series(found["series"], found["number"].rstrip(".")) if found else None,
    )


def _year(text: str) -> int:
    """Years are written 2008.0."""
    whole, _, rest = text.partition(".")
    if rest.strip("0") or not whole.lstrip("-").isdecimal():
        raise InvalidInput("original_publication_year", f"{text!r} is not a year.")
    return int(whole)
