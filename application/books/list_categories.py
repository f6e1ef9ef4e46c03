"""See the shelves."""

from collections.abc import Sequence

from application.books.catalogue import Catalogue
from application.books.shelves import Shelf, ShelfCount, ShelfCounts


class ListCategories:
    """Anybody may see how the shop is arranged: top-level categories and those under them, each with the
    number of books and works on sale. A top-level category counts everything under it.
    """

    def __init__(self, catalogue: Catalogue, shelf_counts: ShelfCounts) -> None:
        self._catalogue = catalogue
        self._shelf_counts = shelf_counts

    async def __call__(self) -> Sequence[Shelf]:
        """All of them, each after its parent."""
        categories = await self._catalogue.list_categories()
        counts = await self._shelf_counts.by_slug()
        return [
            Shelf(
                slug=category.slug,
                name=category.name,
                parent=category.parent,
                children=[child.slug for child in categories if child.parent == category.slug],
                books=count.books,
                works=count.works,
            )
            for category in categories
            for count in (counts.get(category.slug, ShelfCount()),)
        ]
