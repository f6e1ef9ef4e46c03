"""A volume of Google Books as a book, as far as it can be read. Any member may be missing or odd."""

from collections.abc import Iterator
from typing import Any, Final

from application.external_books import cleaning
from application.external_books.book import ExternalBook
from domain.books.work import LONGEST_NAME
from domain.shared.isbn import Isbn

NAME: Final = "google_books"
_PICTURES: Final = ("large", "medium", "small", "thumbnail", "smallThumbnail")


def volumes(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and content of each volume of a list, once: Google repeats some, and leaves `items` out where there
    are none.
    """
    seen: set[str] = set()
    items = document.get("items")
    for item in items if isinstance(items, list) else []:
        found = volume(item)
        if found is not None and found[0] not in seen:
            seen.add(found[0])
            yield found


def volume(item: object) -> tuple[str, dict[str, Any]] | None:
    """Id and content."""
    if not isinstance(item, dict):
        return None
    record, info = cleaning.line(item.get("id"), LONGEST_NAME), item.get("volumeInfo")
    return (record, info) if record and isinstance(info, dict) else None


def isbns_of(info: dict[str, Any]) -> list[Isbn]:
    """Its ISBNs, those of thirteen digits first."""
    told = info.get("industryIdentifiers")
    identifiers = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    of_kind = {kind: [one.get("identifier") for one in identifiers if one.get("type") == kind]
               for kind in ("ISBN_13", "ISBN_10")}  # fmt: skip
    return cleaning.isbns([*of_kind["ISBN_13"], *of_kind["ISBN_10"]])


def book_of(record: str, info: dict[str, Any], isbn: Isbn) -> ExternalBook | None:
    """The edition with that ISBN; None without a title."""
    title = cleaning.title(info.get("title"))
    if title is None:
        return None
    return ExternalBook(
        isbn=isbn,
        title=title,
        source=NAME,
        source_id=record,
        authors=cleaning.names(info.get("authors")),
        publisher=cleaning.line(info.get("publisher"), LONGEST_NAME),
        published_date=cleaning.published(info.get("publishedDate")),
        language=cleaning.language(info.get("language")),
        pages=cleaning.pages(info.get("pageCount")),
        description=cleaning.prose(info.get("description")),
        categories=cleaning.subjects(info.get("categories")),
        cover=_cover(info.get("imageLinks")),
    )


def _cover(links: object) -> str | None:
    if not isinstance(links, dict):
        return None
    return next((found for size in _PICTURES if (found := cleaning.picture(links.get(size)))), None)
