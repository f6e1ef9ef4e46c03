"""Have a club decide what it reads next."""

from collections.abc import Sequence
from datetime import datetime

from application.meetings.shared import door_of
from application.shared.unit_of_work import UnitOfWork
from application.votes.shared import as_host, as_proposer
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, IdSource, UserId, VoteId, WorkId
from domain.votes.vote import Vote


class OpenVote:
    """The owner and the hosts of a club open a vote until a moment, perhaps with some works to begin with."""

    def __init__(self, unit_of_work: UnitOfWork, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._ids = ids
        self._clock = clock

    async def __call__(
        self, host: UserId, club_id: ClubId, closes_at: datetime, works: Sequence[WorkId]
    ) -> VoteId:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`, `WorkNotFound`, `TooManyCandidates`,
        `InvalidInput`.
        """
        now = self._clock.now()
        vote = Vote.open(VoteId(self._ids.new()), club_id, host, closes_at, now)
        async with self._unit_of_work() as work:
            (await door_of(work, club_id, host)).demand_host()
            for work_id in works:
                await work.works.get(work_id)
                vote.propose(work_id, host, now)
            await work.votes.add(vote)
        return vote.id


class ProposeWork:
    """Every member proposes works while the vote is open; proposing one twice is harmless."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, vote_id: VoteId, work_id: WorkId) -> None:
        """Raises `VoteNotFound`, `NotAMember`, `WorkNotFound`, `VoteIsOver`, `TooManyCandidates`."""
        async with self._unit_of_work() as work:
            vote = await as_proposer(work, vote_id, reader)
            await work.works.get(work_id)
            if vote.propose(work_id, reader, self._clock.now()):
                await work.votes.save(vote)


class EndVote:
    """The owner and the hosts of a club end a vote before its time; everybody sees how it went."""

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, host: UserId, vote_id: VoteId) -> None:
        """Raises `VoteNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            vote = await as_host(work, vote_id, host)
            vote.end(self._clock.now())
            await work.votes.save(vote)
