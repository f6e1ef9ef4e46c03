"""Between books, works and their rows, both ways."""

from collections.abc import Sequence

from psycopg.types.json import Jsonb

from adapters.postgres.database import Row
from domain.books.book import Book
from domain.books.edition import EditionFacts
from domain.books.text import matching_key, sorting_key
from domain.books.work import Series, Work, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.ids import BookId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money


def edition_row(facts: EditionFacts) -> dict[str, object]:
    """The columns that staff may correct."""
    return {
        "title": facts.title,
        "sorting_key": sorting_key(facts.title),
        "publisher": facts.publisher,
        "published_date": facts.published_date,
        "language": facts.language,
        "pages": facts.pages,
        "weight_grams": facts.weight_grams,
        "cover": facts.cover,
        "details": Jsonb(dict(facts.details)),
    }


def book_row(book: Book) -> dict[str, object]:
    """All columns of an edition; its categories are rows of their own."""
    return {
        "id": book.id,
        "work_id": book.work_id,
        "isbn": book.isbn.value,
        "format": book.format.value,
        "price": book.price.amount,
        "currency": book.price.currency,
        "version": book.version,
        "withdrawn_at": book.withdrawn_at,
        **edition_row(book.facts),
    }


def book_from(row: Row) -> Book:
    """The aggregate; the row brings its categories in order."""
    return Book(
        id=BookId(row.id),
        work_id=WorkId(row.work_id),
        isbn=Isbn(row.isbn),
        format=Format(row.format),
        facts=EditionFacts(
            title=row.title,
            publisher=row.publisher,
            published_date=row.published_date,
            language=row.language,
            pages=row.pages,
            weight_grams=row.weight_grams,
            cover=row.cover,
            categories=tuple(row.categories),
            details=row.details,
        ),
        price=Money(row.price, row.currency),
        version=row.version,
        withdrawn_at=row.withdrawn_at,
    )


def work_row(work: Work) -> dict[str, object]:
    """The columns of a work; its authors are rows of their own."""
    facts = work.facts
    return {
        "id": work.id,
        "key": facts.key,
        "title": facts.title,
        "language": facts.language,
        "first_published": facts.first_published,
        "series_name": facts.series.name if facts.series else None,
        "series_number": facts.series.number if facts.series else None,
        "series_key": facts.series_key,
        "series_place": facts.series_place,
        "description": facts.description,
    }


def author_columns(authors: Sequence[str]) -> dict[str, list[str]]:
    """The authors in order, a list for each column."""
    return {"names": list(authors), "keys": [matching_key(name) for name in authors]}


def work_from(row: Row) -> Work:
    """The aggregate; the row brings its authors in order."""
    series = Series(row.series_name, row.series_number) if row.series_name else None
    return Work(
        id=WorkId(row.id),
        facts=WorkFacts(
            title=row.title,
            authors=tuple(row.authors),
            language=row.language,
            first_published=row.first_published,
            series=series,
            description=row.description,
        ),
    )
