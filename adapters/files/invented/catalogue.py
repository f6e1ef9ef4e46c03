"""A made-up catalogue of any size: the same for the same seed, on every machine."""

import hashlib
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from adapters.files.invented.authors import Authors
from adapters.files.invented.editions import Press
from adapters.files.invented.numbers import Numbers
from adapters.files.invented.tongue import tongues
from adapters.files.invented.works import works
from application.books.catalogue_files import FileRow
from domain.books.category import Category
from domain.books.entry import CatalogueEntry

MAKING: Final = "octavo-invented-1"  # change it when the same seed comes to mean other books


class InventedCatalogue:
    """A `CatalogueFile`. A larger one of a seed begins with the smaller ones, book by book."""

    columns = ("row",)

    def __init__(self, books: int, seed: int, shelves: Sequence[Category]) -> None:
        self.books = books
        self.fingerprint = hashlib.sha256(f"{MAKING}/{seed}/{books}".encode()).hexdigest()
        self._seed = seed
        self._shelves = shelves

    def rows(self) -> Iterator[FileRow]:
        """So many editions."""
        for number, entry in zip(range(1, self.books + 1), self._entries(), strict=False):
            yield FileRow(number, (), entry)

    def _entries(self) -> Iterator[CatalogueEntry]:
        dice, spoken = Random(f"{MAKING}/{self._seed}"), tongues()
        press, number = Press(spoken, Numbers(self._seed)), 0
        for work in works(Authors(spoken, self._shelves), dice):
            for entry in press.editions(work, number, dice):
                yield entry
                number += 1
