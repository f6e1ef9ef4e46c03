"""Works, authors and series as readers see them: plain reads, no locks."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final
from uuid import UUID

import msgspec

from adapters.postgres.database import Connection, Database, Row
from adapters.postgres.queries import bibliography_sql as sql
from adapters.postgres.queries.bibliography_views import detail_from, series_entry_from, work_from
from adapters.postgres.queries.cursors import Cursor, Key
from adapters.postgres.statement import Statement
from application.books.bibliography import (
    AuthorEntry,
    AuthorList,
    AuthorPage,
    PageQuery,
    SeriesEntry,
    SeriesList,
    SeriesPage,
    WorkDetail,
    WorkSort,
    WorkSummary,
)
from domain.books.errors import AuthorNotFound, SeriesNotFound, WorkNotFound
from domain.books.reading_order import series_stem
from domain.shared.ids import WorkId

_Sum = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_Year = Annotated[int, msgspec.Meta(ge=-10_000, le=10_000)]
MOST_NAMESAKES: Final = 10  # a name that more series share says nothing
BEYOND_ALL: Final = "\U0010ffff"  # sorts behind every letter
NO_YEAR: Final = -9_999  # works whose year nobody knows come last
_YEAR: Final = f"coalesce(min(w.first_published), extract(year FROM min(b.published_date))::int, {NO_YEAR})"
_KEYS: Final = {
    WorkSort.BESTSELLERS: ("", ("sum(b.sold_lately)", "sum(b.sold)")),
    WorkSort.NEWEST: ("JOIN works w ON w.id = a.work_id", (_YEAR,)),
}
_OF_AUTHOR: Final = {
    (sort, further): sql.of_author(join, keys, further=further)
    for sort, (join, keys) in _KEYS.items()
    for further in (False, True)
}
_OF_SERIES: Final = {further: sql.of_series(further=further) for further in (False, True)}
_AUTHORS: Final = Cursor("the list of authors", Key)
_ALL_SERIES: Final = Cursor("the list of series", Key)
_BY_AUTHOR: Final = {
    WorkSort.BESTSELLERS: Cursor("sort=bestsellers", _Sum, _Sum, UUID),
    WorkSort.NEWEST: Cursor("sort=newest", _Year, UUID),
}
_IN_SERIES: Final = Cursor("a series", Key, UUID)


class PostgresBibliography:
    """The `Bibliography` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def work(self, work_id: WorkId) -> WorkDetail:
        """Two indexed reads on one connection."""
        async with self._database.connection() as connection:
            row = await connection.one(sql.WORK, id=work_id)
            editions = await connection.all(sql.EDITIONS, works=[work_id])
        if row is None or not editions:
            raise WorkNotFound("There is no such work on sale.")
        return detail_from(row, editions)

    async def authors(self, beginning: str, page: PageQuery) -> AuthorList:
        """One statement."""
        rows, following = await self._keys(sql.AUTHORS, _AUTHORS, beginning, page)
        authors = [AuthorEntry(author_key=row.key, name=row.name, works=row.works) for row in rows]
        return AuthorList(authors, following)

    async def author(self, key: str, sort: WorkSort, page: PageQuery) -> AuthorPage:
        """The author with a page of works, then their editions."""
        after = _BY_AUTHOR[sort].read(page.cursor) if page.cursor else ()
        async with self._database.connection() as connection:
            found = await connection.all(
                _OF_AUTHOR[sort, bool(after)], key=key, limit=page.limit + 1, **_named(after)
            )
            if not found[0].works:
                raise AuthorNotFound("Nothing by this author is on sale.")
            rows = [row for row in found if row.id is not None]
            works = await _with_editions(connection, rows[: page.limit])
        last = rows[page.limit - 1] if len(rows) > page.limit else None
        following = _BY_AUTHOR[sort].write(*last[-len(_KEYS[sort][1]) :], last.id) if last else None
        return AuthorPage(
            author_key=key, name=found[0].name, works=found[0].works, items=works, next=following
        )

    async def all_series(self, beginning: str, page: PageQuery) -> SeriesList:
        """One statement."""
        rows, following = await self._keys(sql.ALL_SERIES, _ALL_SERIES, beginning, page)
        return SeriesList([series_entry_from(row.key, row) for row in rows], following)

    async def series(self, key: str, page: PageQuery) -> SeriesPage:
        """The series' figures, those of its namesakes, a page of works, their editions."""
        after = _IN_SERIES.read(page.cursor) if page.cursor else ()
        async with self._database.connection() as connection:
            told = await connection.one(sql.ONE_SERIES, key=key)
            if told is None or not told.works:
                raise SeriesNotFound("Nothing of this series is on sale.")
            rows = await connection.all(
                _OF_SERIES[bool(after)], key=key, limit=page.limit + 1, **_named(after)
            )
            works = await _with_editions(connection, rows[: page.limit])
            same_name = await _namesakes(connection, key, told.name)
        last = rows[page.limit - 1] if len(rows) > page.limit else None
        return SeriesPage(
            series_key=key,
            name=told.name,
            author=told.author,
            author_key=told.author_key,
            works=told.works,
            same_name=same_name,
            items=works,
            next=_IN_SERIES.write(last.series_place, last.id) if last else None,
        )

    async def _keys(
        self, statement: Statement, cursor: Cursor, beginning: str, page: PageQuery
    ) -> tuple[list[Row], str | None]:
        after = cursor.read(page.cursor)[0] if page.cursor else ""
        rows = await self._database.all(
            statement, first=beginning, after=after, beyond=beginning + BEYOND_ALL, limit=page.limit + 1
        )
        shown = rows[: page.limit]
        return shown, cursor.write(shown[-1].key) if len(rows) > page.limit else None


async def _with_editions(connection: Connection, rows: Sequence[Row]) -> list[WorkSummary]:
    editions = defaultdict(list)
    for edition in await connection.all(sql.EDITIONS, works=[row.id for row in rows]):
        editions[edition.work_id].append(edition)
    # Whose last edition was withdrawn between the two reads is not shown any more.
    return [work_from(row, editions[row.id]) for row in rows if editions[row.id]]


async def _namesakes(connection: Connection, key: str, name: str) -> list[SeriesEntry]:
    stem = series_stem(name)
    rows = await connection.all(
        sql.ALL_SERIES, first=stem, after="", beyond=stem + BEYOND_ALL, limit=MOST_NAMESAKES + 1
    )
    return [series_entry_from(row.key, row) for row in rows if row.key != key][:MOST_NAMESAKES]


def _named(after: Sequence[object]) -> dict[str, object]:
    return {f"after_{i}": value for i, value in enumerate(after)}
