"""Look through the authors."""

from application.books.bibliography import AuthorList, Bibliography, PageQuery, beginning_of_key


class ListAuthors:
    """Anybody may look through the authors of what is on sale, in the alphabet of their names as printed
    ("Jane Austen" under J), from a beginning of the name on: case, accents and punctuation aside.
    """

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography

    async def __call__(self, beginning: str, page: PageQuery) -> AuthorList:
        """Raises `InvalidInput` for a foreign cursor."""
        return await self._bibliography.authors(beginning_of_key(beginning), page)
