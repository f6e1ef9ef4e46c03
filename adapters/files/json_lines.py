"""JSON Lines: one edition a line, in the shape of POST /v1/books, with `stock` for the copies
and `sold` for those sold elsewhere before.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import msgspec

from adapters.files.source import Source
from application.books.catalogue_files import FileRow
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import Series, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from domain.shared.money import Money

LONGEST_LINE: Final = 1_000_000  # characters; a line beyond it is another kind of file


class _Price(msgspec.Struct, forbid_unknown_fields=True):
    amount: int
    currency: str


class _Series(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    number: str | None = None


class _Line(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    title: str
    authors: list[str]
    isbn: str
    format: Format
    price: _Price
    categories: list[str] = []
    description: str | None = None
    publisher: str | None = None
    published_date: date | None = None
    language: str | None = None
    pages: int | None = None
    weight_grams: int | None = None
    cover: str | None = None
    details: dict[str, Any] = {}
    series: _Series | None = None
    first_published: int | None = None
    original_language: str | None = None
    stock: int = 0
    sold: int = 0

    def entry(self) -> CatalogueEntry:
        """Raises InvalidInput naming the field."""
        return CatalogueEntry(
            work=WorkFacts(
                title=self.title.strip(),
                authors=tuple(name.strip() for name in self.authors),
                language=self.original_language,
                first_published=self.first_published,
                series=Series(self.series.name, self.series.number) if self.series else None,
                description=self.description,
            ),
            isbn=Isbn.parse(self.isbn),
            format=self.format,
            edition=EditionFacts(
                title=self.title.strip(),
                publisher=self.publisher,
                published_date=self.published_date,
                language=self.language,
                pages=self.pages,
                weight_grams=self.weight_grams,
                cover=self.cover,
                categories=tuple(self.categories),
                details=self.details,
            ),
            price=Money(self.price.amount, self.price.currency),
            stock=self.stock,
            sold=self.sold,
        )


_decode: Final = msgspec.json.Decoder(_Line).decode


class JsonLines:
    """A `CatalogueFile`."""

    columns = ("row",)

    def __init__(self, source: Source) -> None:
        self.source = source
        self.fingerprint = source.fingerprint

    def rows(self) -> Iterator[FileRow]:
        """Blank lines are passed over."""
        line = 0
        while text := self.source.text.readline(LONGEST_LINE):
            line += 1
            if text.strip():
                yield _row(line, text.strip())

    def close(self) -> None:
        """Let go of the file."""
        self.source.close()


def _row(line: int, text: str) -> FileRow:
    try:
        return FileRow(line, (text,), _decode(text).entry())
    except InvalidInput as wrong:
        return FileRow(line, (text,), None, f"{wrong.field}: {wrong.message}")
    except (msgspec.DecodeError, UnicodeEncodeError) as wrong:
        return FileRow(line, (text,), None, str(wrong))
