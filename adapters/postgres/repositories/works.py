"""Works in PostgreSQL, and the shelves of the shop."""

from typing import Final

from psycopg.errors import UniqueViolation
from sqlalchemy import bindparam, insert, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.book_rows import author_columns, work_from, work_row
from adapters.postgres.statement import Statement
from adapters.postgres.tables.books import works
from domain.books.category import Category, CategoryTree
from domain.books.errors import DuplicateWork, WorkNotFound
from domain.books.work import Work
from domain.shared.ids import WorkId

_SELECT: Final = """
SELECT w.*, ARRAY(SELECT name FROM work_authors WHERE work_id = w.id ORDER BY position) AS authors
FROM works w WHERE
"""
_LOAD: Final = Statement(f"{_SELECT} w.id = %(id)s FOR NO KEY UPDATE")
_BY_KEY: Final = Statement(f"{_SELECT} w.key = %(key)s")
_ADD: Final = Statement(insert(works))
_MUTABLE: Final = (
    "key",
    "title",
    "language",
    "first_published",
    "series_name",
    "series_number",
    "series_key",
    "series_place",
    "description",
)
_SAVE: Final = Statement(
    update(works)
    .where(works.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE})
)
_FORGET_AUTHORS: Final = Statement("DELETE FROM work_authors WHERE work_id = %(id)s")
_CREDIT: Final = Statement("""
INSERT INTO work_authors (work_id, position, name, key)
SELECT %(id)s, a.position, a.name, a.key
FROM unnest(%(names)s::text[], %(keys)s::text[]) WITH ORDINALITY AS a (name, key, position)
""")
# Every edition's page shows the work's facts: whoever read one of them before must read it again.
_RENEW_EDITIONS: Final = Statement("UPDATE books SET version = version + 1 WHERE work_id = %(id)s")
_TREE: Final = Statement("SELECT slug, name, parent FROM categories ORDER BY position")


class PostgresWorks:
    """The `Works` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, work_id: WorkId) -> Work:
        """Load and lock. Lock works before books, as imports do: then nobody waits in a circle."""
        row = await self._connection.one(_LOAD, id=work_id)
        if row is None:
            raise WorkNotFound("There is no such work.")
        return work_from(row)

    async def by_key(self, key: str) -> Work | None:
        """One indexed read, without a lock."""
        row = await self._connection.one(_BY_KEY, key=key)
        return None if row is None else work_from(row)

    async def add(self, work: Work) -> None:
        """The work and who is credited for it."""
        await self._write(_ADD, work, work_row(work))

    async def save(self, work: Work) -> None:
        """What was revised, if anything was."""
        events = work.drain_events()
        if not events:
            return
        row = work_row(work)
        await self._connection.run(_FORGET_AUTHORS, id=work.id)
        new = {f"new_{name}": row[name] for name in _MUTABLE}
        await self._write(_SAVE, work, {"of_id": work.id, **new})
        await self._connection.run(_RENEW_EDITIONS, id=work.id)
        await write_events(self._connection, events)

    async def _write(self, statement: Statement, work: Work, values: dict[str, object]) -> None:
        try:
            await self._connection.run(statement, **values)
        except UniqueViolation as taken:
            raise DuplicateWork("There is a work with this title and these authors already.") from taken
        await self._connection.run(_CREDIT, id=work.id, **author_columns(work.facts.authors))


class PostgresCategories:
    """The `Categories` port."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def tree(self) -> CategoryTree:
        """A few dozen rows."""
        rows = await self._connection.all(_TREE)
        return CategoryTree([Category(row.slug, row.name, row.parent) for row in rows])
