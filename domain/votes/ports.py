"""What votes need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.shared.ids import ClubId, UserId, VoteId
from domain.votes.vote import Ballot, Vote


class Votes(Protocol):
    """Votes with their candidates and ballots, in the caller's transaction."""

    async def add(self, vote: Vote) -> None:
        """Keep a new one with its candidates."""
        ...

    async def get(self, vote_id: VoteId) -> Vote:
        """Load it for a change of itself: ballots wait. Raises `VoteNotFound`."""
        ...

    async def read(self, vote_id: VoteId) -> Vote:
        """Load it for a ballot: it stays as it is until the transaction ends, while others cast theirs.
        Raises `VoteNotFound`.
        """
        ...

    async def save(self, vote: Vote) -> None:
        """Keep what changed, and candidates that were added."""
        ...

    async def cast(self, vote_id: VoteId, ballot: Ballot) -> None:
        """In the place of the one before."""
        ...

    async def take_back(self, vote_id: VoteId, reader: UserId) -> None:
        """As if it had not been cast."""
        ...

    async def take_back_all(self, club_id: ClubId, reader: UserId, at: datetime) -> None:
        """Her ballots in votes of this club that are not over."""
        ...

    async def ballots(self, vote_id: VoteId) -> Sequence[Ballot]:
        """All of them."""
        ...
