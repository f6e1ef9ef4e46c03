"""An account: who somebody is to the shop, and what they may do in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.shared.address import PostalAddress
from domain.shared.errors import InvalidInput
from domain.shared.events import Aggregate, DomainEvent
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.principal import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class UserRegistered(DomainEvent):
    """Somebody opened an account."""

    name: ClassVar[str] = "user_registered"


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleGranted(DomainEvent):
    """`by` is the admin, or None when it was done from the command line."""

    name: ClassVar[str] = "user_role_granted"
    role: Role
    by: UserId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoleRevoked(DomainEvent):
    """The counterpart of `RoleGranted`."""

    name: ClassVar[str] = "user_role_revoked"
    role: Role
    by: UserId | None


@dataclass(frozen=True, kw_only=True, slots=True)
class UserErased(DomainEvent):
    """Nobody knows any more whose account this was."""

    name: ClassVar[str] = "user_erased"


@dataclass(kw_only=True, slots=True)
class User(Aggregate):
    """A reader, perhaps with more roles. Name, phone, address and e-mail are sealed at rest."""

    id: UserId
    email: EmailAddress
    name: str
    password_hash: PasswordHash
    registered_at: datetime
    phone: str | None = None
    address: PostalAddress | None = None
    roles: frozenset[Role] = frozenset()

    @classmethod
    def register(
        cls, user_id: UserId, email: EmailAddress, name: str, password_hash: PasswordHash, at: datetime
    ) -> "User":
        """Open an account: everybody starts as a reader."""
        user = cls(
            id=user_id,
            email=email,
            name=name,
            password_hash=password_hash,
            registered_at=at,
            roles=frozenset({Role.READER}),
        )
        user._record(UserRegistered(aggregate_id=user_id, occurred_at=at))
        return user

    def describe(self, *, name: str, phone: str | None, address: PostalAddress | None) -> None:
        """Say anew who one is and where one lives."""
        self.name, self.phone, self.address = name, phone, address

    def change_email(self, email: EmailAddress) -> None:
        """Be reached, and sign in, under another address."""
        self.email = email

    def change_password(self, password_hash: PasswordHash) -> None:
        """Sign in with another password from now on."""
        self.password_hash = password_hash

    def erase(self, at: datetime) -> None:
        """Be nobody from here on. The id stays: books that must add up name it."""
        self.describe(name="", phone=None, address=None)
        self.roles = frozenset()
        self._record(UserErased(aggregate_id=self.id, occurred_at=at))

    def grant(self, role: Role, by: UserId | None, at: datetime) -> None:
        """Let the user do more; granting twice changes nothing."""
        if role not in self.roles:
            self.roles |= {role}
            self._record(RoleGranted(aggregate_id=self.id, occurred_at=at, role=role, by=by))

    def revoke(self, role: Role, by: UserId | None, at: datetime) -> None:
        """Take a role away; it counts from the user's next request on. Everybody remains a reader."""
        if role is Role.READER:
            raise InvalidInput("role", "Everybody is a reader; only staff and admin are given and taken.")
        if role in self.roles:
            self.roles -= {role}
            self._record(RoleRevoked(aggregate_id=self.id, occurred_at=at, role=role, by=by))
