"""Signed-in readers without the ceremony that takes longer than all they do."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.principal import Role
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container

Headers = dict[str, str]


@dataclass(frozen=True)
class Person:
    """Who she is, and what she sends along."""

    id: UserId
    headers: Headers


MakePerson = Callable[..., Awaitable[Person]]


async def newcomer(container: Container, role: Role = Role.READER) -> Person:
    """An account and an open session, straight in the database."""
    box = container.adapters
    now, email = box.clock().now(), EmailAddress.parse(f"r{uuid4().hex}@example.org")
    user = User.register(UserId(uuid4()), email, "Jane Fairfax", PasswordHash("unused"), now)
    user.grant(role, None, now)
    session = Session.start(SessionId(uuid4()), user.id, "a test", fingerprint(uuid4().hex), now)
    async with box.unit_of_work()() as work:
        await work.users.add(user)
        await work.sessions.add(session)
    token = box.access_tokens().issue(AccessClaims(user.id, session.id), now)
    return Person(user.id, {"Authorization": f"Bearer {token}"})
