"""Look at one work."""

from application.books.bibliography import Bibliography, WorkDetail
from domain.shared.ids import WorkId


class ReadWork:
    """Anybody may see a work with all its editions on sale, the cheapest first: where a search hit leads."""

    def __init__(self, bibliography: Bibliography) -> None:
        self._bibliography = bibliography

    async def __call__(self, work_id: WorkId) -> WorkDetail:
        """Raises `WorkNotFound`, also once its last edition was withdrawn."""
        return await self._bibliography.work(work_id)
