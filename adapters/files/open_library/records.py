"""From a record of an edition, with its work, to an entry of the catalogue.

A dump knows neither price nor copies, and of many editions no format: those are generated, always the same
for the same ISBN, and `details.generated` says which.
"""

from collections.abc import Callable
from typing import Any, Final

from adapters.files.generated import dice, one_of, some_copies, some_price
from adapters.files.open_library.formats import format_of, grams_of
from adapters.files.open_library.index import IndexedWork, author_keys, text_of
from application.books.subjects import shelves_for
from application.external_books import cleaning
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import LONGEST_TITLE, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

SOURCE: Final = "open_library"
_PRINTED: Final = (Format.PAPERBACK, Format.HARDCOVER)
_HOW_COMMON: Final = (70, 30)
_NOTHING: Final = IndexedWork(None, (), None, None, ())
WorkOf = Callable[[object], IndexedWork | None]
AuthorOf = Callable[[object], str | None]


def entry_of(record: dict[str, Any], work_of: WorkOf, author_of: AuthorOf) -> CatalogueEntry:
    """Raises InvalidInput naming what keeps it off the shelves. Odd fields nobody needs are left out."""
    isbn, told = _isbn(record), format_of(record.get("physical_format"))
    known = work_of(_work_key(record)) or _NOTHING
    title = _title(record, known)
    thrown = dice(isbn.value)
    kind = told or one_of(thrown, _PRINTED, _HOW_COMMON)
    generated = ["price", "stock"] if told else ["format", "price", "stock"]
    return CatalogueEntry(
        work=_work(record, known, title, author_of),
        isbn=isbn,
        format=kind,
        edition=_edition(record, known, title, generated),
        price=Money(some_price(thrown, kind), "USD"),
        stock=some_copies(thrown, kind),
    )


def _isbn(record: dict[str, Any]) -> Isbn:
    written = [*_several(record.get("isbn_13")), *_several(record.get("isbn_10"))]
    if not written:
        raise InvalidInput("isbn", "There is none.")
    right = cleaning.isbns(written)
    return right[0] if right else Isbn.parse(str(written[0]))  # which says what is wrong with it


def _title(record: dict[str, Any], work: IndexedWork) -> str:
    prefix = cleaning.line(record.get("title_prefix"), LONGEST_TITLE)
    title = cleaning.title(record.get("title"))
    whole = cleaning.title(f"{prefix} {title}") if prefix and title else title
    found = whole or work.title
    if found is None:
        raise InvalidInput("title", "There is none that can be shown.")
    return found


def _work(record: dict[str, Any], work: IndexedWork, title: str, author_of: AuthorOf) -> WorkFacts:
    authors = work.authors
    if not authors:
        names = (author_of(key) for key in author_keys(record.get("authors")))
        authors = cleaning.names([name for name in names if name])
    if not authors:
        raise InvalidInput("authors", "None of them is in the dump.")
    return WorkFacts(
        title=work.title or title,
        authors=authors,
        first_published=int(work.published[:4]) if work.published else None,
        description=work.description or cleaning.prose(text_of(record.get("description"))),
    )


def _edition(record: dict[str, Any], work: IndexedWork, title: str, generated: list[str]) -> EditionFacts:
    published = cleaning.published(record.get("publish_date"))
    day = cleaning.day_of(published)
    key, subtitle = str(record.get("key", "")), cleaning.title(record.get("subtitle"))
    details: dict[str, object] = {"source": SOURCE, "source_id": key.rpartition("/")[2]}
    if published and day is None:
        details["published"] = published
    if subtitle:
        details["subtitle"] = subtitle
    return EditionFacts(
        title=title,
        publisher=next(iter(cleaning.names(record.get("publishers"))), None),
        published_date=day,
        language=_language(record.get("languages")),
        pages=cleaning.pages(record.get("number_of_pages")),
        weight_grams=grams_of(record.get("weight")),
        cover=_cover(record.get("covers")),
        categories=shelves_for((*work.subjects, *cleaning.subjects(record.get("subjects")))),
        details={**details, "generated": generated},
    )


def _language(languages: object) -> str | None:
    """An edition in two languages is in none of them."""
    told = _several(languages)
    key = told[0].get("key") if len(told) == 1 and isinstance(told[0], dict) else None
    return cleaning.language(key.rpartition("/")[2]) if isinstance(key, str) else None


def _work_key(record: dict[str, Any]) -> object:
    first = next(iter(_several(record.get("works"))), None)
    return first.get("key") if isinstance(first, dict) else None


def _cover(covers: object) -> str | None:
    numbers = (n for n in _several(covers) if isinstance(n, int) and not isinstance(n, bool) and n > 0)
    number = next(numbers, None)
    return f"https://covers.openlibrary.org/b/id/{number}-L.jpg" if number else None


def _several(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
