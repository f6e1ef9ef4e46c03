"""What club buys need from outside."""

from typing import Protocol

from domain.club_buys.club_buy import ClubBuy, Share
from domain.shared.ids import ClubBuyId, UserId, WatchId


class ClubBuys(Protocol):
    """Club buys with who takes part, in the caller's transaction."""

    async def add(self, buy: ClubBuy) -> None:
        """Keep a new one."""
        ...

    async def get(self, buy_id: ClubBuyId) -> ClubBuy:
        """Load it for a change of itself: who would join waits. Raises `ClubBuyNotFound`."""
        ...

    async def read(self, buy_id: ClubBuyId) -> ClubBuy:
        """Load it to join: it stays as it is until the transaction ends, while others join too. Raises
        `ClubBuyNotFound`.
        """
        ...

    async def save(self, buy: ClubBuy) -> None:
        """Keep what changed."""
        ...

    async def share(self, buy_id: ClubBuyId, reader: UserId) -> Share | None:
        """Hers, the last one."""
        ...

    async def join(self, share: Share, *, instead_of: WatchId | None) -> bool:
        """Keep hers; False where she has another than `instead_of` meanwhile: a reader has one share."""
        ...
