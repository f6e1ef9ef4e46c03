"""From rows to what readers see of works and series."""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.postgres.database import Row
from application.books.bibliography import SeriesEntry, WorkDetail, WorkEdition, WorkSummary
from application.books.catalogue import Rating
from domain.books.work import Series
from domain.shared.edition_format import Format
from domain.shared.money import Money


def work_from(row: Row, editions: Sequence[Row]) -> WorkSummary:
    """A work in a list."""
    return WorkSummary(**_facts(row, editions))


def detail_from(row: Row, editions: Sequence[Row]) -> WorkDetail:
    """A work's own page."""
    return WorkDetail(**_facts(row, editions), description=row.description)


def series_entry_from(key: str, row: Row) -> SeriesEntry:
    """A series in a list."""
    return SeriesEntry(
        series_key=key, name=row.name, author=row.author, author_key=row.author_key, works=row.works
    )


def _facts(row: Row, editions: Sequence[Row]) -> Mapping[str, Any]:
    return {
        "work_id": row.id,
        "title": row.title,
        "authors": row.authors,
        "author_keys": row.author_keys,
        "series": Series(row.series_name, row.series_number) if row.series_name else None,
        "series_key": row.series_key,
        "rating": _rating(editions),
        "first_published": row.first_published,
        "original_language": row.language,
        "editions": [_edition(edition) for edition in editions],
    }


def _rating(editions: Sequence[Row]) -> Rating:
    """Each edition tells its work's; none is left where the last was withdrawn a moment ago."""
    return next((Rating.of(row.rating_stars, row.rating_count) for row in editions), Rating.of(0, 0))


def _edition(row: Row) -> WorkEdition:
    return WorkEdition(
        book_id=row.id,
        isbn=row.isbn,
        title=row.title,
        format=Format(row.format),
        price=Money(row.price, row.currency),
        in_stock=row.in_stock,
        publisher=row.publisher,
        published_date=row.published_date,
        language=row.language,
        cover=row.cover,
    )
