"""A reading club that buys together, in memory and in PostgreSQL."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.club_buys import PostgresClubBuyViews
from application.club_buys.hold_club_buy import CloseClubBuy, OpenClubBuy
from application.club_buys.join_club_buy import JoinClubBuy, ShareWish
from application.club_buys.see_club_buys import ListClubBuys, SeeClubBuy
from application.club_buys.views import ClubBuyViews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId
from domain.shared.isbn import Isbn
from domain.watches.ports import Particulars
from domain.watches.watch import Watch
from tests.contract.clubs.conftest import Village, shelved, village
from tests.fakes.club_buys import InMemoryClubBuyViews
from tests.fakes.work import InMemoryUnitOfWork
from tests.watching import EMMA_ISBN, particulars, usd

__all__ = ["shelved", "village"]  # the fixtures of the clubs' own suite


class NoPrices:
    """Stands for `ClubPrices`."""

    async def of_edition(self, isbn: Isbn, members: int) -> tuple[None, str]:
        return None, f"{isbn} for {members}"


@dataclass
class Street:
    """As many bookstores as it is said."""

    stores: int = 1

    def all(self) -> list[object]:
        return [SimpleNamespace()] * self.stores


@dataclass
class Purse:
    """One club with a host, and how it buys."""

    village: Village
    views: ClubBuyViews
    host: UserId
    club: ClubId
    street: Street = field(default_factory=Street)

    def __post_init__(self) -> None:
        unit_of_work, ids, clock = self.village.unit_of_work, self.village.ids, self.village.clock
        self.opens = OpenClubBuy(unit_of_work, self.street, ids, clock)  # type: ignore[arg-type] # a stand-in
        self.joins = JoinClubBuy(unit_of_work, self.street, ids, clock)  # type: ignore[arg-type] # a stand-in
        self.closes = CloseClubBuy(unit_of_work, clock)
        self.sees = SeeClubBuy(self.views, NoPrices(), clock)  # type: ignore[arg-type] # a stand-in
        self.lists = ListClubBuys(self.views, self.village.clubs, clock)

    async def buy(self, until: datetime | None = None) -> ClubBuyId:
        return await self.opens(self.host, self.club, EMMA_ISBN, until)

    async def member(self) -> UserId:
        return await self.village.member(self.club)

    async def join(self, reader: UserId, buy: ClubBuyId, cap: int = 1_500) -> WatchId:
        return await self.joins(reader, buy, share(cap))

    async def watch(self, watch_id: WatchId) -> tuple[Watch, Particulars]:
        async with self.village.unit_of_work() as work:
            return await work.watches.get(watch_id), await work.watches.particulars(watch_id)

    async def open_watches(self, reader: UserId) -> int:
        async with self.village.unit_of_work() as work:
            return await work.watches.open_of(reader)

    async def ends(self, watch_id: WatchId) -> None:
        async with self.village.unit_of_work() as work:
            watch = await work.watches.get(watch_id)
            watch.cancel(self.village.clock.now())
            await work.watches.save(watch)


def share(cap: int, veto: timedelta | None = None) -> ShareWish:
    private = particulars()
    assert private.address is not None
    assert private.payment_token is not None
    return ShareWish(
        maximum=usd(cap),
        conditions=frozenset({"new"}),
        address=private.address,
        payment_token=private.payment_token,
        veto=veto,
    )


@pytest.fixture
async def purse(village: Village, unit_of_work: UnitOfWork, request: pytest.FixtureRequest) -> Purse:
    host = await village.reader()
    club = await village.club(host, private=True)
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return Purse(village, InMemoryClubBuyViews(unit_of_work.work), host, club)
    database: Database = request.getfixturevalue("database")
    return Purse(village, PostgresClubBuyViews(database), host, club)
