"""The categories, asked for at most every few seconds: every search may name one."""

from collections.abc import Callable, Sequence
from typing import Final

from application.books.catalogue import Catalogue
from domain.books.category import Category, CategoryTree

KNOWN_FOR: Final = 5.0  # seconds until a new shelf is found by its name


class Shelves:
    """A memory of the shop's categories."""

    def __init__(self, catalogue: Catalogue, seconds: Callable[[], float]) -> None:
        """`seconds` is a clock that never goes back."""
        self._catalogue = catalogue
        self._seconds = seconds
        self._categories: Sequence[Category] = ()
        self._until = float("-inf")

    async def __call__(self) -> Sequence[Category]:
        """All of them, parents first."""
        if self._until <= self._seconds():
            self._categories = await self._catalogue.list_categories()
            self._until = self._seconds() + KNOWN_FOR
        return self._categories

    async def demand(self, slug: str) -> None:
        """Raise `InvalidInput` for a category the shop does not have."""
        CategoryTree(await self()).with_children(slug)
