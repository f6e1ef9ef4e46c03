"""The keys that open what is sealed about a person."""

import time
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from adapters.postgres.tables.users import subject_keys as table
from domain.shared.ids import UserId
from domain.shared.personal_data import SubjectErased, WrappedKey

REMEMBERED_FOR: Final = 30.0  # seconds; an erasure elsewhere is felt in every process within this time
REMEMBERED_AT_MOST: Final = 4096  # then all are forgotten: they are cheap to read again

_OF: Final = Statement(select(table.c.wrapped).where(table.c.user_id == bindparam("user_id")))
_ADD: Final = Statement(insert(table).values(user_id=bindparam("user_id"), wrapped=bindparam("wrapped")))
_AFTER: Final = Statement(
    select(table.c.user_id, table.c.wrapped)
    .where(table.c.user_id > bindparam("after"))
    .order_by(table.c.user_id)
    .limit(bindparam("limit"))
)
_REPLACE: Final = Statement(
    update(table)
    .where(table.c.user_id == bindparam("of"), table.c.wrapped == bindparam("old"))
    .values(wrapped=bindparam("new"))
)

_remembered: dict[UserId, tuple[WrappedKey, float]] = {}


class SubjectKeys:
    """Each subject's wrapped key, by user id; remembered in the process for half a minute."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, user_id: UserId) -> WrappedKey:
        """The subject's key; raises `SubjectErased` when it was destroyed."""
        known = _remembered.get(user_id)
        if known is not None and known[1] > time.monotonic():
            return known[0]
        row = await self._connection.one(_OF, user_id=user_id)
        if row is None:
            raise SubjectErased("This person's data was erased: what was sealed stays unreadable.")
        return _remember(user_id, WrappedKey(row.wrapped))

    async def add(self, user_id: UserId, key: WrappedKey) -> None:
        """Store a new subject's key."""
        await self._connection.run(_ADD, user_id=user_id, wrapped=key)

    async def after(self, user_id: UserId, limit: int) -> list[tuple[UserId, WrappedKey]]:
        """The next keys in the order of user ids: how a rotation walks through all of them."""
        rows = await self._connection.all(_AFTER, after=user_id, limit=limit)
        return [(UserId(row.user_id), WrappedKey(row.wrapped)) for row in rows]

    async def replace(self, user_id: UserId, old: WrappedKey, new: WrappedKey) -> bool:
        """Swap the wrapping, unless the key was erased or rewrapped in the meantime."""
        return bool(await self._connection.run(_REPLACE, of=user_id, old=old, new=new))


def _remember(user_id: UserId, key: WrappedKey) -> WrappedKey:
    if len(_remembered) >= REMEMBERED_AT_MOST:
        _remembered.clear()
    _remembered[user_id] = (key, time.monotonic() + REMEMBERED_FOR)
    return key
