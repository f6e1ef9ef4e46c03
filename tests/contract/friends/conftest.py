"""Readers with calling cards, in memory and in PostgreSQL."""

from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.friends import PostgresFriendViews
from adapters.security.card_codes import RandomCardCodes
from adapters.security.vault import EnvelopeVault
from application.friends.answer_request import AcceptFriend, DeclineFriend
from application.friends.ask_reader import Asked, AskReader
from application.friends.calling_cards import RenewCallingCard, SeeCallingCard, SignCallingCard
from application.friends.part_ways import BlockReader, EndFriendship, UnblockReader
from application.friends.views import AcquaintancePage, AcquaintanceQuery, FriendViews
from application.shared.unit_of_work import UnitOfWork
from domain.friends.friendship import Standing
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON
from tests.fakes.friends import InMemoryFriendViews
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork

CODES = RandomCardCodes()


@dataclass
class Salon:
    """What readers can do with each other, and see."""

    unit_of_work: UnitOfWork
    views: FriendViews
    clock: StandingClock = field(default_factory=lambda: StandingClock(NOON))

    def __post_init__(self) -> None:
        self.accepts = AcceptFriend(self.unit_of_work, self.clock)
        self.declines = DeclineFriend(self.unit_of_work, self.clock)
        self.parts = EndFriendship(self.unit_of_work, self.clock)
        self.blocks = BlockReader(self.unit_of_work, self.clock)
        self.unblocks = UnblockReader(self.unit_of_work)
        self.card = SeeCallingCard(self.unit_of_work, CODES)
        self.signs = SignCallingCard(self.unit_of_work, CODES)
        self.renews = RenewCallingCard(self.unit_of_work, CODES)

    async def reader(self) -> UserId:
        [reader] = await self.readers(1)
        return reader

    async def readers(self, many: int) -> list[UserId]:
        users = [
            User.register(UserId(uuid4()), email, "Jane Fairfax", PasswordHash("unused"), NOON)
            for email in (EmailAddress.parse(f"r{uuid4().hex}@example.org") for _ in range(many))
        ]
        async with self.unit_of_work() as work:
            for user in users:
                await work.users.add(user)
        return [user.id for user in users]

    async def asks(self, reader: UserId, other: UserId) -> Asked:
        """By the code that the other gave her."""
        code = (await self.card(other)).code
        return await AskReader(self.unit_of_work, self.clock)(reader, code)

    async def friends(self, reader: UserId, other: UserId) -> None:
        await self.asks(reader, other)
        await self.asks(other, reader)

    async def page(
        self, reader: UserId, standing: Standing, limit: int = 100, cursor: str | None = None
    ) -> AcquaintancePage:
        query = AcquaintanceQuery(reader=reader, standing=standing, limit=limit, cursor=cursor)
        return await self.views.of(query)

    async def listed(self, reader: UserId) -> dict[str, list[UserId]]:
        """Everybody she has to do with, by how she stands with them."""
        pages = {standing: await self.page(reader, standing) for standing in Standing}
        return {s.value: [one.reader_id for one in page.items] for s, page in pages.items() if page.items}


@pytest.fixture
def salon(unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Salon:
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        work = unit_of_work.work
        return Salon(unit_of_work, InMemoryFriendViews(work.kept_friendships, work.calling_cards))
    return on_postgres(request.getfixturevalue("database"), unit_of_work)


def on_postgres(database: Database, unit_of_work: UnitOfWork) -> Salon:
    vault = EnvelopeVault([b"k" * 32], b"i" * 32)
    return Salon(unit_of_work, PostgresFriendViews(database, vault))
