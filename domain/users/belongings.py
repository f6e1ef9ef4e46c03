"""What is a reader's own elsewhere in the shop, for whoever erases her account."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.shared.ids import ClubId, UserId, WatchId
from domain.users.errors import BusinessUnfinished


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How much money, and how many parcels, may still move for her."""

    orders: int  # with those of which a sum is being given back
    purchases: int  # with watches that buy, or were begun this very moment

    def demand_none(self) -> None:
        """Raises `BusinessUnfinished`."""
        if self.orders or self.purchases:
            raise BusinessUnfinished(self.orders, self.purchases)


class Belongings(Protocol):
    """In the caller's transaction. Lists are in the order in which whoever changes all of them locks them."""

    async def clubs(self, reader: UserId) -> Sequence[ClubId]:
        """Those she is in, or asks to be let into."""
        ...

    async def watches(self, reader: UserId) -> Sequence[WatchId]:
        """Those that have not ended."""
        ...

    async def unfinished(self, reader: UserId) -> Unfinished:
        """What has not come to its end."""
        ...

    async def let_go(self, reader: UserId) -> None:
        """Friendships and blocks of either side, her calling card, the addresses of her calendars: gone."""
        ...
