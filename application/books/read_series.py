"""Look at a series."""

from application.books.bibliography import Bibliography, PageQuery, SeriesPage


class ReadSeries:
    """Anybody may see what is on sale of a series, in reading order: numbers as numbers (1, 2, 3.5, 10), then
    words ("Prequel"), then works without a place. Series of the same name by other authors are series of
    their own, and are pointed to.
    """

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography

    async def __call__(self, series_key: str, page: PageQuery) -> SeriesPage:
        """Raises `SeriesNotFound`, and `InvalidInput` for a foreign cursor."""
        return await self._bibliography.series(series_key, page)
