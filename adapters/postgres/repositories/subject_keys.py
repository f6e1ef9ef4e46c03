"""The keys that open what is sealed about a person."""

import time
from typing import Final

from sqlalchemy import Insert, Table, bindparam, delete, insert, select, update

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

_DESTROY: Final = Statement(delete(table).where(table.c.user_id == bindparam("of")))

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
            raise erased()
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

    async def destroy(self, user_id: UserId) -> bool:
        """For ever. Rows of hers that are being added come before, or not at all."""
        _remembered.pop(user_id, None)
        return bool(await self._connection.run(_DESTROY, of=user_id))


def erased() -> SubjectErased:
    """Whose key is destroyed."""
    return SubjectErased("This person's data was erased: what was sealed stays unreadable.")


def insert_for_reader(into: Table, *left_out: str) -> Insert:
    """A new row of the reader in its `user_id`, or none if her key was destroyed: a remembered key does not
    tell, and what is begun for nobody could never be ended. In the same statement, for it stands in every
    buyer's way.
    """
    columns = [column for column in into.c if column.name not in left_out]
    values = [bindparam(column.name, type_=column.type) for column in columns]
    alive = select(*values).where(table.c.user_id == bindparam("user_id"))
    kept = alive.with_for_update(read=True, key_share=True, of=table)
    return insert(into).from_select([column.name for column in columns], kept, include_defaults=False)


def _remember(user_id: UserId, key: WrappedKey) -> WrappedKey:
    if len(_remembered) >= REMEMBERED_AT_MOST:
        _remembered.clear()
    _remembered[user_id] = (key, time.monotonic() + REMEMBERED_FOR)
    return key
