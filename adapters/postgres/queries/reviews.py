"""Reviews as readers and staff see them: plain reads, no locks."""

from collections.abc import Sequence
from functools import cache
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database
from adapters.postgres.queries.cursors import Count, Cursor
from adapters.postgres.queries.review_views import (
    COLUMNS,
    JOINS,
    detail_from,
    held_from,
    history_from,
    summary_from,
)
from adapters.postgres.statement import Statement
from application.reviews.views import HeldPage, HistoryLine, ReviewDetail, ReviewPage, ReviewQuery, ReviewSort
from domain.books.errors import BookNotFound
from domain.reviews.errors import ReviewNotFound
from domain.shared.ids import BookId, ReviewId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault

# What each way to list sorts by before the id, which is ordered by time; all fall.
_KEYS: Final[dict[ReviewSort, str | None]] = {
    ReviewSort.NEWEST: None,
    ReviewSort.HELPFUL: "r.helpful",
    ReviewSort.RATING: "r.rating",
}
_CURSORS: Final = {
    sort: Cursor(f"sort={sort}", *([Count] if key else []), UUID) for sort, key in _KEYS.items()
}
_QUEUE: Final = Cursor("the queue", UUID)

_WORK: Final = Statement("SELECT work_id FROM books WHERE id = %(id)s AND withdrawn_at IS NULL")
# Each order and the filter by stars walk an index of their own and stop after the page.
_PAGE: Final = """
SELECT {columns} FROM reviews r {joins}
WHERE r.work_id = %(work_id)s AND r.state = 'published' {conditions}
ORDER BY {order} LIMIT %(limit)s
"""
_FILTERS: Final = {"rating": "AND r.rating = %(rating)s", "verified": "AND r.purchase IS NOT NULL"}
_STANDING: Final = f"""
SELECT {COLUMNS} FROM books b JOIN reviews r ON r.work_id = b.work_id AND r.state <> 'withdrawn' {JOINS}
WHERE b.id = %(book_id)s AND
"""  # noqa: S608 - put together from constants
_ONE: Final = Statement(f"{_STANDING} r.id = %(review_id)s")
_OWN: Final = Statement(f"{_STANDING} r.user_id = %(reader)s")
_HELD: Final = """
SELECT {columns}, w.title AS work_title, (
    SELECT coalesce(jsonb_object_agg(reason, readers), '{{}}') FROM (
        SELECT reason, count(*) AS readers FROM review_reports
        WHERE review_id = r.id AND NOT settled GROUP BY reason
    ) AS open
) AS reports
FROM reviews r JOIN works w ON w.id = r.work_id {joins}
WHERE r.state = 'held' {condition} ORDER BY r.id LIMIT %(limit)s
"""
_HELD_FIRST: Final = Statement(_HELD.format(columns=COLUMNS, joins=JOINS, condition=""))
_HELD_AFTER: Final = Statement(_HELD.format(columns=COLUMNS, joins=JOINS, condition="AND r.id > %(after)s"))
_HISTORY: Final = Statement("""
SELECT h.review_id, h.at, h.deed, h.by, h.revision, h.state, h.reasons, v.rating, v.sealed_words, k.wrapped
FROM review_history h JOIN reviews r ON r.id = h.review_id
LEFT JOIN review_revisions v
    ON v.review_id = h.review_id AND v.revision = h.revision AND h.deed IN ('written', 'revised')
LEFT JOIN subject_keys k ON k.user_id = r.user_id
WHERE h.review_id = %(review_id)s ORDER BY h.id
""")


class PostgresReviewViews:
    """The `ReviewViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def of_work(self, query: ReviewQuery) -> ReviewPage:
        """The work of the book, then one page."""
        values: dict[str, object] = {"limit": query.limit + 1}
        if query.rating is not None:
            values["rating"] = query.rating
        if query.cursor is not None:
            place = _CURSORS[query.sort].read(query.cursor)
            values |= {f"after_{i}": value for i, value in enumerate(place)}
        statement = _page(query.sort, frozenset({*values, *(["verified"] if query.verified else [])}))
        async with self._database.connection() as connection:
            book = await connection.one(_WORK, id=query.book_id)
            if book is None:
                raise BookNotFound("There is no such book in the catalogue.")
            rows = await connection.all(statement, work_id=book.work_id, **values)
        shown = rows[: query.limit]
        following = None
        if len(rows) > query.limit:
            key = _KEYS[query.sort]
            place = (*([getattr(shown[-1], key.removeprefix("r."))] if key else []), shown[-1].id)
            following = _CURSORS[query.sort].write(*place)
        return ReviewPage(WorkId(book.work_id), [summary_from(row, self._vault) for row in shown], following)

    async def one(self, book_id: BookId, review_id: ReviewId, reader: UserId | None) -> ReviewDetail:
        """By its id, if the book is of its work."""
        row = await self._database.one(_ONE, book_id=book_id, review_id=review_id)
        if row is None:
            raise ReviewNotFound
        return detail_from(row, reader, self._vault)

    async def own(self, book_id: BookId, reader: UserId) -> ReviewDetail:
        """By its author."""
        row = await self._database.one(_OWN, book_id=book_id, reader=reader)
        if row is None:
            raise ReviewNotFound
        return detail_from(row, reader, self._vault)

    async def held(self, limit: int, cursor: str | None) -> HeldPage:
        """The index holds only what waits."""
        if cursor is None:
            rows = await self._database.all(_HELD_FIRST, limit=limit + 1)
        else:
            [after] = _QUEUE.read(cursor)
            rows = await self._database.all(_HELD_AFTER, limit=limit + 1, after=after)
        following = _QUEUE.write(rows[limit - 1].id) if len(rows) > limit else None
        return HeldPage([held_from(row, self._vault) for row in rows[:limit]], following)

    async def history(self, review_id: ReviewId) -> Sequence[HistoryLine]:
        """Deeds in their order, each with the words it brought."""
        rows = await self._database.all(_HISTORY, review_id=review_id)
        if not rows:
            raise ReviewNotFound
        return [history_from(row, self._vault) for row in rows]


@cache  # three sorts, two filters, with and without a cursor
def _page(sort: ReviewSort, wanted: frozenset[str]) -> Statement:
    keys = [key for key in (_KEYS[sort], "r.id") if key]
    conditions = [_FILTERS[name] for name in sorted(wanted & _FILTERS.keys())]
    if "after_0" in wanted:
        after = ", ".join(f"%(after_{i})s" for i in range(len(keys)))
        conditions.append(f"AND ({', '.join(keys)}) < ({after})")
    order = ", ".join(f"{key} DESC" for key in keys)
    return Statement(_PAGE.format(columns=COLUMNS, joins=JOINS, conditions=" ".join(conditions), order=order))
