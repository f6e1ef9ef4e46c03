"""Accounts in memory, behind the same ports as PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime

from application.users.views import OpenSession, Profile
from domain.shared.events import DomainEvent
from domain.shared.ids import SessionId, UserId
from domain.shared.personal_data import WrappedKey
from domain.users.email import EmailAddress
from domain.users.errors import EmailTaken, NoSuchSession, NoSuchUser
from domain.users.password import PasswordHash
from domain.users.ports import Credentials
from domain.users.principal import Role
from domain.users.session import Fingerprint, RefreshToken, Session
from domain.users.user import User


@dataclass
class AccountBooks:
    """What is known; the in-memory ports below share one."""

    users: dict[UserId, User] = field(default_factory=dict)
    sessions: dict[SessionId, Session] = field(default_factory=dict)
    tokens: dict[Fingerprint, tuple[SessionId, RefreshToken]] = field(default_factory=dict)
    keys: dict[UserId, WrappedKey] = field(default_factory=dict)
    events: list[DomainEvent] = field(default_factory=list)


class InMemoryUsers:
    """The `Users` port."""

    def __init__(self, books: AccountBooks) -> None:
        self._books = books

    async def add(self, user: User) -> None:
        if any(known.email == user.email for known in self._books.users.values()):
            raise EmailTaken
        self._keep(user)

    async def get(self, user_id: UserId) -> User:
        if user_id not in self._books.users:
            raise NoSuchUser
        return deepcopy(self._books.users[user_id])

    async def find(self, email: EmailAddress) -> User:
        for user in self._books.users.values():
            if user.email == email:
                return deepcopy(user)
        raise NoSuchUser

    async def save(self, user: User) -> None:
        if any(u.email == user.email and u.id != user.id for u in self._books.users.values()):
            raise EmailTaken
        self._keep(user)

    def _keep(self, user: User) -> None:
        self._books.events += user.drain_events()
        self._books.users[user.id] = deepcopy(user)


class InMemorySessions:
    """The `Sessions` port."""

    def __init__(self, books: AccountBooks) -> None:
        self._books = books

    async def add(self, session: Session) -> None:
        self._books.sessions[session.id] = deepcopy(session)
        self._books.tokens[session.live.fingerprint] = (session.id, session.live)

    async def get(self, session_id: SessionId, user_id: UserId) -> Session:
        session = self._books.sessions.get(session_id)
        if session is None or session.user_id != user_id or session.ended_at is not None:
            raise NoSuchSession
        return deepcopy(session)

    async def holding(self, token: Fingerprint) -> tuple[Session, RefreshToken] | None:
        if token not in self._books.tokens:
            return None
        session_id, known = self._books.tokens[token]
        session = self._books.sessions[session_id]
        return None if session.ended_at is not None else (deepcopy(session), known)

    async def save(self, session: Session) -> None:
        self._books.events += session.drain_events()
        self._books.sessions[session.id] = deepcopy(session)
        for fingerprint, (session_id, token) in list(self._books.tokens.items()):
            if (
                session_id == session.id
                and token.spent_at is None
                and fingerprint != session.live.fingerprint
            ):
                self._books.tokens[fingerprint] = (
                    session_id,
                    replace(token, spent_at=session.last_used_at),
                )
        self._books.tokens.setdefault(session.live.fingerprint, (session.id, session.live))

    async def end_all(self, user_id: UserId, at: datetime, *, but: SessionId | None) -> int:
        ended = [
            session
            for session in self._books.sessions.values()
            if session.user_id == user_id and session.ended_at is None and session.id != but
        ]
        for session in ended:
            session.end(at)
        return len(ended)


class InMemorySubjectKeys:
    """The `SubjectKeyRing` port."""

    def __init__(self, books: AccountBooks) -> None:
        self._books = books

    async def after(self, user_id: UserId, limit: int) -> list[tuple[UserId, WrappedKey]]:
        return sorted((u, key) for u, key in self._books.keys.items() if u > user_id)[:limit]

    async def replace(self, user_id: UserId, old: WrappedKey, new: WrappedKey) -> bool:
        if self._books.keys.get(user_id) != old:
            return False
        self._books.keys[user_id] = new
        return True


class InMemoryAccounts:
    """The `Accounts` port."""

    def __init__(self, books: AccountBooks) -> None:
        self._books = books

    async def credentials(self, email: EmailAddress) -> Credentials | None:
        for user in self._books.users.values():
            if user.email == email:
                return Credentials(user.id, user.password_hash)
        return None

    async def roles_in(self, session_id: SessionId, user_id: UserId) -> frozenset[Role] | None:
        session = self._books.sessions.get(session_id)
        if session is None or session.user_id != user_id or session.ended_at is not None:
            return None
        return self._books.users[user_id].roles


class InMemoryAccountViews:
    """The `AccountViews` port."""

    def __init__(self, books: AccountBooks) -> None:
        self._books = books

    async def profile(self, user_id: UserId) -> Profile:
        if user_id not in self._books.users:
            raise NoSuchUser
        return Profile.of(self._books.users[user_id])

    async def open_sessions(self, user_id: UserId, now: datetime) -> list[OpenSession]:
        found = [
            OpenSession(session.id, session.device, session.started_at, session.last_used_at)
            for session in self._books.sessions.values()
            if session.user_id == user_id and session.ended_at is None and session.live.expires_at > now
        ]
        return sorted(found, key=lambda session: session.last_used_at, reverse=True)

    async def with_role(self, role: Role) -> list[Profile]:
        return [Profile.of(user) for user in self._books.users.values() if role in user.roles]


class PlainPasswords:
    """The `PasswordHasher` port without its slowness; `outdated` hashes ask to be made anew."""

    def __init__(self) -> None:
        self.checked: list[PasswordHash | None] = []

    async def hash(self, password: str) -> PasswordHash:
        return PasswordHash(f"hash of {password}")

    async def matches(self, password: str, known: PasswordHash | None) -> bool:
        self.checked.append(known)
        return known is not None and known.removeprefix("outdated ") == f"hash of {password}"

    def is_outdated(self, known: PasswordHash) -> bool:
        return known.startswith("outdated ")


class AccountsUnitOfWork:
    """The part of a unit of work that accounts need; without transactions, so nothing is undone."""

    def __init__(self, books: AccountBooks) -> None:
        self.users = InMemoryUsers(books)
        self.sessions = InMemorySessions(books)
        self.subject_keys = InMemorySubjectKeys(books)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator["AccountsUnitOfWork"]:
        yield self
