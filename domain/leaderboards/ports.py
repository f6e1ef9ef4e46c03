"""What leaderboards need from outside."""

from collections.abc import Sequence
from typing import Protocol

from domain.leaderboards.standing import Ranking, Standing
from domain.shared.ids import ClubId, UserId


class Standings(Protocol):
    """What readers' settled markets and reading add up to, by season, in each club and in all together."""

    async def add(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        """Add these to what is known of each reader, in the club and in all together."""
        ...

    async def take_back(self, season: str, club_id: ClubId, changes: Sequence[Standing]) -> None:
        """What was added once is taken away again."""
        ...


class LeaderboardViews(Protocol):
    """The read side."""

    async def best(
        self, season: str, club_id: ClubId | None, by: Ranking, *, offset: int, limit: int
    ) -> Sequence[Standing]:
        """The ranked ones from that place on, best first; `club_id` None: of all clubs together."""
        ...

    async def of(self, season: str, club_id: ClubId | None, readers: Sequence[UserId]) -> Sequence[Standing]:
        """Those of these readers that are known."""
        ...
