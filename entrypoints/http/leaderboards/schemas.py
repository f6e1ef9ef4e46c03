"""What clients get back about leaderboards."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from application.leaderboards.see_leaderboard import Leaderboard
from domain.leaderboards.standing import Place


class PlaceAnswer(Struct, frozen=True, kw_only=True):
    """One reader. `return` is profit for each point staked and `brier` the mean score of the picks, both in
    ten-thousandths; 0 is the best Brier score. `reading` are points earned by reading, apart from bets.
    """

    rank: int
    reader_id: UUID
    settled: int
    won: int
    staked: int
    profit: int
    shrunk_return: int
    brier: int | None
    reading: int

    @classmethod
    def of(cls, place: Place) -> "PlaceAnswer":
        """In the words of the API."""
        it = place.standing
        return cls(
            rank=place.rank,
            reader_id=it.reader,
            settled=it.settled,
            won=it.won,
            staked=it.staked,
            profit=it.profit,
            shrunk_return=it.shrunk_return,
            brier=it.brier if it.settled else None,
            reading=it.reading,
        )


class LeaderboardAnswer(Struct, frozen=True, kw_only=True):
    """A page, best first; `next` is the cursor of the following one."""

    season: str
    by: str
    items: Sequence[PlaceAnswer]
    next: str | None

    @classmethod
    def of(cls, board: Leaderboard) -> "LeaderboardAnswer":
        """In the words of the API."""
        return cls(
            season=board.season,
            by=board.by.value,
            items=[PlaceAnswer.of(place) for place in board.places],
            next=None if board.next is None else str(board.next),
        )
