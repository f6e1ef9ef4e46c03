"""Takes in books by the thousand: COPY into a temporary table, then a few statements over all of it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import datetime
from uuid import UUID

from adapters.postgres import catalogue_sql as sql
from adapters.postgres.database import Connection, Database
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.staged_rows import staged_row
from adapters.postgres.repositories.works import PostgresCategories
from application.books.catalogue_files import Batch, Staged, Tally
from domain.books.category import Category, CategoryTree
from domain.books.entry import CatalogueEntry
from domain.books.events import BooksImported
from domain.shared.errors import StaleVersion
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn


class PostgresCatalogueLoader:
    """The `CatalogueLoader` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def shelve(self, shelves: Sequence[Category], *, rehearsal: bool) -> CategoryTree:
        """Those that are there keep their names."""
        async with self._batch(undone=rehearsal) as connection:
            await _shelve(connection, shelves)
            return await PostgresCategories(connection).tree()

    async def begin(self, fingerprint: str) -> Tally:
        """Goes on with what is unfinished, and begins anew with what is finished."""
        async with self._database.transaction() as connection:
            await connection.run(sql.BEGIN, fingerprint=fingerprint)
            row = await connection.one(sql.STANDING, fingerprint=fingerprint)
        return Tally(*row) if row else Tally()

    async def conflicts(self, entries: Sequence[CatalogueEntry]) -> Mapping[Isbn, str]:
        """An ISBN that is there in another format."""
        rows = await self._database.all(
            sql.CONFLICTS,
            isbns=[entry.isbn.value for entry in entries],
            formats=[entry.format.value for entry in entries],
        )
        return {
            Isbn(row.isbn): f"format: {row.isbn} is in the catalogue as {row.format}; that is another book."
            for row in rows
        }

    async def load(self, fingerprint: str, batch: Batch, tally: Tally, at: datetime) -> Tally:
        """One transaction: books, copies, event and checkpoint."""
        async with self._batch() as connection:
            after, touched = await _take_in(connection, batch, tally, at)
            noted = await connection.run(
                sql.NOTE, fingerprint=fingerprint, from_line=tally.line, **asdict(after)
            )
            if noted == 0:
                raise StaleVersion("Another import of this file is running; let it finish.")
            if touched:
                told = BooksImported(
                    aggregate_id=UUID(hex=fingerprint[:32]), occurred_at=at, book_ids=tuple(touched)
                )
                await write_events(connection, [told])
        return after

    async def rehearse(self, shelves: Sequence[Category], batch: Batch, tally: Tally, at: datetime) -> Tally:
        """As `load`, then rolled back."""
        async with self._batch(undone=True) as connection:
            await _shelve(connection, shelves)
            after, _ = await _take_in(connection, batch, tally, at)
        return after

    async def finish(self, fingerprint: str, at: datetime) -> None:
        """Nothing is left to go on with."""
        async with self._database.connection() as connection:
            await connection.run(sql.FINISH, fingerprint=fingerprint, at=at)

    @asynccontextmanager
    async def _batch(self, *, undone: bool = False) -> AsyncIterator[Connection]:
        async with (
            self._database.connection() as connection,
            connection.raw.transaction(force_rollback=undone),
        ):
            await connection.run(sql.TAKE_TURN)
            yield connection


async def _shelve(connection: Connection, shelves: Sequence[Category]) -> None:
    await connection.run(
        sql.SHELVE,
        slugs=[shelf.slug for shelf in shelves],
        names=[shelf.name for shelf in shelves],
        parents=[shelf.parent for shelf in shelves],
    )


async def _take_in(
    connection: Connection, batch: Batch, tally: Tally, at: datetime
) -> tuple[Tally, list[BookId]]:
    await _stage(connection, batch.staged)
    await connection.run(sql.LOCK_WORKS)
    await connection.run(sql.FOUND_WORKS)
    revised = [row.id for row in await connection.all(sql.REVISE_WORKS)]
    changed = [row.id for row in await connection.all(sql.CHANGE_BOOKS, revised=revised)]
    if changed:
        await connection.run(sql.FORGET_SHELVES, ids=changed)
        await connection.run(sql.SHELVE_ANEW, ids=changed)
    sisters = await connection.all(sql.RENEW_SISTERS, revised=revised, ids=changed) if revised else []
    added = [row.id for row in await connection.all(sql.ADD_BOOKS, at=at)]
    after = replace(
        tally,
        line=batch.line,
        added=tally.added + len(added),
        changed=tally.changed + len(changed),
        unchanged=tally.unchanged + len(batch.staged) - len(added) - len(changed),
        rejected=tally.rejected + batch.rejected,
    )
    return after, [*added, *changed, *(row.id for row in sisters)]


async def _stage(connection: Connection, staged: Sequence[Staged]) -> None:
    await connection.raw.execute(sql.STAGE)
    async with connection.raw.cursor() as cursor, cursor.copy(sql.FILL) as copy:
        for item in staged:
            await copy.write_row(staged_row(item))
