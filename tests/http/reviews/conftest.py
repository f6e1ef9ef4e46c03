"""Readers, staff and a book to speak of."""

from uuid import UUID

import pytest

from domain.users.principal import Role
from tests.http.people import MakePerson
from tests.http.reviews.asking import Headers, MakeReader
from tests.http.shelf import Shelf


@pytest.fixture(scope="session")
def reader(person: MakePerson) -> MakeReader:
    """Somebody signed in, by her headers."""

    async def make(role: Role = Role.READER) -> Headers:
        return (await person(role)).headers

    return make


@pytest.fixture
async def jane(reader: MakeReader) -> Headers:
    return await reader()


@pytest.fixture
async def clerk(reader: MakeReader) -> Headers:
    return await reader(Role.STAFF)


@pytest.fixture
def book(shelf: Shelf) -> UUID:
    return shelf.put()
