"""The search documents in PostgreSQL."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database
from adapters.postgres.search import documents_sql as sql
from adapters.postgres.search import renewal_sql
from adapters.postgres.search.document_rows import versioned_from
from adapters.postgres.search.renewal import renew_works
from application.search.document import Versioned
from application.search.ports import Backlog, Portion, Renewal
from domain.shared.ids import BookId, WorkId

# A document is dated when its renewal begins and seen when that has committed: what was dated up to this long
# before a rebuild may have been missed by it. Clocks of other machines differ by less.
LONGEST_RENEWAL: Final = timedelta(minutes=1)
DOCUMENTS_AT_ONCE: Final = 1_000  # a few megabytes
VERSIONS_AT_ONCE: Final = 10_000
_FIRST: Final = UUID(int=0)


class PostgresSearchDocuments:
    """The `SearchDocuments` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark(self, works: Sequence[WorkId], at: datetime) -> None:
        """One statement; a mark keeps the day it was first made."""
        async with self._database.connection() as connection:
            await connection.run(sql.MARK, works=list(works), at=at)

    async def mark_books(self, books: Sequence[BookId], at: datetime) -> None:
        """Withdrawn ones too: that is what may have changed."""
        async with self._database.connection() as connection:
            await connection.run(sql.MARK_BOOKS, books=list(books), at=at)

    async def mark_unknown(self, limit: int, at: datetime) -> int:
        """In the order of ids."""
        async with self._database.connection() as connection:
            return await connection.run(sql.MARK_UNKNOWN, limit=limit, at=at)

    async def renew(self, limit: int, at: datetime) -> Renewal:
        """Nobody who marks waits for this, but for the moment between deleting marks and the commit."""
        async with self._database.transaction() as connection:
            await connection.run(renewal_sql.TAKE_TURN)
            marks = await connection.all(renewal_sql.LONGEST_MARKED, limit=limit)
            if not marks:
                return Renewal(0)
            works = [row.work_id for row in marks]
            renewed = await renew_works(connection, works, at)
            await connection.run(renewal_sql.UNMARK, works=works, turns=[row.turn for row in marks])
        return Renewal(len(marks), [one.document.work_id for one in renewed if one.is_first])

    async def recheck(self, after: WorkId | None, limit: int, at: datetime) -> tuple[WorkId | None, int]:
        """A document that agrees is not written."""
        async with self._database.transaction() as connection:
            await connection.run(renewal_sql.TAKE_TURN)
            rows = await connection.all(renewal_sql.NEXT_WORKS, after=after or _FIRST, limit=limit)
            works = [WorkId(row.id) for row in rows]
            differed = len(await renew_works(connection, works, at)) if works else 0
        return (works[-1] if len(works) == limit else None), differed

    async def unindexed(self, limit: int) -> Portion:
        """Documents and generation of one snapshot."""
        rows = await self._database.all(sql.UNINDEXED, limit=limit)
        documents = [versioned_from(row) for row in rows if row.work_id is not None]
        return Portion(rows[0].generation, rows[0].collection, documents)

    async def indexed(self, generation: int, documents: Sequence[Versioned]) -> None:
        """What is no longer the newest goes on waiting."""
        async with self._database.connection() as connection:
            await connection.run(
                sql.INDEXED,
                generation=generation,
                works=[one.document.work_id for one in documents],
                versions=[one.version for one in documents],
            )

    async def begin_generation(self, collection: str, since: datetime) -> None:
        """Renewals stand still meanwhile: seconds, with a million works."""
        async with self._database.transaction() as connection:
            await connection.run(renewal_sql.TAKE_TURN)
            await connection.run(sql.NEW_GENERATION, collection=collection)
            await connection.run(sql.NOTHING_WAITS)
            await connection.run(sql.WAIT_ANEW, since=since - LONGEST_RENEWAL)

    async def forget_index(self, works: Sequence[WorkId]) -> None:
        """Those that wait already keep their place."""
        async with self._database.transaction() as connection:
            await connection.run(renewal_sql.TAKE_TURN)
            await connection.run(sql.LOST, works=list(works))

    async def everything(self) -> AsyncIterator[Sequence[Versioned]]:
        """In the order in which they came; what comes meanwhile is at the end."""
        after = 0
        while rows := await self._database.all(sql.PORTION, after=after, limit=DOCUMENTS_AT_ONCE):
            yield [versioned_from(row) for row in rows]
            after = rows[-1].ordinal

    async def confirmed(self) -> AsyncIterator[Sequence[tuple[WorkId, int]]]:
        """As `everything`."""
        after = 0
        while rows := await self._database.all(sql.CONFIRMED, after=after, limit=VERSIONS_AT_ONCE):
            yield [(WorkId(row.work_id), row.confirmed) for row in rows]
            after = rows[-1].ordinal

    async def on_sale(self, works: Sequence[WorkId]) -> Collection[WorkId]:
        """One indexed read."""
        return {row.work_id for row in await self._database.all(sql.ON_SALE, works=list(works))}

    async def backlog(self, *, indexed: bool = True) -> Backlog:
        """A work that is marked and waits counts once."""
        row = await self._database.one(sql.BACKLOG, indexed=indexed)
        return Backlog(row.works, row.oldest) if row else Backlog(0, None)

    async def count(self) -> int:
        """Tombstones do not count."""
        row = await self._database.one(sql.COUNT)
        return row.works if row else 0
