"""What accounts need from outside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.shared.ids import SessionId, UserId
from domain.shared.personal_data import WrappedKey
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.principal import Role
from domain.users.session import Fingerprint, RefreshToken, Session
from domain.users.user import User


class Users(Protocol):
    """Accounts, in the caller's transaction."""

    async def add(self, user: User) -> None:
        """Keep a new account under a new data key; raises `EmailTaken`."""
        ...

    async def get(self, user_id: UserId) -> User:
        """The account, locked until the transaction ends; raises `NoSuchUser`."""
        ...

    async def find(self, email: EmailAddress) -> User:
        """The account of that address, locked; raises `NoSuchUser`."""
        ...

    async def save(self, user: User) -> None:
        """Keep what changed; raises `EmailTaken`."""
        ...

    async def erase(self, user: User) -> bool:
        """Destroy her key, with it whatever was sealed, and keep of the account its id; her address is free.
        Whatever is begun in her name waits for the end of the transaction, and is refused then. False:
        somebody was quicker.
        """
        ...


class Sessions(Protocol):
    """Sessions with their refresh tokens, in the caller's transaction."""

    async def add(self, session: Session) -> None:
        """Keep a new one."""
        ...

    async def get(self, session_id: SessionId, user_id: UserId) -> Session:
        """That user's open session, locked; raises `NoSuchSession`."""
        ...

    async def holding(self, token: Fingerprint) -> tuple[Session, RefreshToken] | None:
        """The open session a refresh token belongs to, locked, and the token as it is known."""
        ...

    async def save(self, session: Session) -> None:
        """Keep its state: every token but the live one is spent, and an ended session keeps none."""
        ...

    async def end_all(self, user_id: UserId, at: datetime, *, but: SessionId | None) -> int:
        """End the user's open sessions, except one perhaps; return how many."""
        ...


class SubjectKeyRing(Protocol):
    """Every subject's wrapped key, for whoever changes the wrapping."""

    async def after(self, user_id: UserId, limit: int) -> list[tuple[UserId, WrappedKey]]:
        """The next keys in the order of user ids."""
        ...

    async def replace(self, user_id: UserId, old: WrappedKey, new: WrappedKey) -> bool:
        """Swap the wrapping, unless the key was erased or rewrapped in the meantime."""
        ...


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is checked against."""

    user_id: UserId
    password_hash: PasswordHash


class Accounts(Protocol):
    """Look-ups of a single statement, outside any transaction: two of them stand in every request's way."""

    async def credentials(self, email: EmailAddress) -> Credentials | None:
        """What the owner of the address signs in with."""
        ...

    async def roles_in(self, session_id: SessionId, user_id: UserId) -> frozenset[Role] | None:
        """The user's roles at this moment, or None when the session has ended."""
        ...


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says: which user, on which session. Never what they may do."""

    user_id: UserId
    session_id: SessionId


class AccessTokens(Protocol):
    """Short-lived signed proofs of a session."""

    @property
    def lifetime(self) -> timedelta:
        """How long one is good."""
        ...

    def issue(self, claims: AccessClaims, at: datetime) -> str:
        """Sign one."""
        ...

    def read(self, token: str, at: datetime) -> AccessClaims:
        """Check everything about it; raises `NotAuthenticated`."""
        ...


class Secrets(Protocol):
    """Randomness nobody can guess."""

    def refresh_token(self) -> str:
        """A new refresh token."""
        ...
