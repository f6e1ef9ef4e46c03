"""GET /v1/leaderboards."""

from typing import Annotated, Final
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from application.leaderboards.see_leaderboard import LeaderboardQuery, SeeLeaderboard
from domain.leaderboards.standing import Ranking
from domain.shared.ids import ClubId
from domain.users.principal import Principal
from entrypoints.http.leaderboards.schemas import LeaderboardAnswer

MOST: Final = 100
DEEPEST: Final = 10_000  # places; further down nobody looks, and each page would cost more


@get("/leaderboards", tags=["leaderboards"], description=SeeLeaderboard.__doc__)
async def see_leaderboard(
    *,
    reader: NamedDependency[Principal],
    see_leaderboard: NamedDependency[SeeLeaderboard],
    club_id: FromQuery[UUID | None] = None,
    season: Annotated[
        str | None, QueryParameter(description="As 2026-Q4; the present one if left out.")
    ] = None,
    friends: Annotated[bool, QueryParameter(description="Only me and my friends.")] = False,
    by: FromQuery[Ranking] = Ranking.PROFIT,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST, description="How many.")] = 20,
    cursor: Annotated[
        int | None, QueryParameter(ge=1, le=DEEPEST, description="The `next` of the page before.")
    ] = None,
) -> LeaderboardAnswer:
    """Who stands where: in a club, among friends, or everywhere."""
    query = LeaderboardQuery(
        reader=reader.user_id,
        club_id=ClubId(club_id) if club_id else None,
        friends=friends,
        season=season,
        by=by,
        offset=cursor or 0,
        limit=limit,
    )
    return LeaderboardAnswer.of(await see_leaderboard(query))
