"""Look at an author."""

from application.books.bibliography import AuthorPage, Bibliography, PageQuery, WorkSort


class ReadAuthor:
    """Anybody may see what is on sale by an author, alone or with others: works with their editions and
    series, what sells most or what is newest first, a page at a time.
    """

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography

    async def __call__(self, author_key: str, sort: WorkSort, page: PageQuery) -> AuthorPage:
        """Raises `AuthorNotFound`, and `InvalidInput` for a foreign cursor."""
        return await self._bibliography.author(author_key, sort, page)
