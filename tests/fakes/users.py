"""Accounts in memory, behind the same ports as PostgreSQL."""

from copy import deepcopy
from dataclasses import replace
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


class InMemoryUsers:
    """The `Users` port."""

    def __init__(self) -> None:
        self.kept: dict[UserId, User] = {}
        self.events: list[DomainEvent] = []

    async def add(self, user: User) -> None:
        if any(known.email == user.email for known in self.kept.values()):
            raise EmailTaken
        self._keep(user)

    async def get(self, user_id: UserId) -> User:
        if user_id not in self.kept:
            raise NoSuchUser
        return deepcopy(self.kept[user_id])

    async def find(self, email: EmailAddress) -> User:
        for user in self.kept.values():
            if user.email == email:
                return deepcopy(user)
        raise NoSuchUser

    async def save(self, user: User) -> None:
        if any(u.email == user.email and u.id != user.id for u in self.kept.values()):
            raise EmailTaken
        self._keep(user)

    async def erase(self, user: User) -> bool:
        if self.kept.pop(user.id, None) is None:
            return False
        self.events += user.drain_events()
        return True

    def _keep(self, user: User) -> None:
        self.events += user.drain_events()
        self.kept[user.id] = deepcopy(user)


class InMemorySessions:
    """The `Sessions` port."""

    def __init__(self) -> None:
        self.kept: dict[SessionId, Session] = {}
        self.tokens: dict[Fingerprint, tuple[SessionId, RefreshToken]] = {}
        self.events: list[DomainEvent] = []

    async def add(self, session: Session) -> None:
        self.kept[session.id] = deepcopy(session)
        self.tokens[session.live.fingerprint] = (session.id, session.live)

    async def get(self, session_id: SessionId, user_id: UserId) -> Session:
        session = self.kept.get(session_id)
        if session is None or session.user_id != user_id or session.ended_at is not None:
            raise NoSuchSession
        return deepcopy(session)

    async def holding(self, token: Fingerprint) -> tuple[Session, RefreshToken] | None:
        if token not in self.tokens:
            return None
        session_id, known = self.tokens[token]
        session = self.kept[session_id]
        return None if session.ended_at is not None else (deepcopy(session), known)

    async def save(self, session: Session) -> None:
        self.events += session.drain_events()
        self.kept[session.id] = deepcopy(session)
        for fingerprint, (session_id, token) in list(self.tokens.items()):
            if (
                session_id == session.id
                and token.spent_at is None
                and fingerprint != session.live.fingerprint
            ):
                self.tokens[fingerprint] = (
                    session_id,
                    replace(token, spent_at=session.last_used_at),
                )
        self.tokens.setdefault(session.live.fingerprint, (session.id, session.live))

    async def end_all(self, user_id: UserId, at: datetime, *, but: SessionId | None) -> int:
        ended = [
            session
            for session in self.kept.values()
            if session.user_id == user_id and session.ended_at is None and session.id != but
        ]
        for session in ended:
            session.end(at)
        return len(ended)


class InMemorySubjectKeys:
    """The `SubjectKeyRing` port."""

    def __init__(self) -> None:
        self.keys: dict[UserId, WrappedKey] = {}

    async def after(self, user_id: UserId, limit: int) -> list[tuple[UserId, WrappedKey]]:
        return sorted((u, key) for u, key in self.keys.items() if u > user_id)[:limit]

    async def replace(self, user_id: UserId, old: WrappedKey, new: WrappedKey) -> bool:
        if self.keys.get(user_id) != old:
            return False
        self.keys[user_id] = new
        return True


class InMemoryAccounts:
    """The `Accounts` port."""

    def __init__(self, users: InMemoryUsers, sessions: InMemorySessions) -> None:
        self._users = users
        self._sessions = sessions

    async def credentials(self, email: EmailAddress) -> Credentials | None:
        for user in self._users.kept.values():
            if user.email == email:
                return Credentials(user.id, user.password_hash)
        return None

    async def roles_in(self, session_id: SessionId, user_id: UserId) -> frozenset[Role] | None:
        session = self._sessions.kept.get(session_id)
        if session is None or session.user_id != user_id or session.ended_at is not None:
            return None
        return self._users.kept[user_id].roles


class InMemoryAccountViews:
    """The `AccountViews` port."""

    def __init__(self, users: InMemoryUsers, sessions: InMemorySessions) -> None:
        self._users = users
        self._sessions = sessions

    async def profile(self, user_id: UserId) -> Profile:
        if user_id not in self._users.kept:
            raise NoSuchUser
        return Profile.of(self._users.kept[user_id])

    async def open_sessions(self, user_id: UserId, now: datetime) -> list[OpenSession]:
        found = [
            OpenSession(session.id, session.device, session.started_at, session.last_used_at)
            for session in self._sessions.kept.values()
            if session.user_id == user_id and session.ended_at is None and session.live.expires_at > now
        ]
        return sorted(found, key=lambda session: session.last_used_at, reverse=True)

    async def with_role(self, role: Role) -> list[Profile]:
        return [Profile.of(user) for user in self._users.kept.values() if role in user.roles]


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
