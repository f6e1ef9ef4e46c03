"""Threads as members see them: plain reads, no locks. What a reader may not read yet is not even opened."""

from functools import cache
from typing import Any, Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.clubs import door_from
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.repositories.club_rows import name_from
from adapters.postgres.repositories.thread_rows import text_from, title_from
from adapters.postgres.statement import Statement
from application.threads.views import (
    PostOrder,
    PostPage,
    PostQuery,
    PostView,
    ThreadPage,
    ThreadQuery,
    ThreadView,
)
from domain.clubs.door import Door
from domain.shared.ids import ClubId, MeetingId, PostId, ThreadId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault
from domain.threads.errors import PostNotFound, ThreadNotFound
from domain.threads.post import PostState, Sight, sight

_THREADS: Final = Cursor("threads", UUID)
_POSTS: Final = {order: Cursor(f"order={order}", UUID) for order in PostOrder}

_DOOR: Final = Statement("""
SELECT clubs.visibility, c.standing, c.role
FROM threads JOIN clubs ON clubs.id = threads.club_id
LEFT JOIN club_members c ON c.club_id = clubs.id AND c.user_id = %(reader)s
WHERE threads.id = %(id)s
""")
_THREAD: Final = """
SELECT t.*, k.wrapped, said.posts, said.last_post_at
FROM threads t
LEFT JOIN subject_keys k ON k.user_id = t.opened_by
CROSS JOIN LATERAL (
    SELECT count(*) AS posts, max(p.written_at) AS last_post_at
    FROM thread_posts p WHERE p.thread_id = t.id AND p.state <> 'withdrawn'
) AS said
"""
_ONE: Final = Statement(f"{_THREAD} WHERE t.id = %(id)s")
# The farthest she ever was in this work, for whatever club she read it.
_HIGH_WATER: Final = Statement("""
SELECT t.work_id, (
    SELECT coalesce(max(a.high_water), 0) FROM meeting_attendees a JOIN meetings m ON m.id = a.meeting_id
    WHERE a.user_id = %(reader)s AND m.work_id = t.work_id
) AS high_water
FROM threads t WHERE t.id = %(id)s
""")
_POST: Final = """
SELECT p.*, p.author AS user_id, t.club_id, c.sealed_name, k.wrapped
FROM thread_posts p
JOIN threads t ON t.id = p.thread_id
LEFT JOIN club_members c ON c.club_id = t.club_id AND c.user_id = p.author
LEFT JOIN subject_keys k ON k.user_id = p.author
WHERE p.thread_id = %(id)s AND p.state <> 'withdrawn' {conditions}
"""
# Hosts see what they answer for, whoever blocks whom.
_NOT_BLOCKED: Final = """
AND (%(host)s OR NOT EXISTS (
    SELECT FROM friendships f
    WHERE f.lesser = least(p.author, %(reader)s::uuid) AND f.greater = greatest(p.author, %(reader)s::uuid)
        AND coalesce(f.lesser_blocks_at, f.greater_blocks_at) IS NOT NULL
))
"""
_ONE_POST: Final = Statement(_POST.format(conditions=f"{_NOT_BLOCKED} AND p.id = %(post_id)s"))
_ON: Final = {
    PostOrder.OLDEST: ("AND p.id > %(after)s", "ASC"),
    PostOrder.NEWEST: ("AND p.id < %(after)s", "DESC"),
}


