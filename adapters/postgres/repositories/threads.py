"""Threads and their posts in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, update

from adapters.postgres.database import Connection, Row
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.repositories.thread_rows import (
    post_from,
    standing_row,
    text_place,
    thread_from,
    title_place,
)
from adapters.postgres.statement import Statement
from adapters.postgres.tables.threads import thread_posts, threads
from domain.shared.errors import StaleVersion
from domain.shared.ids import PostId, ThreadId, UserId
from domain.shared.personal_data import PersonalDataVault, Sealed
from domain.threads.errors import PostNotFound, ThreadNotFound
from domain.threads.post import Post
from domain.threads.thread import Thread

# One reader's posts take turns; readers before threads.
_LOCK_READER: Final = Statement("SELECT pg_advisory_xact_lock(7016015, hashtext(%(reader)s::text))")
_LATELY: Final = Statement("""
SELECT written_at FROM thread_posts WHERE author = %(reader)s AND written_at > %(since)s
""")
_THREAD: Final = """
SELECT t.*, k.wrapped FROM threads t LEFT JOIN subject_keys k ON k.user_id = t.opened_by
WHERE t.id = %(id)s
"""
_GET: Final = Statement(_THREAD + "FOR UPDATE OF t")
_READ: Final = Statement(_THREAD + "FOR SHARE OF t")
_OPEN: Final = Statement(insert(threads))
_SAVE: Final = Statement(
    update(threads)
    .where(threads.c.id == bindparam("of_id"))
    .values(closed_at=bindparam("new_closed_at"), closed_by=bindparam("new_closed_by"))
)
_POST: Final = Statement("""
SELECT p.*, k.wrapped FROM thread_posts p LEFT JOIN subject_keys k ON k.user_id = p.author
WHERE p.id = %(id)s AND p.thread_id = %(thread_id)s AND p.state <> 'withdrawn' FOR UPDATE OF p
""")
_ADD: Final = Statement(insert(thread_posts))
# Words change with everything else, for what is withdrawn must have none; of an erased author nobody has any.
_KEEP: Final = Statement("""
UPDATE thread_posts SET position = %(position)s, revised_at = %(revised_at)s, state = %(state)s,
    reason = %(reason)s, hidden_by = %(hidden_by)s, version = %(read_version)s + 1,
    sealed_text = CASE WHEN %(state)s <> 'withdrawn' THEN coalesce(%(sealed_text)s, sealed_text) END
WHERE id = %(id)s AND version = %(read_version)s
""")


class PostgresThreads:
    """The `Threads` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def open(self, thread: Thread) -> None:
        """One row."""
        key = await self._keys.of(thread.opened_by)
        await self._connection.run(
            _OPEN,
            id=thread.id,
            club_id=thread.club_id,
            meeting_id=thread.meeting_id,
            work_id=thread.work_id,
            sealed_title=self._vault.seal(key, title_place(thread.id), thread.title or ""),
            opened_by=thread.opened_by,
            opened_at=thread.opened_at,
            closed_at=thread.closed_at,
            closed_by=thread.closed_by,
        )

    async def get(self, thread_id: ThreadId) -> Thread:
        """Load and lock."""
        return self._loaded(await self._connection.one(_GET, id=thread_id))

    async def read(self, thread_id: ThreadId) -> Thread:
        """Load, and lock against changes alone."""
        return self._loaded(await self._connection.one(_READ, id=thread_id))

    async def save(self, thread: Thread) -> None:
        """Whether it is closed; the lock of `get` keeps others out."""
        await self._connection.run(
            _SAVE, of_id=thread.id, new_closed_at=thread.closed_at, new_closed_by=thread.closed_by
        )

    async def posts_since(self, reader: UserId, since: datetime) -> Sequence[datetime]:
        """A statement of its own after the lock: it sees what was committed while this one waited."""
        await self._connection.run(_LOCK_READER, reader=reader)
        return [row.written_at for row in await self._connection.all(_LATELY, reader=reader, since=since)]

    async def add(self, post: Post) -> None:
        """One row."""
        await self._connection.run(
            _ADD,
            id=post.id,
            thread_id=post.thread_id,
            author=post.author,
            written_at=post.written_at,
            sealed_text=await self._sealed(post),
            version=post.version,
            **standing_row(post),
        )

    async def post(self, thread_id: ThreadId, post_id: PostId) -> Post:
        """Load and lock."""
        row = await self._connection.one(_POST, id=post_id, thread_id=thread_id)
        if row is None:
            raise PostNotFound
        return post_from(row, self._vault)

    async def keep(self, post: Post) -> None:
        """What may change. A post of an erased author keeps what nobody can read."""
        changed = await self._connection.run(
            _KEEP,
            id=post.id,
            read_version=post.version,
            sealed_text=await self._sealed(post),
            **standing_row(post),
        )
        if changed == 0:
            raise StaleVersion("The post changed since it was read; read it again.")
        post.version += 1

    async def _sealed(self, post: Post) -> Sealed | None:
        if post.text is None:
            return None
        return self._vault.seal(await self._keys.of(post.author), text_place(post.id), post.text)

    def _loaded(self, row: Row | None) -> Thread:
        if row is None:
            raise ThreadNotFound
        return thread_from(row, self._vault)
