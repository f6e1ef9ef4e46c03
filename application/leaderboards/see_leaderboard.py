"""Look at a leaderboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.clubs.views import ClubViews
from application.friends.views import FriendViews
from domain.leaderboards.ports import LeaderboardViews
from domain.leaderboards.season import demand_season, season_of
from domain.leaderboards.standing import Place, Ranking, ranked
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderboardQuery:
    """What a reader wants to look at. `club_id` None: all clubs together; `friends`: herself and her friends
    alone; `season` None: the present one.
    """

    reader: UserId
    club_id: ClubId | None
    friends: bool
    season: str | None
    by: Ranking
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A page of it. `offset` of the next page is null on the last one."""

    season: str
    by: Ranking
    places: Sequence[Place]
    next: int | None


class SeeLeaderboard:
    """Readers by profit, by return on what they staked (drawn towards nothing while that is little), by how
    well they judged (Brier score), or by reading, in a club or in all together, in one season; all of them,
    or a reader with her friends. Nobody is ranked by bets before the fifth market; nobody shares a rank, and
    ties always stand the same way.
    """

    def __init__(self, views: LeaderboardViews, clubs: ClubViews, friends: FriendViews, clock: Clock) -> None:
        self._views = views
        self._clubs = clubs
        self._friends = friends
        self._clock = clock

    async def __call__(self, query: LeaderboardQuery) -> Leaderboard:
        """Raises `ClubNotFound`, `NotAMember`, `InvalidInput`."""
        season = season_of(self._clock.now()) if query.season is None else demand_season(query.season)
        if query.club_id is not None:
            (await self._clubs.door(query.club_id, query.reader)).demand_member()
        found = await (self._among_friends if query.friends else self._among_all)(season, query)
        further = query.offset + query.limit if len(found) > query.limit else None
        return Leaderboard(season, query.by, found[: query.limit], further)

    async def _among_all(self, season: str, query: LeaderboardQuery) -> Sequence[Place]:
        """One more than the page, if there is one; as in the other."""
        best = await self._views.best(
            season, query.club_id, query.by, offset=query.offset, limit=query.limit + 1
        )
        return [Place(rank, standing) for rank, standing in enumerate(best, start=query.offset + 1)]

    async def _among_friends(self, season: str, query: LeaderboardQuery) -> Sequence[Place]:
        circle = [query.reader, *await self._friends.circle(query.reader)]
        places = ranked(await self._views.of(season, query.club_id, circle), query.by)
        return places[query.offset : query.offset + query.limit + 1]
