"""With whom readers have to do: plain reads, no locks."""

from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.queries.cursors import Cursor
from adapters.postgres.repositories.calling_cards import name_on
from adapters.postgres.repositories.friendships import friendship_from
from adapters.postgres.statement import Statement
from application.friends.views import Acquaintance, AcquaintancePage, AcquaintanceQuery
from domain.friends.errors import ReaderNotFound
from domain.friends.friendship import Friendship, Standing
from domain.friends.pair import Pair
from domain.shared.ids import UserId
from domain.shared.personal_data import PersonalDataVault

# Which pairs, seen from the side of {me}; since when.
_WHICH: Final[dict[Standing, str]] = {
    Standing.FRIENDS: "bond = 'friends'",
    Standing.ASKS_YOU: "bond = 'asked' AND asked_by = {other}",
    Standing.ASKED_BY_YOU: "bond = 'asked' AND asked_by = {me}",
    Standing.BLOCKED_BY_YOU: "{me}_blocks_at IS NOT NULL",
}
_SINCE: Final = dict.fromkeys(Standing, "since") | {Standing.BLOCKED_BY_YOU: "{me}_blocks_at"}
_CURSORS: Final = {standing: Cursor(f"standing={standing}", datetime, UUID) for standing in Standing}
# Each half walks an index of its own and stops after the page.
_HALF: Final = """
(SELECT {other} AS user_id, {since} AS since FROM friendships
WHERE {me} = %(reader)s AND {which} {after}
ORDER BY {since} DESC, {other} DESC LIMIT %(limit)s)
"""
_PAGE: Final = """
SELECT f.user_id, f.since, c.sealed_name, k.wrapped
FROM ({lesser} UNION ALL {greater}) f
LEFT JOIN subject_keys k ON k.user_id = f.user_id
LEFT JOIN calling_cards c ON c.user_id = f.user_id
ORDER BY f.since DESC, f.user_id DESC LIMIT %(limit)s
"""
_ONE: Final = Statement("""
SELECT f.*, k.user_id, c.sealed_name, k.wrapped
FROM friendships f
JOIN subject_keys k ON k.user_id = %(other)s
LEFT JOIN calling_cards c ON c.user_id = %(other)s
WHERE f.lesser = %(lesser)s AND f.greater = %(greater)s
""")


class PostgresFriendViews:
    """The `FriendViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def of(self, query: AcquaintanceQuery) -> AcquaintancePage:
        """A page may be shorter than asked for: who was erased is left out of it."""
        cursor, place = _CURSORS[query.standing], {}
        if query.cursor is not None:
            since, user_id = cursor.read(query.cursor)
            place = {"after_since": since, "after_id": user_id}
        statement = _page(query.standing, going_on=bool(place))
        rows = await self._database.all(statement, reader=query.reader, limit=query.limit + 1, **place)
        shown = rows[: query.limit]
        following = cursor.write(shown[-1].since, shown[-1].user_id) if len(rows) > query.limit else None
        known = [row for row in shown if row.wrapped is not None]
        return AcquaintancePage([self._told(row, query.standing, row.since) for row in known], following)

    async def one(self, reader: UserId, other: UserId) -> Acquaintance:
        """By the pair; the aggregate says how it looks from one side."""
        pair = Pair.of(reader, other)
        row = await self._database.one(_ONE, other=other, lesser=pair.lesser, greater=pair.greater)
        friendship = Friendship(pair=pair) if row is None else friendship_from(pair, row)
        standing = friendship.standing_for(reader)
        since = friendship.blocks.get(reader, friendship.since)
        if row is None or standing is None or since is None:
            raise ReaderNotFound
        return self._told(row, standing, since)

    def _told(self, row: Row, standing: Standing, since: datetime) -> Acquaintance:
        return Acquaintance(
            reader_id=UserId(row.user_id),
            display_name=name_on(row, row.wrapped, self._vault),
            standing=standing,
            since=since,
        )


@cache  # four standings, each with and without a cursor
def _page(standing: Standing, *, going_on: bool) -> Statement:
    halves = {side: _half(standing, side, going_on=going_on) for side in ("lesser", "greater")}
    return Statement(_PAGE.format(**halves))


def _half(standing: Standing, me: str, *, going_on: bool) -> str:
    other = "greater" if me == "lesser" else "lesser"
    since = _SINCE[standing].format(me=me)
    return _HALF.format(
        me=me,
        other=other,
        since=since,
        which=_WHICH[standing].format(me=me, other=other),
        after=f"AND ({since}, {other}) < (%(after_since)s, %(after_id)s)" if going_on else "",
    )
