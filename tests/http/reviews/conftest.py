"""Readers, staff and a book to speak of."""

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest

from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.principal import Role
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.http.reviews.asking import Headers, MakeReader
from tests.http.shelf import Shelf


@pytest.fixture(scope="session")
async def reader(environment: dict[str, str]) -> AsyncIterator[MakeReader]:
    """Somebody signed in, without the ceremony that takes longer than all of her reviews."""
    box = Container(settings=Settings.load(environment)).adapters
    database = box.database()
    await database.open()

    async def make(role: Role = Role.READER) -> Headers:
        now, email = box.clock().now(), EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(UserId(uuid4()), email, "Jane Fairfax", PasswordHash("unused"), now)
        user.grant(role, None, now)
        session = Session.start(SessionId(uuid4()), user.id, "a test", fingerprint(uuid4().hex), now)
        async with box.unit_of_work()() as work:
            await work.users.add(user)
            await work.sessions.add(session)
        token = box.access_tokens().issue(AccessClaims(user.id, session.id), now)
        return {"Authorization": f"Bearer {token}"}

    yield make
    await database.close()


@pytest.fixture
async def jane(reader: MakeReader) -> Headers:
    return await reader()


@pytest.fixture
async def clerk(reader: MakeReader) -> Headers:
    return await reader(Role.STAFF)


@pytest.fixture
def book(shelf: Shelf) -> UUID:
    return shelf.put()
