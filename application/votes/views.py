"""Votes as members see them: what can be asked, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.clubs.door import Door
from domain.prices.offer import Condition, StoreName
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, UserId, VoteId, WorkId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.votes.counting import Decided
from domain.votes.vote import Ballot, Vote

LONGEST_PAGE: Final = 100  # as lists of books


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceForClub:
    """The least that one copy is known to cost in the end, at which store, seen when. `for_all` is that times
    the members of the club; a store may have fewer copies.
    """

    one: Money
    for_all: Money
    isbn: Isbn
    store: StoreName
    condition: Condition
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateView:
    """A work to choose. `approvals`, `place` and what `decided` it against the next are null until the vote
    is over; `price` is null where none is known.
    """

    work_id: WorkId
    title: str
    authors: Sequence[str]
    proposed_by: UserId
    proposed_at: datetime
    price: PriceForClub | None
    approvals: int | None
    place: int | None
    decided: Decided | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDetail:
    """A vote as one member sees it. While it is open `candidates` stand as they were proposed, and nobody
    sees how it goes but how many voted; once it is over the winner is first. `prices` says what the prices
    are, or why there are none.
    """

    vote_id: VoteId
    club_id: ClubId
    opened_by: UserId
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    over: bool
    ballots: int
    your_ballot: Sequence[WorkId] | None
    candidates: Sequence[CandidateView]
    winner: WorkId | None
    prices: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteLine:
    """A vote in a list."""

    vote_id: VoteId
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    over: bool
    candidates: int
    ballots: int


@dataclass(frozen=True, slots=True)
class VotePage:
    """Some votes, the latest opened first."""

    items: Sequence[VoteLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class WorkName:
    """What a work is called."""

    title: str
    authors: Sequence[str]


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """Everything about a vote, for who makes a view of it. `members` are those of the club now."""

    vote: Vote
    ballots: Sequence[Ballot]
    names: Mapping[WorkId, WorkName]
    members: int


class VoteViews(Protocol):
    """The read side: never used to decide a change."""

    async def door(self, vote_id: VoteId, reader: UserId) -> Door:
        """The door of the vote's club; raises `VoteNotFound`."""
        ...

    async def record(self, vote_id: VoteId) -> VoteRecord:
        """Raises `VoteNotFound`."""
        ...

    async def listed(self, club_id: ClubId, at: datetime, limit: int, cursor: str | None) -> VotePage:
        """Raises `InvalidInput` for a foreign cursor."""
        ...


def demand_limit(limit: int) -> None:
    """A page has at least one line and at most a hundred."""
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidInput("limit", f"Use 1 to {LONGEST_PAGE}.")
