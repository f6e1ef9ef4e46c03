"""Browse the shop."""

from application.books.catalogue import BookPage, BookQuery, Catalogue


class ListBooks:
    """Anybody may leaf through the books on sale, in any of the orders offered, a page at a time. What was
    withdrawn is not shown.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    async def __call__(self, query: BookQuery) -> BookPage:
        """Raises `InvalidInput` for an unknown category or a foreign cursor."""
        return await self._catalogue.list_books(query)
