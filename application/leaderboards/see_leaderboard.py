"""Look at a leaderboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from application.clubs.views import ClubViews
from domain.leaderboards.ports import LeaderboardViews
from domain.leaderboards.season import demand_season, season_of
from domain.leaderboards.standing import Place, Ranking
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """A page of it. `offset` of the next page is null on the last one."""

    season: str
    by: Ranking
    places: Sequence[Place]
    next: int | None


class SeeLeaderboard:
    """Readers by profit, by return on what they staked (drawn towards nothing while that is little), by how
    well they judged (Brier score), or by reading, in a club or in all together, in one season. Nobody is
    ranked by bets before the fifth market; nobody shares a rank, and ties always stand the same way.
    """

    def __init__(self, views: LeaderboardViews, clubs: ClubViews, clock: Clock) -> None:
        self._views = views
        self._clubs = clubs
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        *,
        club_id: ClubId | None,
        season: str | None,
        by: Ranking,
        offset: int,
        limit: int,
    ) -> Leaderboard:
        """`season` None: the present one. Raises `ClubNotFound`, `NotAMember`, `InvalidInput`."""
        named = season_of(self._clock.now()) if season is None else demand_season(season)
        if club_id is not None:
            (await self._clubs.door(club_id, reader)).demand_member()
        found = await self._views.best(named, club_id, by, offset=offset, limit=limit + 1)
        places = [Place(offset + rank, standing) for rank, standing in enumerate(found[:limit], start=1)]
        return Leaderboard(named, by, places, offset + limit if len(found) > limit else None)
