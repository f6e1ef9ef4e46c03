"""From rows to what readers see of books."""

from adapters.postgres.database import Row
from application.books.catalogue import (
    Availability,
    BookDetail,
    BookSummary,
    Rating,
    RatingDetail,
    SiblingEdition,
)
from domain.books.work import Series
from domain.reviews.rating import PLACES, StarCounts
from domain.shared.edition_format import Format
from domain.shared.money import Money


def summary_from(row: Row) -> BookSummary:
    """A line in a list."""
    return BookSummary(
        book_id=row.id,
        work_id=row.work_id,
        isbn=row.isbn,
        title=row.title,
        authors=row.authors,
        format=Format(row.format),
        price=Money(row.price, row.currency),
        in_stock=row.in_stock,
        rating=Rating.of(row.rating_stars, row.rating_count),
        published_date=row.published_date,
        language=row.language,
        cover=row.cover,
    )


def detail_from(row: Row, siblings: list[Row]) -> BookDetail:
    """A book's page."""
    return BookDetail(
        book_id=row.id,
        work_id=row.work_id,
        version=row.version,
        isbn=row.isbn,
        title=row.title,
        authors=row.authors,
        format=Format(row.format),
        price=Money(row.price, row.currency),
        availability=Availability(row.in_stock, row.available),
        rating=RatingDetail.of(_counts(row)),
        description=row.description,
        publisher=row.publisher,
        published_date=row.published_date,
        language=row.language,
        pages=row.pages,
        weight_grams=row.weight_grams,
        cover=row.cover,
        categories=row.categories,
        series=Series(row.series_name, row.series_number) if row.series_name else None,
        author_keys=row.author_keys,
        series_key=row.series_key,
        first_published=row.first_published,
        original_language=row.original_language,
        details=row.details,
        editions=[_sibling(sibling) for sibling in siblings],
    )


def _counts(row: Row) -> StarCounts:
    return StarCounts(**{place: getattr(row, place) or 0 for place in PLACES})


def _sibling(row: Row) -> SiblingEdition:
    return SiblingEdition(
        book_id=row.id,
        isbn=row.isbn,
        format=Format(row.format),
        price=Money(row.price, row.currency),
        in_stock=row.in_stock,
    )
