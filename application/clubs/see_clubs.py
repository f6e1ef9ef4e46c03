"""Look at clubs."""

from dataclasses import replace

from application.clubs.views import ClubDetail, ClubPage, ClubQuery, ClubViews, MemberPage, demand_limit
from domain.clubs.errors import ClubNotFound
from domain.clubs.standing import Standing
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


class ListClubs:
    """Everybody finds clubs by name, place and genre: of a private one its card alone. Who is signed in finds
    her own with `mine`.
    """

    def __init__(self, views: ClubViews) -> None:
        self._views = views

    async def __call__(self, query: ClubQuery) -> ClubPage:
        """Raises `InvalidInput` for a foreign cursor."""
        return await self._views.found(query)


class SeeClub:
    """Everybody sees how a club describes itself, and a public club's next meeting; a private club's next
    meeting and score are for its members. A reader whom the club has barred sees nothing.
    """

    def __init__(self, views: ClubViews, clock: Clock) -> None:
        self._views = views
        self._clock = clock

    async def __call__(self, club_id: ClubId, reader: UserId | None) -> ClubDetail:
        """Raises `ClubNotFound`."""
        club = await self._views.one(club_id, reader, self._clock.now())
        if club.standing == Standing.BARRED:
            raise ClubNotFound
        if club.private and club.standing != Standing.MEMBER:
            return replace(club, next_meeting=None, score=None)
        return club


class ListMembers:
    """Members see who else is in. Hosts also see who asks to be let in, and whom the club has barred."""

    def __init__(self, views: ClubViews) -> None:
        self._views = views

    async def __call__(
        self, reader: UserId, club_id: ClubId, standing: Standing, limit: int, cursor: str | None
    ) -> MemberPage:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`, and `InvalidInput` for a foreign cursor."""
        demand_limit(limit)
        door = await self._views.door(club_id, reader)
        if standing is Standing.MEMBER:
            door.demand_member()
        else:
            door.demand_host()
        return await self._views.members(club_id, standing, limit, cursor)
