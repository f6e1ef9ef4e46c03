"""What works are about, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime

from adapters.postgres.database import Database, Row
from adapters.postgres.search import embeddings_sql as sql
from adapters.postgres.search.renewal_sql import TAKE_TURN
from application.search.work_embeddings import EmbeddedWork, Standing, ToldWork
from domain.search.meaning import told
from domain.shared.ids import WorkId


class PostgresWorkEmbeddings:
    """The `WorkEmbeddings` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def changed(self, model: str, after: int, limit: int) -> Sequence[ToldWork]:
        """One statement."""
        rows = await self._database.all(sql.CHANGED, model=model, after=after, limit=limit)
        return [_told_work(row) for row in rows]

    async def keep(self, model: str, works: Sequence[EmbeddedWork], at: datetime) -> None:
        """Renewals of documents wait for the last two statements alone."""
        async with self._database.transaction() as connection:
            noted = await connection.all(
                sql.NOTE,
                model=model,
                works=[work.work_id for work in works],
                versions=[work.version for work in works],
                hashes=[work.content_hash for work in works],
            )
            newest = {row.work_id for row in noted}
            new = [work for work in works if work.embedding is not None and work.work_id in newest]
            if not new:
                return
            await connection.run_many(
                sql.PUT,
                [
                    {"work_id": work.work_id, "embedding": list(work.embedding or ())}
                    for work in sorted(new, key=lambda work: work.work_id)
                ],
            )
            await connection.run(TAKE_TURN)
            await connection.run(sql.ADVANCE, works=[work.work_id for work in new], at=at)
            await connection.run(sql.WAIT_FOR_INDEX, works=[work.work_id for work in new], at=at)

    async def standing(self, model: str) -> Standing:
        """Reads both tables: seconds, with a million works."""
        row = await self._database.one(sql.STANDING, model=model)
        return Standing(row.works, row.embedded) if row else Standing(0, 0)


def _told_work(row: Row) -> ToldWork:
    series = " ".join(part for part in (row.series_name, row.series_number) if part)
    return ToldWork(
        work_id=WorkId(row.work_id),
        ordinal=row.ordinal,
        version=row.version,
        text=told(row.title, row.authors, series, row.categories, row.description),
        known=row.content_hash and bytes(row.content_hash),
    )
