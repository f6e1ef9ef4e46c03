"""Say what one would read next."""

from collections.abc import Sequence
from uuid import UUID

from application.outbox.ports import WaitingEvent
from application.shared.unit_of_work import UnitOfWork
from application.votes.shared import as_voter
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId, VoteId, WorkId


class CastBallot:
    """Every member has one ballot: all works that she would read, the one she would like best first. She may
    cast it anew until the vote is over, and nobody else sees it.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, vote_id: VoteId, choices: Sequence[WorkId]) -> None:
        """Raises `VoteNotFound`, `NotAMember`, `VoteIsOver`, `NotACandidate`."""
        async with self._unit_of_work() as work:
            vote = await as_voter(work, vote_id, reader)
            await work.votes.cast(vote_id, vote.ballot(reader, choices, self._clock.now()))


class TakeBallotBack:
    """A member has no say after all; without a ballot nothing changes."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, vote_id: VoteId) -> None:
        """Raises `VoteNotFound`, `NotAMember`, `VoteIsOver`."""
        async with self._unit_of_work() as work:
            vote = await as_voter(work, vote_id, reader)
            vote.demand_ballots(self._clock.now())
            await work.votes.take_back(vote_id, reader)


class DropBallots:
    """Who leaves a club has no say in its open votes any more; what is over stays as it was."""

    def __init__(self, unit_of_work: UnitOfWork) -> None:
        self._unit_of_work = unit_of_work

    async def __call__(self, event: WaitingEvent) -> bool:
        """On `club_left`; by the moment at which she left, for the news may come late."""
        reader = UserId(UUID(str(event.payload["user_id"])))
        async with self._unit_of_work() as work:
            await work.votes.take_back_all(ClubId(event.aggregate_id), reader, event.occurred_at)
        return True
