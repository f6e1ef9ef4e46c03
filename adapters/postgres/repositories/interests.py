"""What readers ask for, in one number a book."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from domain.prices.estimates.demand import HALF_LIFE
from domain.shared.isbn import Isbn

# Of a book that nobody asked for: as if it had been once, so long ago that it counts for nothing.
LONG_AGO: Final = 30 * 86_400.0
# Less is no news: what is expected changes a little all the time, and every store looks at what has moved.
A_TENTH: Final = 0.1
_KIND: Final = """
coalesce((
    SELECT c.category FROM books b JOIN book_categories c ON c.book_id = b.id
    WHERE b.isbn = n.isbn ORDER BY c.position LIMIT 1
), '')
"""
# In the order of the key, as everywhere, so that two processes that note wait in a line. Weights add up:
# each is two to the power of its moment, in half-lives from now.
_NOTE: Final = Statement(f"""
INSERT INTO book_demand AS d (isbn, once_at, expected, kind, moved_at)
SELECT n.isbn, %(now)s + %(half_life)s * ln(n.times) / ln(2), 0, {_KIND}, %(at)s
FROM unnest(%(isbns)s::text[], %(times)s::float8[]) AS n (isbn, times) ORDER BY n.isbn
ON CONFLICT (isbn) DO UPDATE SET once_at = %(now)s + %(half_life)s / ln(2) * ln(
    power(2, greatest((d.once_at - %(now)s) / %(half_life)s, -100))
    + power(2, (excluded.once_at - %(now)s) / %(half_life)s)), moved_at = excluded.moved_at
""")  # noqa: S608 - put together from constants
_WEEK: Final = Statement("""
INSERT INTO question_weeks AS w (kind, year, week, asked)
SELECT d.kind, %(year)s, %(week)s, sum(n.times)
FROM unnest(%(isbns)s::text[], %(times)s::bigint[]) AS n (isbn, times) JOIN book_demand d ON d.isbn = n.isbn
GROUP BY d.kind ORDER BY d.kind
ON CONFLICT (kind, year, week) DO UPDATE SET asked = w.asked + excluded.asked
""")
_EXPECT_NO_MORE: Final = Statement("""
UPDATE book_demand SET expected = 0, moved_at = %(at)s WHERE expected > 0 AND isbn <> ALL (%(isbns)s::text[])
""")
_EXPECT: Final = Statement(f"""
INSERT INTO book_demand AS d (isbn, once_at, expected, kind, moved_at)
SELECT n.isbn, %(long_ago)s, n.expected, {_KIND}, %(at)s
FROM unnest(%(isbns)s::text[], %(expected)s::float8[]) AS n (isbn, expected) ORDER BY n.isbn
ON CONFLICT (isbn) DO UPDATE SET expected = excluded.expected, moved_at = excluded.moved_at
    WHERE abs(d.expected - excluded.expected) > {A_TENTH} * d.expected
""")  # noqa: S608 - as above
_SEASONS: Final = Statement("""
SELECT kind, max(asked) FILTER (WHERE (year, week) = (%(year)s - 1, %(week)s))::float8 AS then,
       avg(asked)::float8 AS usual
FROM question_weeks
WHERE (year, week) >= (%(year)s - 1, %(week)s) AND (year, week) < (%(year)s, %(week)s)
GROUP BY kind HAVING bool_or((year, week) = (%(year)s - 1, %(week)s))
""")
_FORGET: Final = Statement("""
WITH old AS MATERIALIZED (
    SELECT isbn FROM book_demand WHERE once_at < %(before)s AND expected = 0
    ORDER BY once_at LIMIT %(at_most)s FOR UPDATE SKIP LOCKED
), let_go AS (
    DELETE FROM refresh_queue q USING old o, refresh_stores s WHERE q.store = s.store AND q.isbn = o.isbn
)
DELETE FROM book_demand d USING old o WHERE d.isbn = o.isbn
""")


class PostgresInterests:
    """The `Interests` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, times: Mapping[Isbn, int], at: datetime) -> None:
        """See the port."""
        year, week, _ = at.isocalendar()
        questions = {"isbns": [isbn.value for isbn in times], "times": list(times.values())}
        async with self._database.transaction() as connection:
            await connection.run(_NOTE, **questions, now=at.timestamp(), at=at, half_life=HALF_LIFE)
            await connection.run(_WEEK, **questions, year=year, week=week)

    async def expect(self, per_second: Mapping[Isbn, float], at: datetime) -> None:
        """See the port."""
        isbns = [isbn.value for isbn in per_second]
        long_ago = (at - timedelta(seconds=LONG_AGO)).timestamp()
        async with self._database.transaction() as connection:
            await connection.run(_EXPECT_NO_MORE, isbns=isbns, at=at)
            await connection.run(
                _EXPECT, isbns=isbns, expected=list(per_second.values()), long_ago=long_ago, at=at
            )

    async def seasons(self, at: datetime) -> Mapping[str, tuple[float, float]]:
        """See the port."""
        year, week, _ = at.isocalendar()
        rows = await self._database.all(_SEASONS, year=year, week=week)
        return {row.kind: (row.then, row.usual) for row in rows}

    async def forget(self, before: datetime, at_most: int) -> int:
        """See the port."""
        async with self._database.connection() as connection:
            return await connection.run(_FORGET, before=before.timestamp(), at_most=at_most)
