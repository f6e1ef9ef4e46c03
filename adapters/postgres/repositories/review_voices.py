"""What other readers think of a review: votes and reports, one each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.repositories.reviews import LOCK_READER
from adapters.postgres.statement import Statement
from domain.reviews.review import Review
from domain.reviews.state import ReportReason
from domain.shared.ids import ReviewId, UserId

# The vote and the number change together: what comes twice counts once.
_CAST: Final = Statement("""
WITH new AS (
    INSERT INTO review_votes (review_id, user_id, at) VALUES (%(review_id)s, %(reader)s, %(at)s)
    ON CONFLICT DO NOTHING RETURNING 1
)
UPDATE reviews SET helpful = helpful + (SELECT count(*) FROM new) WHERE id = %(review_id)s RETURNING helpful
""")
_TAKE_BACK: Final = Statement("""
WITH gone AS (
    DELETE FROM review_votes WHERE review_id = %(review_id)s AND user_id = %(reader)s RETURNING 1
)
UPDATE reviews SET helpful = helpful - (SELECT count(*) FROM gone) WHERE id = %(review_id)s RETURNING helpful
""")
_REPORTED: Final = Statement("SELECT at FROM review_reports WHERE user_id = %(reader)s AND at > %(since)s")
# Once more only about other words than those that staff has let stand.
_FILE: Final = Statement("""
INSERT INTO review_reports (review_id, user_id, revision, reason, at)
VALUES (%(review_id)s, %(reader)s, %(revision)s, %(reason)s, %(at)s)
ON CONFLICT (review_id, user_id) DO UPDATE
    SET revision = excluded.revision, reason = excluded.reason, at = excluded.at, settled = FALSE
    WHERE review_reports.revision < excluded.revision
""")
_OPEN: Final = Statement(
    "SELECT count(*) AS readers FROM review_reports WHERE review_id = %(review_id)s AND NOT settled"
)
_SETTLE: Final = Statement("UPDATE review_reports SET settled = TRUE WHERE review_id = %(review_id)s")


class PostgresReviewVotes:
    """The `ReviewVotes` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def cast(self, review_id: ReviewId, reader: UserId, at: datetime) -> int:
        """One statement."""
        row = await self._connection.one(_CAST, review_id=review_id, reader=reader, at=at)
        return row.helpful if row else 0

    async def take_back(self, review_id: ReviewId, reader: UserId) -> int:
        """One statement."""
        row = await self._connection.one(_TAKE_BACK, review_id=review_id, reader=reader)
        return row.helpful if row else 0


class PostgresReviewReports:
    """The `ReviewReports` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def made_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """A statement of its own after the lock."""
        await self._connection.run(LOCK_READER, reader=reader)
        return [row.at for row in await self._connection.all(_REPORTED, reader=reader, since=since)]

    async def file(self, review: Review, reader: UserId, reason: ReportReason, at: datetime) -> int:
        """The work's lock is held, so the count is of now."""
        await self._connection.run(
            _FILE,
            review_id=review.id,
            reader=reader,
            revision=review.revision,
            reason=reason.value,
            at=at,
        )
        row = await self._connection.one(_OPEN, review_id=review.id)
        return row.readers if row else 0

    async def settle(self, review_id: ReviewId) -> None:
        """All of them."""
        await self._connection.run(_SETTLE, review_id=review_id)
