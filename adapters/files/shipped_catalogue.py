"""The catalogue that comes with the shop: real works, and editions of them that we made up.

The works are in the public domain, and what `shipped/works.jsonl` says of them is true. Nobody prints these
editions: publisher, dates, pages, prices and copies are generated, and each book's `details.generated` says
so. Their ISBNs have right check digits but lie in 979-9, a group that the International ISBN Agency has not
assigned, so that none of them is the number of a real book.
"""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from adapters.files.generated import MINUTES_A_PAGE, SEED, dice, some_copies, some_price, weight_grams
from adapters.files.source import UnusableFile
from application.books.catalogue_files import FileRow
from domain.books.category import Category
from domain.books.edition import EditionFacts
from domain.books.entry import CatalogueEntry
from domain.books.work import Series, WorkFacts
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money

FOLDER: Final = Path(__file__).parent / "shipped"
PUBLISHER: Final = "Octavo Classics"
UNASSIGNED_GROUP: Final = "9799"
GENERATED: Final = ["isbn", "published_date", "pages", "weight_grams", "price", "stock"]
# Pages of a printed edition, by the rough length of the work.
PAGES: Final = {"short": (48, 161), "medium": (176, 353), "long": (368, 593), "very long": (608, 1217)}
# Percent of works that come in each format.
FREQUENCY: Final = {Format.PAPERBACK: 100, Format.EBOOK: 100, Format.HARDCOVER: 65, Format.AUDIOBOOK: 35}
FIRST_DAY: Final = date(2010, 1, 1)
DAYS: Final = 5_800  # to the end of 2025


class ShippedWork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of works.jsonl. `year` is that of first publication, negative before our era and approximate
    for the ancients; `length` is rough.
    """

    title: str
    authors: tuple[str, ...]
    year: int
    language: str
    categories: tuple[str, ...]
    length: str
    description: str
    series: str | None = None
    number: str | None = None

    def facts(self) -> WorkFacts:
        """As the catalogue keeps them."""
        return WorkFacts(
            title=self.title,
            authors=self.authors,
            language=self.language,
            first_published=self.year,
            series=Series(self.series, self.number) if self.series else None,
            description=self.description,
        )


class ShippedCatalogue:
    """A `CatalogueFile`, the same every time."""

    columns = ("row",)

    def __init__(self) -> None:
        self._text = (FOLDER / "works.jsonl").read_bytes()
        self.fingerprint = hashlib.sha256(self._text + SEED.encode()).hexdigest()

    def works(self) -> list[ShippedWork]:
        """All works, by author."""
        return msgspec.json.Decoder(ShippedWork).decode_lines(self._text)

    def rows(self) -> Iterator[FileRow]:
        """Every edition of every work; a work's editions share its line."""
        number = 0
        for work in self.works():
            for entry in editions(work):
                number += 1
                yield FileRow(number, (), entry)


class NothingRefused:
    """The `Rejects` port for a catalogue that has no bad row, as tests prove."""

    def forget_after(self, line: int) -> None:
        """There is nothing to forget."""

    def add(self, row: FileRow, reason: str) -> None:
        """Stop: the package is damaged, or the shop has such a number for another book."""
        raise UnusableFile(f"Row {row.line} of this catalogue cannot be taken in: {reason}")

    def flush(self) -> None:
        """There is nothing to write."""


def shipped_shelves() -> Sequence[Category]:
    """Every category of the shipped catalogue, parents first."""
    with (FOLDER / "categories.csv").open(encoding="utf-8", newline="") as file:
        return [Category(row["slug"], row["name"], row["parent"] or None) for row in csv.DictReader(file)]


def editions(work: ShippedWork) -> Iterator[CatalogueEntry]:
    """One to four, always the same for the same work."""
    facts = work.facts()
    pages = dice(facts.key).randrange(*PAGES[work.length], 8)  # printers bind sheets of eight leaves
    for kind, percent in FREQUENCY.items():
        thrown = dice(facts.key, kind)
        if thrown.randrange(100) < percent:
            yield CatalogueEntry(
                work=facts,
                isbn=_isbn(facts.key, kind),
                format=kind,
                edition=_edition(work, kind, pages, thrown),
                price=Money(some_price(thrown, kind), "USD"),
                stock=some_copies(thrown, kind),
            )


def _isbn(key: str, kind: Format) -> Isbn:
    digest = hashlib.blake2b(f"{SEED}/{key}/{kind}".encode(), digest_size=8).digest()
    stem = f"{UNASSIGNED_GROUP}{int.from_bytes(digest) % 10**8:08d}"
    return Isbn(stem + isbn13_check_digit(stem))


def _edition(work: ShippedWork, kind: Format, pages: int, thrown: Random) -> EditionFacts:
    spoken = {"minutes": pages * MINUTES_A_PAGE} if kind is Format.AUDIOBOOK else {}
    return EditionFacts(
        title=work.title,
        publisher=PUBLISHER,
        published_date=FIRST_DAY + timedelta(days=thrown.randrange(DAYS)),
        language="en",
        pages=None if kind is Format.AUDIOBOOK else pages,
        weight_grams=weight_grams(kind, pages),
        categories=work.categories,
        details={**spoken, "generated": GENERATED},
    )
