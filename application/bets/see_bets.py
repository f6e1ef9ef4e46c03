"""Look at bets and markets."""

from collections.abc import Sequence

from application.bets.views import BettingViews, BetView, CardView
from application.meetings.views import MeetingViews
from domain.meetings.errors import MeetingNotFound
from domain.shared.ids import BetId, MeetingId, UserId


class SeeMarkets:
    """Members of a club see what stands on the markets of its meetings, and what a point would return if the
    race ended now. Who bet what is nobody else's business.
    """

    def __init__(self, views: BettingViews, meetings: MeetingViews) -> None:
        self._views = views
        self._meetings = meetings

    async def __call__(self, meeting_id: MeetingId, reader: UserId) -> CardView:
        """Raises `MeetingNotFound`, `NotAMember`."""
        (await self._meetings.door(meeting_id, reader)).to(MeetingNotFound).demand_member()
        return await self._views.card(meeting_id)


class SeeBet:
    """Readers see their own bets, with why they got what they got."""

    def __init__(self, views: BettingViews) -> None:
        self._views = views

    async def __call__(self, bet_id: BetId, reader: UserId) -> BetView:
        """Raises `BetNotFound`, also for somebody else's."""
        found = await self._views.bet(bet_id)
        found.bet.demand_bettor(reader)
        return found


class ListBets:
    """A reader's own bets, newest first, of one meeting or of all."""

    def __init__(self, views: BettingViews) -> None:
        self._views = views

    async def __call__(
        self, reader: UserId, *, meeting_id: MeetingId | None, before: BetId | None, limit: int
    ) -> tuple[Sequence[BetView], BetId | None]:
        """The page, and where the next one begins."""
        found = await self._views.of_reader(reader, meeting_id=meeting_id, before=before, limit=limit + 1)
        page = found[:limit]
        return page, page[-1].bet.id if len(found) > limit else None
