"""Accounts in PostgreSQL."""

from typing import Final

from psycopg.errors import UniqueViolation
from sqlalchemy import bindparam, select, update

from adapters.postgres.database import Connection, Row
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.repositories.user_rows import email_index, user_columns, user_from
from adapters.postgres.statement import Statement
from adapters.postgres.tables.users import subject_keys, user_roles_mapping, users
from domain.shared.ids import UserId
from domain.shared.personal_data import PersonalDataVault
from domain.users.email import EmailAddress
from domain.users.errors import EmailTaken, NoSuchUser
from domain.users.user import User

_ADD: Final = Statement("""
INSERT INTO users (id, email_index, email, name, phone, address, password_hash, registered_at)
VALUES (%(id)s, %(email_index)s, %(email)s, %(name)s, %(phone)s, %(address)s, %(password_hash)s,
    %(registered_at)s)
ON CONFLICT (email_index) DO NOTHING
""")
_WITH_KEY: Final = (
    select(users, subject_keys.c.wrapped)
    .join(subject_keys, subject_keys.c.user_id == users.c.id)
    .with_for_update(of=users)
)
_GET: Final = Statement(_WITH_KEY.where(users.c.id == bindparam("of_id")))
_FIND: Final = Statement(_WITH_KEY.where(users.c.email_index == bindparam("index")))
_ROLES: Final = Statement(
    select(user_roles_mapping.c.role).where(user_roles_mapping.c.user_id == bindparam("of_id"))
)
_MUTABLE: Final = ("email_index", "email", "name", "phone", "address", "password_hash")
_SAVE: Final = Statement(
    update(users)
    .where(users.c.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _MUTABLE})
)
# The index of an address is longer than an id: nobody's address leads here.
_ERASE: Final = Statement("""
UPDATE users SET email_index = uuid_send(id), email = '', name = '', phone = NULL, address = NULL,
    password_hash = '' WHERE id = %(of_id)s
""")
_TAKE_ROLES: Final = Statement(
    "DELETE FROM user_roles_mapping WHERE user_id = %(user_id)s AND role <> ALL(%(roles)s)"
)
_GIVE_ROLES: Final = Statement("""
INSERT INTO user_roles_mapping (user_id, role) SELECT %(user_id)s, unnest(%(roles)s::text[])
ON CONFLICT DO NOTHING
""")


class PostgresUsers:
    """The `Users` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, user: User) -> None:
        """Insert the account with a data key of its own; the unique index decides between two at once."""
        key = self._vault.new_key()
        if not await self._connection.run(_ADD, **user_columns(user, key, self._vault)):
            raise EmailTaken
        await self._keys.add(user.id, key)
        await self._connection.run(_GIVE_ROLES, user_id=user.id, roles=list(user.roles))
        await write_events(self._connection, user.drain_events())

    async def get(self, user_id: UserId) -> User:
        """Load and lock by id."""
        return await self._loaded(await self._connection.one(_GET, of_id=user_id))

    async def find(self, email: EmailAddress) -> User:
        """Load and lock by address."""
        return await self._loaded(await self._connection.one(_FIND, index=email_index(email, self._vault)))

    async def save(self, user: User) -> None:
        """Write what may change, the roles and the events; the lock of `get` keeps others out."""
        columns = user_columns(user, await self._keys.of(user.id), self._vault)
        try:
            await self._connection.run(
                _SAVE, of_id=user.id, **{f"new_{name}": columns[name] for name in _MUTABLE}
            )
        except UniqueViolation as error:
            raise EmailTaken from error
        roles = list(user.roles)
        await self._connection.run(_TAKE_ROLES, user_id=user.id, roles=roles)
        await self._connection.run(_GIVE_ROLES, user_id=user.id, roles=roles)
        await write_events(self._connection, user.drain_events())

    async def erase(self, user: User) -> bool:
        """The key first, as whoever adds rows of hers locks it first."""
        if not await self._keys.destroy(user.id):
            return False
        await self._connection.run(_ERASE, of_id=user.id)
        await self._connection.run(_TAKE_ROLES, user_id=user.id, roles=list(user.roles))
        await write_events(self._connection, user.drain_events())
        return True

    async def _loaded(self, row: Row | None) -> User:
        if row is None or not row.email:  # who waited here for an erasure still sees the key of before
            raise NoSuchUser
        # A statement of its own: it sees what others committed while this one waited for the lock.
        roles = await self._connection.all(_ROLES, of_id=row.id)
        return user_from(row, [mapped.role for mapped in roles], self._vault)