class PostgresThreadViews:
    """The `ThreadViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def door(self, thread_id: ThreadId, reader: UserId) -> Door:
        """By primary keys."""
        row = await self._database.one(_DOOR, id=thread_id, reader=reader)
        if row is None:
            raise ThreadNotFound
        return door_from(row)

    async def listed(self, query: ThreadQuery) -> ThreadPage:
        """By the index of the club's threads, or of the meeting's."""
        values: dict[str, object] = {"club_id": query.club_id, "limit": query.limit + 1}
        if query.meeting_id is not None:
            values["meeting_id"] = query.meeting_id
        if query.cursor is not None:
            [values["after"]] = _THREADS.read(query.cursor)
        rows = await self._database.all(_threads(frozenset(values)), **values)
        following = _THREADS.write(rows[query.limit - 1].id) if len(rows) > query.limit else None
        return ThreadPage([self._thread(row) for row in rows[: query.limit]], following)

    async def one(self, thread_id: ThreadId) -> ThreadView:
        """One statement."""
        row = await self._database.one(_ONE, id=thread_id)
        if row is None:
            raise ThreadNotFound
        return self._thread(row)

    async def posts(self, query: PostQuery, *, host: bool) -> PostPage:
        """How far she is, then one page."""
        cursor = _POSTS[query.order]
        place: dict[str, Any] = {}
        if query.cursor is not None:
            [place["after"]] = cursor.read(query.cursor)
        asked = {"id": query.thread_id, "reader": query.reader}
        async with self._database.connection() as connection:
            known = await connection.one(_HIGH_WATER, **asked)
            if known is None:
                raise ThreadNotFound
            statement = _posts(query.order, going_on=bool(place))
            rows = await connection.all(statement, **asked, host=host, limit=query.limit + 1, **place)
        following = cursor.write(rows[query.limit - 1].id) if len(rows) > query.limit else None
        about = known.work_id is not None
        seen = [(row, _sight(row, query.reader, known.high_water)) for row in rows[: query.limit]]
        items = [self._post(row, what, query.reader, host=host, about=about) for row, what in seen]
        return PostPage(items, known.high_water, following)

    async def post(self, thread_id: ThreadId, post_id: PostId, reader: UserId, *, host: bool) -> PostView:
        """By its id."""
        asked = {"id": thread_id, "reader": reader}
        async with self._database.connection() as connection:
            known = await connection.one(_HIGH_WATER, **asked)
            row = await connection.one(_ONE_POST, **asked, host=host, post_id=post_id)
        if known is None or row is None:
            raise PostNotFound
        what = Sight.OPEN if host else _sight(row, reader, known.high_water)
        return self._post(row, what, reader, host=host, about=known.work_id is not None)

    def _thread(self, row: Row) -> ThreadView:
        return ThreadView(
            thread_id=ThreadId(row.id),
            club_id=ClubId(row.club_id),
            meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
            work_id=WorkId(row.work_id) if row.work_id else None,
            title=title_from(row, self._vault),
            opened_by=UserId(row.opened_by),
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            posts=row.posts,
            last_post_at=row.last_post_at,
        )

    def _post(self, row: Row, what: Sight, reader: UserId, *, host: bool, about: bool) -> PostView:
        own = row.author == reader
        return PostView(
            post_id=PostId(row.id),
            author_id=UserId(row.author),
            display_name=name_from(row, self._vault),
            position=row.position if about else None,
            sight=what,
            text=text_from(row, self._vault) if what is Sight.OPEN else None,
            written_at=row.written_at,
            revised_at=row.revised_at,
            state=row.state,
            reason=row.reason if own or host else None,
            version=row.version,
            yours=own,
        )


def _sight(row: Row, reader: UserId, high_water: int) -> Sight:
    return sight(
        own=row.author == reader, state=PostState(row.state), position=row.position, high_water=high_water
    )


@cache  # a club's or a meeting's, with and without a cursor
def _threads(wanted: frozenset[str]) -> Statement:
    conditions = {"meeting_id": "AND t.meeting_id = %(meeting_id)s", "after": "AND t.id < %(after)s"}
    more = " ".join(text for name, text in conditions.items() if name in wanted)
    return Statement(f"{_THREAD} WHERE t.club_id = %(club_id)s {more} ORDER BY t.id DESC LIMIT %(limit)s")


@cache  # two orders, each with and without a cursor
def _posts(order: PostOrder, *, going_on: bool) -> Statement:
    after, direction = _ON[order]
    conditions = _NOT_BLOCKED + (after if going_on else "")
    return Statement(f"{_POST.format(conditions=conditions)} ORDER BY p.id {direction} LIMIT %(limit)s")
