"""Remembered requests in PostgreSQL."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.database import Connection, Database
from adapters.postgres.statement import Statement
from adapters.postgres.tables.idempotency import idempotency_keys as keys
from domain.requests.idempotency import Answer, RememberedRequest, RequestKey

_THIS = (
    (keys.c.user_id == bindparam("of_user"))
    & (keys.c.route == bindparam("of_route"))
    & (keys.c.key == bindparam("of_key"))
)
_TAKEN: Final = (
    "user_id",
    "route",
    "key",
    "fingerprint",
    "subject_id",
    "busy_until",
    "created_at",
    "status",
    "body",
)
_REMEMBER: Final = Statement(
    insert(keys)
    .values({name: bindparam(name) for name in _TAKEN})
    .on_conflict_do_nothing()
    .returning(keys.c.subject_id)
)
_RECALL: Final = Statement(select(keys).where(_THIS))
_TAKE_OVER: Final = Statement(
    update(keys)
    .where(_THIS, keys.c.busy_until <= bindparam("at"), keys.c.status.is_(None))
    .values(busy_until=bindparam("until"))
    .returning(keys.c.subject_id)
)
_ANSWER: Final = Statement(
    update(keys)
    .where(_THIS)
    .values(
        status=func.coalesce(keys.c.status, bindparam("new_status")),
        body=func.coalesce(keys.c.body, bindparam("new_body")),
    )
    .returning(keys.c.status, keys.c.body)
)


class PostgresRequests:
    """The `Requests` port: over one open transaction, or over the pool, where each call stands alone."""

    def __init__(self, connection: Connection | Database) -> None:
        self._connection = connection

    async def remember(
        self,
        key: RequestKey,
        *,
        fingerprint: bytes,
        subject_id: UUID,
        busy_until: datetime,
        at: datetime,
        answer: Answer | None = None,
    ) -> bool:
        """Take the key; a concurrent taker makes this wait until it commits or rolls back."""
        row = await self._connection.one(
            _REMEMBER,
            user_id=key.user_id,
            route=key.route,
            key=key.key,
            fingerprint=fingerprint,
            subject_id=subject_id,
            busy_until=busy_until,
            created_at=at,
            status=answer.status if answer else None,
            body=answer.body if answer else None,
        )
        return row is not None

    async def recall(self, key: RequestKey) -> RememberedRequest | None:
        """Read it."""
        row = await self._connection.one(_RECALL, **_names(key))
        if row is None:
            return None
        answer = None if row.status is None else Answer(row.status, row.body)
        return RememberedRequest(row.fingerprint, row.subject_id, row.busy_until, answer)

    async def take_over(self, key: RequestKey, *, busy_until: datetime, at: datetime) -> bool:
        """Extend the lease of a dead worker."""
        return await self._connection.one(_TAKE_OVER, **_names(key), until=busy_until, at=at) is not None

    async def answer(self, key: RequestKey, answer: Answer) -> Answer:
        """The first answer stays."""
        row = await self._connection.one(
            _ANSWER, **_names(key), new_status=answer.status, new_body=answer.body
        )
        return answer if row is None else Answer(row.status, row.body)


def _names(key: RequestKey) -> dict[str, object]:
    return {"of_user": key.user_id, "of_route": key.route, "of_key": key.key}
