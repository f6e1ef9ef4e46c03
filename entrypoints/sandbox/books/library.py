"""What the stand-in knows: the shipped books, and one more edition of each work that no shop here sells."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from adapters.files.shipped_catalogue import UNASSIGNED_GROUP, ShippedCatalogue, ShippedWork, editions
from domain.books.entry import CatalogueEntry
from domain.books.text import matching_key
from domain.shared.isbn import Isbn, isbn13_check_digit

ELSEWHERE: Final = "Elsewhere Press"
ANOTHER: Final = "978"  # where a wrong ISBN comes from: no book here begins with it


@dataclass(frozen=True, slots=True)
class Volume:
    """One edition. `number` is its place in the library; `words` are those it is found by."""

    number: int
    isbn: Isbn
    title: str
    authors: tuple[str, ...]
    publisher: str
    published: str
    language: str
    pages: int | None
    description: str
    subjects: tuple[str, ...]
    words: frozenset[str]

    @property
    def id(self) -> str:
        """Twelve letters, as Google's ids have."""
        return base64.urlsafe_b64encode(hashlib.sha256(self.isbn.value.encode()).digest())[:12].decode()

    @property
    def etag(self) -> str:
        """Equal contents, equal tag."""
        return hashlib.sha256(f"{self.isbn}/{self.description}".encode()).hexdigest()[:11]


class Library:
    """Every volume; the same on every machine."""

    def __init__(self) -> None:
        self._volumes = list(_volumes())
        self._by_isbn = {volume.isbn: volume for volume in self._volumes}
        self._by_id = {volume.id: volume for volume in self._volumes}

    def by_isbn(self, isbn: Isbn) -> Volume | None:
        """The edition with that number."""
        return self._by_isbn.get(isbn)

    def by_id(self, id_: str) -> Volume | None:
        """The edition Google would call that."""
        return self._by_id.get(id_)

    def search(self, words: str, most: int) -> list[Volume]:
        """Those that bear every word, in title or author."""
        wanted = set(matching_key(words).split("-")) - {""}
        found = (volume for volume in self._volumes if wanted and wanted <= volume.words)
        return [volume for volume, _ in zip(found, range(most), strict=False)]

    def another(self, than: Volume) -> Isbn:
        """A right ISBN of no book here."""
        stem = ANOTHER + than.isbn.value[3:12]
        return Isbn(stem + isbn13_check_digit(stem))


def _volumes() -> Iterator[Volume]:
    number = 0
    for work in ShippedCatalogue().works():
        for entry in editions(work):
            number += 1
            yield _sold_here(number, work, entry)
        number += 1
        yield _from_elsewhere(number, work)


def _sold_here(number: int, work: ShippedWork, entry: CatalogueEntry) -> Volume:
    facts = entry.edition
    return _volume(
        number,
        work,
        entry.isbn,
        publisher=facts.publisher or "",
        published=facts.published_date.isoformat() if facts.published_date else "",
        pages=facts.pages,
    )


def _from_elsewhere(number: int, work: ShippedWork) -> Volume:
    digest = hashlib.sha256(f"elsewhere/{work.facts().key}".encode()).digest()
    stem = f"{UNASSIGNED_GROUP}{int.from_bytes(digest[:8]) % 10**8:08d}"
    isbn = Isbn(stem + isbn13_check_digit(stem))
    pages, year = 80 + digest[8], 1950 + digest[9] % 70
    return _volume(number, work, isbn, publisher=ELSEWHERE, published=str(year), pages=pages)


def _volume(
    number: int, work: ShippedWork, isbn: Isbn, *, publisher: str, published: str, pages: int | None
) -> Volume:
    spoken = " ".join((work.title, *work.authors))
    return Volume(
        number=number,
        isbn=isbn,
        title=work.title,
        authors=work.authors,
        publisher=publisher,
        published=published,
        language="en",
        pages=pages,
        description=work.description,
        subjects=tuple(slug.replace("-", " ").capitalize() for slug in work.categories),
        words=frozenset(matching_key(spoken).split("-")),
    )
