"""What the shop shows of accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shared.address import PostalAddress
from domain.shared.ids import SessionId, UserId
from domain.users.principal import Role
from domain.users.user import User


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its owner sees it."""

    id: UserId
    email: str
    name: str
    phone: str | None
    address: PostalAddress | None
    roles: tuple[Role, ...]
    registered_at: datetime

    @classmethod
    def of(cls, user: User) -> "Profile":
        """Everything but the password."""
        return cls(
            user.id,
            user.email.value,
            user.name,
            user.phone,
            user.address,
            tuple(sorted(user.roles)),
            user.registered_at,
        )


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One signed-in device; `last_used_at` moves whenever it exchanges its refresh token."""

    id: SessionId
    device: str
    started_at: datetime
    last_used_at: datetime


class AccountViews(Protocol):
    """Reads for people, one statement each."""

    async def profile(self, user_id: UserId) -> Profile:
        """The reader's own account; raises `NoSuchUser`."""
        ...

    async def open_sessions(self, user_id: UserId, now: datetime) -> list[OpenSession]:
        """Devices that can still go on without a password, latest first."""
        ...

    async def with_role(self, role: Role) -> list[Profile]:
        """Everybody who holds a role; asked about staff, who are few."""
        ...
