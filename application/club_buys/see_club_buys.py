"""See what a club waits for together."""

from datetime import datetime
from typing import Any

from application.club_buys.views import ClubBuyDetail, ClubBuyLine, ClubBuyPage, ClubBuyRecord, ClubBuyViews
from application.clubs.views import ClubViews
from application.votes.club_prices import ClubPrices
from application.votes.views import demand_limit
from domain.club_buys.errors import ClubBuyNotFound
from domain.shared.clock import Clock
from domain.shared.ids import ClubBuyId, ClubId, UserId


class SeeClubBuy:
    """Members of a club see its buy: what a copy is known to cost, how many take part, and their watch."""

    def __init__(self, views: ClubBuyViews, prices: ClubPrices, clock: Clock) -> None:
        self._views = views
        self._prices = prices
        self._clock = clock

    async def __call__(self, reader: UserId, buy_id: ClubBuyId) -> ClubBuyDetail:
        """Raises `ClubBuyNotFound`, `NotAMember`."""
        (await self._views.door(buy_id, reader)).to(ClubBuyNotFound).demand_member()
        record = await self._views.one(buy_id, reader)
        price, words = await self._prices.of_edition(record.buy.isbn, record.members)
        return ClubBuyDetail(**_facts(record, self._clock.now()), price=price, prices=words)


class ListClubBuys:
    """Members of a club see its buys."""

    def __init__(self, views: ClubBuyViews, clubs: ClubViews, clock: Clock) -> None:
        self._views = views
        self._clubs = clubs
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId, limit: int, cursor: str | None) -> ClubBuyPage:
        """Raises `ClubNotFound`, `NotAMember`, and `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        (await self._clubs.door(club_id, reader)).demand_member()
        records, following = await self._views.listed(club_id, reader, limit, cursor)
        now = self._clock.now()
        return ClubBuyPage([ClubBuyLine(**_facts(record, now)) for record in records], following)


def _facts(record: ClubBuyRecord, now: datetime) -> dict[str, Any]:
    buy = record.buy
    return {
        "buy_id": buy.id,
        "club_id": buy.club_id,
        "book_isbn": buy.isbn,
        "opened_by": buy.opened_by,
        "opened_at": buy.opened_at,
        "latest_date": buy.until,
        "closed_at": buy.closed_at,
        "over": buy.is_over(now),
        "readers": record.readers,
        "your_watch": record.your_watch,
    }
