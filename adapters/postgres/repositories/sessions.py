"""Sessions in PostgreSQL. Locking a session puts two exchanges of one refresh token in a row."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update

from adapters.postgres.database import Connection, Row
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.subject_keys import erased, insert_for_reader
from adapters.postgres.statement import Statement
from adapters.postgres.tables.sessions import refresh_tokens, sessions
from domain.shared.ids import SessionId, UserId
from domain.users.errors import NoSuchSession
from domain.users.session import Fingerprint, RefreshToken, Session

_ADD: Final = Statement(insert_for_reader(sessions, "ended_at"))
_OPEN: Final = select(sessions).where(sessions.c.ended_at.is_(None)).with_for_update()
_GET: Final = Statement(
    _OPEN.where(sessions.c.id == bindparam("of_id"), sessions.c.user_id == bindparam("owner"))
)
_HOLDING: Final = Statement(
    _OPEN.where(
        sessions.c.id
        == select(refresh_tokens.c.session_id)
        .where(refresh_tokens.c.fingerprint == bindparam("token"))
        .scalar_subquery()
    )
)
_TOKENS: Final = Statement(
    select(refresh_tokens).where(
        refresh_tokens.c.session_id == bindparam("session_id"),
        refresh_tokens.c.spent_at.is_(None) | (refresh_tokens.c.fingerprint == bindparam("token")),
    )
)
_SAVE: Final = Statement(
    update(sessions)
    .where(sessions.c.id == bindparam("of_id"))
    .values(last_used_at=bindparam("new_last_used_at"), ended_at=bindparam("new_ended_at"))
)
# A token asked about again keeps the moment it was first spent: the grace is counted from there.
_SPEND: Final = Statement("""
UPDATE refresh_tokens SET spent_at = %(at)s
WHERE session_id = %(session_id)s AND spent_at IS NULL AND fingerprint <> %(live)s
""")
_ISSUE: Final = Statement("""
INSERT INTO refresh_tokens (fingerprint, session_id, parent, expires_at)
VALUES (%(fingerprint)s, %(session_id)s, %(parent)s, %(expires_at)s)
ON CONFLICT (fingerprint) DO NOTHING
""")
_SWEEP: Final = Statement(
    "DELETE FROM refresh_tokens WHERE session_id = %(session_id)s AND expires_at <= %(at)s"
)
# Sessions that were left lying are cleared away when their reader comes back.
_SWEEP_LAPSED: Final = Statement("""
DELETE FROM refresh_tokens t USING sessions s
WHERE t.session_id = s.id AND s.user_id = %(user_id)s AND s.ended_at IS NULL AND t.expires_at <= %(at)s
""")
_FORGET: Final = Statement("DELETE FROM refresh_tokens WHERE session_id = %(session_id)s")
_END_ALL: Final = Statement("""
WITH ended AS (
    UPDATE sessions SET ended_at = %(at)s
    WHERE user_id = %(user_id)s AND ended_at IS NULL AND id IS DISTINCT FROM %(but)s
    RETURNING id
), forgotten AS (
    DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM ended)
)
SELECT count(*) AS ended FROM ended
""")


class PostgresSessions:
    """The `Sessions` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, session: Session) -> None:
        """Insert it with its first token."""
        added = await self._connection.run(
            _ADD,
            id=session.id,
            user_id=session.user_id,
            device=session.device,
            started_at=session.started_at,
            last_used_at=session.last_used_at,
        )
        if not added:
            raise erased()
        await self._connection.run(_SWEEP_LAPSED, user_id=session.user_id, at=session.started_at)
        await self._issue(session)

    async def get(self, session_id: SessionId, user_id: UserId) -> Session:
        """Load and lock one of the user's own; raises `NoSuchSession`."""
        row = await self._connection.one(_GET, of_id=session_id, owner=user_id)
        if row is None:
            raise NoSuchSession
        tokens = await self._connection.all(_TOKENS, session_id=session_id, token=None)
        return _session_from(row, tokens)

    async def holding(self, token: Fingerprint) -> tuple[Session, RefreshToken] | None:
        """Lock the session first, read its tokens after: so they are as the one before us left them."""
        row = await self._connection.one(_HOLDING, token=token)
        if row is None:
            return None
        tokens = await self._connection.all(_TOKENS, session_id=row.id, token=token)
        presented = next((_token_from(known) for known in tokens if known.fingerprint == token), None)
        return None if presented is None else (_session_from(row, tokens), presented)

    async def save(self, session: Session) -> None:
        """Keep its state; tokens that have expired are swept out, they are refused unseen."""
        await self._connection.run(
            _SAVE, of_id=session.id, new_last_used_at=session.last_used_at, new_ended_at=session.ended_at
        )
        if session.ended_at is not None:
            await self._connection.run(_FORGET, session_id=session.id)
        else:
            at, live = session.last_used_at, session.live.fingerprint
            await self._connection.run(_SPEND, session_id=session.id, at=at, live=live)
            await self._connection.run(_SWEEP, session_id=session.id, at=at)
            await self._issue(session)
        await write_events(self._connection, session.drain_events())

    async def end_all(self, user_id: UserId, at: datetime, *, but: SessionId | None) -> int:
        """End the user's open sessions, except one perhaps."""
        row = await self._connection.one(_END_ALL, user_id=user_id, at=at, but=but)
        return int(row.ended) if row is not None else 0

    async def _issue(self, session: Session) -> None:
        live = session.live
        await self._connection.run(
            _ISSUE,
            fingerprint=live.fingerprint,
            session_id=session.id,
            parent=live.parent,
            expires_at=live.expires_at,
        )


def _session_from(row: Row, tokens: list[Row]) -> Session:
    live = next(_token_from(token) for token in tokens if token.spent_at is None)
    return Session(
        id=SessionId(row.id),
        user_id=UserId(row.user_id),
        device=row.device,
        started_at=row.started_at,
        last_used_at=row.last_used_at,
        ended_at=row.ended_at,
        live=live,
    )


def _token_from(row: Row) -> RefreshToken:
    parent = None if row.parent is None else Fingerprint(row.parent)
    return RefreshToken(Fingerprint(row.fingerprint), parent, row.expires_at, row.spent_at)
