"""Reads about accounts: the check behind every request, and what people are shown."""

from datetime import datetime
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.repositories.user_rows import email_index, user_from
from adapters.postgres.statement import Statement
from application.users.views import OpenSession, Profile
from domain.shared.ids import SessionId, UserId
from domain.shared.personal_data import PersonalDataVault
from domain.users.email import EmailAddress
from domain.users.errors import NoSuchUser
from domain.users.password import PasswordHash
from domain.users.ports import Credentials
from domain.users.principal import Role

_CREDENTIALS: Final = Statement("SELECT id, password_hash FROM users WHERE email_index = %(index)s")
# Every signed-in request runs this one: two look-ups by primary key, nothing else.
_ROLES_IN: Final = Statement("""
SELECT ARRAY(SELECT m.role FROM user_roles_mapping m WHERE m.user_id = s.user_id) AS roles
FROM sessions s WHERE s.id = %(session_id)s AND s.user_id = %(user_id)s AND s.ended_at IS NULL
""")
_PEOPLE: Final = """
SELECT u.*, k.wrapped,
    ARRAY(SELECT m.role FROM user_roles_mapping m WHERE m.user_id = u.id) AS roles
FROM users u JOIN subject_keys k ON k.user_id = u.id
"""
_PROFILE: Final = Statement(_PEOPLE + "WHERE u.id = %(user_id)s")
_WITH_ROLE: Final = Statement(
    _PEOPLE + "WHERE EXISTS (SELECT 1 FROM user_roles_mapping WHERE user_id = u.id AND role = %(role)s)"  # noqa: S608 - constants
)
_OPEN_SESSIONS: Final = Statement("""
SELECT s.id, s.device, s.started_at, s.last_used_at
FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id AND t.spent_at IS NULL
WHERE s.user_id = %(user_id)s AND s.ended_at IS NULL AND t.expires_at > %(now)s
ORDER BY s.last_used_at DESC, s.id
""")


class PostgresAccounts:
    """The `Accounts` port: single statements, each on whatever connection is free."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def credentials(self, email: EmailAddress) -> Credentials | None:
        """Found by blind index; no address is opened."""
        row = await self._database.one(_CREDENTIALS, index=email_index(email, self._vault))
        return None if row is None else Credentials(UserId(row.id), PasswordHash(row.password_hash))

    async def roles_in(self, session_id: SessionId, user_id: UserId) -> frozenset[Role] | None:
        """The session's state and the user's roles as of now."""
        row = await self._database.one(_ROLES_IN, session_id=session_id, user_id=user_id)
        return None if row is None else frozenset(Role(role) for role in row.roles)


class PostgresAccountViews:
    """The `AccountViews` port."""

    def __init__(self, database: Database, vault: PersonalDataVault) -> None:
        self._database = database
        self._vault = vault

    async def profile(self, user_id: UserId) -> Profile:
        """Open the sealed facts for their owner."""
        row = await self._database.one(_PROFILE, user_id=user_id)
        if row is None:
            raise NoSuchUser
        return Profile.of(user_from(row, row.roles, self._vault))

    async def open_sessions(self, user_id: UserId, now: datetime) -> list[OpenSession]:
        """Sessions whose refresh token is still good."""
        rows = await self._database.all(_OPEN_SESSIONS, user_id=user_id, now=now)
        return [OpenSession(row.id, row.device, row.started_at, row.last_used_at) for row in rows]

    async def with_role(self, role: Role) -> list[Profile]:
        """Everybody who holds the role."""
        rows = await self._database.all(_WITH_ROLE, role=role.value)
        return [Profile.of(user_from(row, row.roles, self._vault)) for row in rows]
