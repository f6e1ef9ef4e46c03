"""Questions that can be expected: for what sells, what is watched, what clubs read, and what stands beside
what is asked for.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from domain.prices.estimates.demand import (
    PURCHASE_QUESTIONS,
    ClubPlan,
    Interest,
    WatchedPrice,
    forecast,
)
from domain.shared.isbn import Isbn

BESTSELLERS: Final = 500  # read from the end of their index
SOLD_WITHIN: Final = 28 * 86_400.0  # seconds that `sold_lately` stands for
ASKED_FOR: Final = 200  # books whose neighbours are looked for: beyond these a share of little is nothing
NEIGHBOURS: Final = 5  # of each
MEETINGS: Final = 2_000  # the next ones: of those far ahead little is wanted yet
BUYERS: Final = 0.5  # of a club's readers: the others borrow it, or have it

_SOLD: Final = Statement("""
SELECT isbn, sold_lately FROM books WHERE withdrawn_at IS NULL AND sold_lately > 0
ORDER BY sold_lately DESC, sold DESC, id DESC LIMIT %(at_most)s
""")
# The rest of its series, or other books of its authors where it has none; those that sell best.
_BESIDE: Final = Statement("""
SELECT n.isbn, d.once_at
FROM (SELECT isbn, once_at FROM book_demand ORDER BY once_at DESC LIMIT %(asked_for)s) AS d
JOIN books b ON b.isbn = d.isbn
JOIN works w ON w.id = b.work_id
CROSS JOIN LATERAL (
    SELECT nb.isbn FROM (
        SELECT s.id AS work_id FROM works s WHERE s.series_key = w.series_key
        UNION
        SELECT other.work_id FROM work_authors first
        JOIN work_authors other ON other.key = first.key
        WHERE w.series_key IS NULL AND first.work_id = w.id
    ) AS beside (work_id)
    JOIN books nb ON nb.work_id = beside.work_id
    WHERE beside.work_id <> w.id AND nb.withdrawn_at IS NULL
    ORDER BY nb.sold_lately DESC, nb.sold DESC, nb.id LIMIT %(neighbours)s
) AS n
""")


# The members of a club that meets about a work who have not said no and have not begun to read it: whoever
# has begun has a copy. Along the index of what is ahead, and of who is in a club.
_MEETINGS: Final = Statement("""
SELECT e.isbn, ahead.starts_at, ahead.readers, count(*) OVER (PARTITION BY ahead.id) AS editions
FROM (
    SELECT m.id, m.work_id, m.starts_at, count(*) AS readers
    FROM (
        SELECT id, club_id, work_id, starts_at FROM meetings
        WHERE status = 'scheduled' AND starts_at > %(at)s ORDER BY starts_at, id LIMIT %(at_most)s
    ) AS m
    JOIN club_members c ON c.club_id = m.club_id AND c.standing = 'member'
    LEFT JOIN meeting_attendees a ON a.meeting_id = m.id AND a.user_id = c.user_id
    WHERE a.rsvp IS DISTINCT FROM 'declined' AND a.noted_at IS NULL
    GROUP BY m.id, m.work_id, m.starts_at
) AS ahead
JOIN books e ON e.work_id = ahead.work_id AND e.withdrawn_at IS NULL
""")

# What a watch waits for, and the least that was asked for it when somebody last heard.
_WATCHED: Final = Statement("""
SELECT w.isbn, w.threshold AS target, coalesce(min(p.price), w.threshold) AS current
FROM watches w
LEFT JOIN watched_prices p ON p.isbn = w.isbn AND p.currency = w.currency
    AND p.format = ANY (w.formats) AND p.condition = ANY (w.conditions)
WHERE w.status <> 'ended' GROUP BY w.id
""")


class Bestsellers:
    """A `DemandSource`: who buys a book has looked about before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:  # noqa: ARG002 - sales are of now
        """See the port."""
        rows = await self._database.all(_SOLD, at_most=BESTSELLERS)
        return {Isbn(row.isbn): PURCHASE_QUESTIONS * row.sold_lately / SOLD_WITHIN for row in rows}


class BooksBeside:
    """A `DemandSource`: who asks for a book may ask for the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:
        """See the port."""
        rows = await self._database.all(_BESIDE, asked_for=ASKED_FOR, neighbours=NEIGHBOURS)
        beside: defaultdict[Isbn, list[float]] = defaultdict(list)
        for row in rows:
            asked = Interest(1.0, row.once_at).per_second(at.timestamp(), usual=0.0)
            beside[Isbn(row.isbn)].append(asked)
        return {isbn: forecast(0.0, related=asked) for isbn, asked in beside.items()}


class WatchedBooks:
    """A `DemandSource`: whoever waits for a price would look for it every hour. A price that nobody asks yet
    may come at any moment.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:  # noqa: ARG002 - watches are of now
        """See the port."""
        watched: defaultdict[Isbn, list[WatchedPrice]] = defaultdict(list)
        for row in await self._database.all(_WATCHED):
            watched[Isbn(row.isbn)].append(WatchedPrice(row.target, row.current))
        return {isbn: forecast(0.0, watches=prices) for isbn, prices in watched.items()}


class ClubsThatMeet:
    """A `DemandSource`: who will talk about a book wants it by then, in one of its editions."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:
        """See the port."""
        plans: defaultdict[Isbn, list[ClubPlan]] = defaultdict(list)
        for row in await self._database.all(_MEETINGS, at=at, at_most=MEETINGS):
            left = (row.starts_at - at).total_seconds()
            plans[Isbn(row.isbn)].append(ClubPlan(row.readers, BUYERS / row.editions, left))
        return {isbn: forecast(0.0, clubs=each) for isbn, each in plans.items()}
