"""What readers think of a work, in PostgreSQL: kept by work, and shown on every edition."""

from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.reviews import LOCK_WORK
from adapters.postgres.statement import Statement
from domain.reviews.rating import PLACES, StarCounts
from domain.reviews.work_rating import WorkRating
from domain.shared.ids import WorkId

_OF: Final = Statement(
    "SELECT ones, twos, threes, fours, fives FROM work_ratings WHERE work_id = %(work_id)s"
)
_SAVE: Final = Statement("""
INSERT INTO work_ratings (work_id, ones, twos, threes, fours, fives)
VALUES (%(work_id)s, %(ones)s, %(twos)s, %(threes)s, %(fours)s, %(fives)s)
ON CONFLICT (work_id) DO UPDATE SET ones = excluded.ones, twos = excluded.twos, threes = excluded.threes,
    fours = excluded.fours, fives = excluded.fives
""")
# In the order of ids, as everybody who changes several books: then nobody waits in a circle. The version
# stays, so that a rating does not stand in the way of a correction.
_SHOW: Final = Statement("""
WITH editions AS MATERIALIZED (
    SELECT id, work_id FROM books WHERE work_id = %(work_id)s ORDER BY id FOR NO KEY UPDATE
)
UPDATE books b SET rating_count = r.rating_count, rating_stars = r.rating_stars
FROM editions e JOIN work_ratings r ON r.work_id = e.work_id WHERE b.id = e.id
""")


class PostgresWorkRatings:
    """The `WorkRatings` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, work_id: WorkId) -> WorkRating:
        """Lock the work, then read; no row is no rating."""
        await self._connection.run(LOCK_WORK, work_id=work_id)
        row = await self._connection.one(_OF, work_id=work_id)
        return WorkRating(
            work_id=work_id, counts=StarCounts() if row is None else StarCounts(**row._asdict())
        )

    async def save(self, rating: WorkRating) -> None:
        """If anything changed."""
        events = rating.drain_events()
        if not events:
            return
        given = dict(zip(PLACES, rating.counts.in_order, strict=True))
        await self._connection.run(_SAVE, work_id=rating.work_id, **given)
        await self._connection.run(_SHOW, work_id=rating.work_id)
        await write_events(self._connection, events)
