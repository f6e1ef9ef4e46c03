"""Club buys in memory, proven equal to the real ones by the contract suite."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.club_buys.views import ClubBuyRecord
from domain.club_buys.club_buy import ClubBuy, Share
from domain.club_buys.errors import ClubBuyNotFound
from domain.clubs.door import Door
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId

if TYPE_CHECKING:
    from tests.fakes.work import InMemoryWork


class InMemoryClubBuys:
    """The `ClubBuys` port."""

    def __init__(self) -> None:
        self.kept: dict[ClubBuyId, ClubBuy] = {}
        self.shares: dict[tuple[ClubBuyId, UserId], Share] = {}

    async def add(self, buy: ClubBuy) -> None:
        self.kept[buy.id] = deepcopy(buy)

    async def get(self, buy_id: ClubBuyId) -> ClubBuy:
        if buy_id not in self.kept:
            raise ClubBuyNotFound
        return deepcopy(self.kept[buy_id])

    async def read(self, buy_id: ClubBuyId) -> ClubBuy:
        return await self.get(buy_id)

    async def save(self, buy: ClubBuy) -> None:
        self.kept[buy.id] = deepcopy(buy)

    async def share(self, buy_id: ClubBuyId, reader: UserId) -> Share | None:
        return self.shares.get((buy_id, reader))

    async def join(self, share: Share, *, instead_of: WatchId | None) -> bool:
        held = self.shares.get((share.buy_id, share.reader))
        if held is not None and held.watch_id != instead_of:
            return False
        self.shares[share.buy_id, share.reader] = share
        return True


@dataclass(frozen=True)
class InMemoryClubBuyViews:
    """The `ClubBuyViews` port. Pages are the real one's concern: here everything is on one."""

    work: "InMemoryWork"

    async def door(self, buy_id: ClubBuyId, reader: UserId) -> Door:
        buy = await self.work.club_buys.get(buy_id)
        club = await self.work.clubs.get(buy.club_id)
        return club.door(await self.work.clubs.membership(buy.club_id, reader))

    async def one(self, buy_id: ClubBuyId, reader: UserId) -> ClubBuyRecord:
        buy = await self.work.club_buys.get(buy_id)
        own = self.work.club_buys.shares.get((buy_id, reader))
        return ClubBuyRecord(
            buy=buy,
            readers=sum(share.buy_id == buy_id for share in self.work.club_buys.shares.values()),
            your_watch=own.watch_id if own else None,
            members=await self.work.clubs.members(buy.club_id),
        )

    async def listed(
        self, club_id: ClubId, reader: UserId, limit: int, cursor: str | None
    ) -> tuple[Sequence[ClubBuyRecord], str | None]:
        found = [buy.id for buy in self.work.club_buys.kept.values() if buy.club_id == club_id]
        return [await self.one(buy_id, reader) for buy_id in sorted(found, reverse=True)][:limit], None
