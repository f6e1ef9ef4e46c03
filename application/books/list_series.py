"""Look through the series."""

from application.books.bibliography import Bibliography, PageQuery, SeriesList, beginning_of_key


class ListSeries:
    """Anybody may look through the series of which something is on sale, in the alphabet, from a beginning of
    the name on: case, accents and punctuation aside.
    """

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography

    async def __call__(self, beginning: str, page: PageQuery) -> SeriesList:
        """Raises `InvalidInput` for a foreign cursor."""
        return await self._bibliography.all_series(beginning_of_key(beginning), page)
