"""Between documents and their rows, both ways."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from adapters.postgres.database import Row
from application.search.document import Versioned, WorkDocument
from domain.shared.ids import WorkId

# The columns of a document, with their types; the lists behind the others.
PLAIN: Final = {
    "on_sale": "boolean",
    "title": "text",
    "series": "text",
    "title_words": "text",
    "author_words": "text",
    "series_words": "text",
    "description_words": "text",
    "min_price": "integer",
    "year": "smallint",
    "released": "integer",
    "rating": "smallint",
    "rating_count": "integer",
    "stars": "smallint",
    "sold": "integer",
    "available": "boolean",
}
LISTS: Final = {
    "authors": "text[]",
    "author_keys": "text[]",
    "isbns": "text[]",
    "categories": "text[]",
    "formats": "text[]",
    "languages": "text[]",
    "price_ranges": "text[]",
    "prices": "integer[]",
}
SEPARATOR: Final = "\x1f"  # stands in no name; text is split far faster than an array is written for COPY
FINGERPRINT_BYTES: Final = 16  # two pictures of one work agree by chance once in 2^128
_encode: Final = msgspec.msgpack.Encoder().encode


def fingerprint(document: WorkDocument) -> bytes:
    """Equal documents have equal ones. A new field changes all of them, so that a recheck fills it."""
    return hashlib.blake2b(_encode(document), digest_size=FINGERPRINT_BYTES).digest()


def document_row(document: WorkDocument, mark: bytes) -> Sequence[object]:
    """Id, fingerprint, and the columns in their order, each list as one text."""
    plain = (getattr(document, name) for name in PLAIN)
    lists = (SEPARATOR.join(map(str, getattr(document, name))) for name in LISTS)
    return (document.work_id, mark, *plain, *lists)


def versioned_from(row: Row) -> Versioned:
    """The document at its version, with what it is about where that is known."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in PLAIN}
    lists = {name: tuple(getattr(row, name)) for name in LISTS}
    document = WorkDocument(work_id=WorkId(row.work_id), **(columns | lists))
    return Versioned(document, row.version, row.ordinal, row.vector)
