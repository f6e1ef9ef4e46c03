"""How many pages a work has, by its editions."""

from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.shared.ids import WorkId

# The median without halves: a length that some edition really has.
_PAGES: Final = Statement("""
SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY pages) AS pages FROM books
WHERE work_id = %(work_id)s AND pages IS NOT NULL
""")


class PostgresWorkLengths:
    """The `WorkLengths` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def pages(self, work_id: WorkId) -> int | None:
        """By the index of the work's editions."""
        row = await self._connection.one(_PAGES, work_id=work_id)
        return row.pages if row else None
