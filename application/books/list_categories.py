"""See the shelves."""

from collections.abc import Sequence

from application.books.catalogue import Catalogue
from domain.books.category import Category


class ListCategories:
    """Anybody may see how the shop is arranged: top-level categories, and those under them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def __call__(self) -> Sequence[Category]:
        """All of them, each after its parent."""
        return await self._catalogue.list_categories()
