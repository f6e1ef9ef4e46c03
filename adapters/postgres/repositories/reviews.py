"""Reviews in PostgreSQL. All changes of one work's reviews come one after the other: the work is locked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, update

from adapters.postgres.database import Connection, Row
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.review_rows import (
    LIKENESS,
    history_row,
    review_from,
    review_row,
    revision_row,
    standing_row,
)
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.statement import Statement
from adapters.postgres.tables.reviews import review_history, review_revisions, reviews
from domain.reviews.errors import ReviewNotFound
from domain.reviews.history import Deed
from domain.reviews.review import Review
from domain.reviews.state import ReviewState
from domain.shared.errors import StaleVersion
from domain.shared.ids import ReviewId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault

# Not the weaker lock that a correction of the work takes: this one also waits for new editions, and they for
# it, so that an edition and a rating that come at the same moment find each other. Works before books.
LOCK_WORK: Final = Statement("SELECT FROM works WHERE id = %(work_id)s FOR UPDATE")
# One reader's writings and reports take turns; readers before works.
LOCK_READER: Final = Statement("SELECT pg_advisory_xact_lock(7016003, hashtext(%(reader)s::text))")

_WRITINGS: Final = Statement("""
SELECT at FROM review_history WHERE by = %(reader)s AND deed IN ('written', 'revised') AND at > %(since)s
""")
_WORK_OF: Final = Statement("SELECT work_id FROM reviews WHERE id = %(id)s AND state <> 'withdrawn'")
_SELECT: Final = """
SELECT r.*, v.sealed_words, k.wrapped
FROM reviews r
LEFT JOIN review_revisions v ON v.review_id = r.id AND v.revision = r.revision
LEFT JOIN subject_keys k ON k.user_id = r.user_id
WHERE r.state <> 'withdrawn' AND
"""
_LOAD: Final = Statement(f"{_SELECT} r.id = %(id)s")
_OF: Final = Statement(f"{_SELECT} r.work_id = %(work_id)s AND r.user_id = %(reader)s")
_REJECTED: Final = Statement("""
SELECT FROM reviews r JOIN review_history h ON h.review_id = r.id
WHERE r.work_id = %(work_id)s AND r.user_id = %(reader)s AND h.deed = 'rejected' LIMIT 1
""")
_ALIKE: Final = Statement("""
SELECT FROM review_revisions WHERE likeness = %(likeness)s AND review_id <> %(but)s LIMIT 1
""")
_ADD: Final = Statement(
    insert(reviews).values({c.name: bindparam(c.name) for c in reviews.c if c.name != "helpful"})
)
_MUTABLE: Final = ("rating", "state", "reasons", "purchase", "revised_at", "revision", "approved")
_SAVE: Final = Statement(
    update(reviews)
    .where(reviews.c.id == bindparam("of_id"), reviews.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE} | {"version": bindparam("new_version")})
)
_SAY: Final = Statement(insert(review_revisions))
_REMEMBER: Final = Statement(
    insert(review_history).values({c.name: bindparam(c.name) for c in review_history.c if c.name != "id"})
)
# What is taken back is not kept: neither its words nor what others thought of it.
_FORGET: Final = tuple(
    Statement(f"DELETE FROM {table} WHERE review_id = %(id)s")  # noqa: S608 - three names of our own
    for table in ("review_revisions", "review_votes", "review_reports")
)
_FORGET_HELPFUL: Final = Statement("UPDATE reviews SET helpful = 0 WHERE id = %(id)s")


class PostgresReviews:
    """The `Reviews` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def writings_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """A statement of its own after the lock: it sees what was committed while this one waited."""
        await self._connection.run(LOCK_READER, reader=reader)
        return [row.at for row in await self._connection.all(_WRITINGS, reader=reader, since=since)]

    async def get(self, review_id: ReviewId) -> Review:
        """Find its work, lock that, and only then read it."""
        row = await self._connection.one(_WORK_OF, id=review_id)
        if row is None:
            raise ReviewNotFound
        await self._connection.run(LOCK_WORK, work_id=row.work_id)
        return await self.read(review_id)

    async def read(self, review_id: ReviewId) -> Review:
        """One statement."""
        review = self._loaded(await self._connection.one(_LOAD, id=review_id))
        if review is None:
            raise ReviewNotFound
        return review

    async def of(self, work_id: WorkId, reader: UserId) -> Review | None:
        """Lock the work first."""
        await self._connection.run(LOCK_WORK, work_id=work_id)
        return self._loaded(await self._connection.one(_OF, work_id=work_id, reader=reader))

    async def rejected(self, work_id: WorkId, reader: UserId) -> bool:
        """By the history, which outlives what was withdrawn."""
        return await self._connection.one(_REJECTED, work_id=work_id, reader=reader) is not None

    async def alike(self, likeness: str, but: ReviewId) -> bool:
        """Compared by fingerprint: nobody's words are opened."""
        index = self._vault.blind_index(LIKENESS, likeness)
        return await self._connection.one(_ALIKE, likeness=index, but=but) is not None

    async def add(self, review: Review) -> None:
        """The review, what it says, and that it was written."""
        await self._connection.run(_ADD, **review_row(review))
        await self._remember(review)

    async def save(self, review: Review) -> None:
        """What may change; a mark alone makes no new version."""
        version = review.version + (1 if review.has_history else 0)
        changed = await self._connection.run(
            _SAVE,
            of_id=review.id,
            read_version=review.version,
            new_version=version,
            **{f"new_{name}": value for name, value in standing_row(review).items()},
        )
        if changed == 0:
            raise StaleVersion("The review changed since it was read; read it again.")
        review.version = version
        await self._remember(review)
        if review.state is ReviewState.WITHDRAWN:
            for statement in (*_FORGET, _FORGET_HELPFUL):
                await self._connection.run(statement, id=review.id)

    async def _remember(self, review: Review) -> None:
        for entry in review.drain_history():
            if entry.deed in {Deed.WRITTEN, Deed.REVISED}:
                key = await self._keys.of(review.reader)
                await self._connection.run(_SAY, **revision_row(review, key, self._vault))
            await self._connection.run(_REMEMBER, **history_row(review.id, entry))
        await write_events(self._connection, review.drain_events())

    def _loaded(self, row: Row | None) -> Review | None:
        return None if row is None else review_from(row, self._vault)
