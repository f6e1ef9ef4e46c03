"""Club buys as members see them: what can be asked, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from application.votes.views import PriceForClub
from domain.club_buys.club_buy import ClubBuy
from domain.clubs.door import Door
from domain.shared.ids import ClubBuyId, ClubId, UserId, WatchId
from domain.shared.isbn import Isbn


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubBuyLine:
    """A club buy as one member sees it: how many take part, never who, at which cap, or whether they have
    bought, which would tell their cap. `your_watch` is her own.
    """

    buy_id: ClubBuyId
    club_id: ClubId
    book_isbn: Isbn
    opened_by: UserId
    opened_at: datetime
    latest_date: datetime
    closed_at: datetime | None
    over: bool
    readers: int
    your_watch: WatchId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubBuyDetail(ClubBuyLine):
    """With the least that a new copy is known to cost, and in `prices` what that is or why there is none."""

    price: PriceForClub | None
    prices: str


@dataclass(frozen=True, slots=True)
class ClubBuyPage:
    """Some club buys, the latest opened first."""

    items: Sequence[ClubBuyLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class ClubBuyRecord:
    """What a view is made of; `members` are those of the club now."""

    buy: ClubBuy
    readers: int
    your_watch: WatchId | None
    members: int


class ClubBuyViews(Protocol):
    """The read side: never used to decide a change."""

    async def door(self, buy_id: ClubBuyId, reader: UserId) -> Door:
        """The door of its club; raises `ClubBuyNotFound`."""
        ...

    async def one(self, buy_id: ClubBuyId, reader: UserId) -> ClubBuyRecord:
        """Raises `ClubBuyNotFound`."""
        ...

    async def listed(
        self, club_id: ClubId, reader: UserId, limit: int, cursor: str | None
    ) -> tuple[Sequence[ClubBuyRecord], str | None]:
        """The latest opened first, and where the next page begins. Raises `InvalidInput`."""
        ...
