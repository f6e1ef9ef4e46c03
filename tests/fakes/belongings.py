"""What is a reader's own all over a shop in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clubs.standing import Standing
from domain.orders.refund import RefundStatus
from domain.orders.status import TERMINAL
from domain.purchases.status import TERMINAL as PURCHASED
from domain.shared.ids import ClubId, UserId, WatchId
from domain.users.belongings import Unfinished

if TYPE_CHECKING:
    from tests.fakes.work import InMemoryWork


@dataclass(frozen=True)
class InMemoryBelongings:
    """The `Belongings` port."""

    work: "InMemoryWork"

    async def clubs(self, reader: UserId) -> Sequence[ClubId]:
        inside = {Standing.MEMBER, Standing.REQUESTED}
        memberships = self.work.clubs.memberships.values()
        return sorted(m.club_id for m in memberships if m.reader == reader and m.standing in inside)

    async def watches(self, reader: UserId) -> Sequence[WatchId]:
        return sorted(w.id for w in self.work.watches.every() if w.user_id == reader and not w.ended)

    async def unfinished(self, reader: UserId) -> Unfinished:
        orders = [await self.work.orders.get(order_id) for order_id in self.work.orders.of(reader)]
        moving = [
            order
            for order in orders
            if order.status not in TERMINAL
            or any(refund.status is RefundStatus.REQUESTED for refund in order.refunds)
        ]
        purchases = [p for p in self.work.purchases.every() if p.user_id == reader]
        buying = sum(p.status not in PURCHASED for p in purchases)
        return Unfinished(len(moving), max(buying, len(await self.watches(reader))))

    async def let_go(self, reader: UserId) -> None:
        self.work.calling_cards.kept.pop(reader, None)
        for pair in list(self.work.kept_friendships.kept):
            if reader in {pair.lesser, pair.greater}:
                del self.work.kept_friendships.kept[pair]
        for calendar in list(self.work.calendars.given):
            if calendar.reader == reader:
                del self.work.calendars.given[calendar]
