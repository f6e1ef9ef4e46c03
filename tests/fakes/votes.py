"""Votes in memory, proven equal to the real ones by the contract suite."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from application.votes.views import VoteLine, VotePage, VoteRecord, WorkName
from domain.clubs.door import Door
from domain.shared.ids import ClubId, UserId, VoteId
from domain.votes.errors import VoteNotFound
from domain.votes.vote import Ballot, Vote

if TYPE_CHECKING:
    from tests.fakes.work import InMemoryWork


class InMemoryVotes:
    """The `Votes` port."""

    def __init__(self) -> None:
        self.kept: dict[VoteId, Vote] = {}
        self.cast_in: dict[VoteId, dict[UserId, Ballot]] = {}

    async def add(self, vote: Vote) -> None:
        self.kept[vote.id] = deepcopy(vote)
        self.cast_in[vote.id] = {}

    async def get(self, vote_id: VoteId) -> Vote:
        if vote_id not in self.kept:
            raise VoteNotFound
        return deepcopy(self.kept[vote_id])

    async def read(self, vote_id: VoteId) -> Vote:
        return await self.get(vote_id)

    async def save(self, vote: Vote) -> None:
        self.kept[vote.id] = deepcopy(vote)

    async def cast(self, vote_id: VoteId, ballot: Ballot) -> None:
        self.cast_in[vote_id][ballot.reader] = ballot

    async def take_back(self, vote_id: VoteId, reader: UserId) -> None:
        self.cast_in[vote_id].pop(reader, None)

    async def take_back_all(self, club_id: ClubId, reader: UserId, at: datetime) -> None:
        for vote in self.kept.values():
            ballot = self.cast_in[vote.id].get(reader)
            open_then = vote.closes_at > at and (vote.ended_at is None or vote.ended_at > at)
            if vote.club_id == club_id and open_then and ballot is not None and ballot.cast_at <= at:
                await self.take_back(vote.id, reader)

    async def ballots(self, vote_id: VoteId) -> Sequence[Ballot]:
        return list(self.cast_in[vote_id].values())


@dataclass(frozen=True)
class InMemoryVoteViews:
    """The `VoteViews` port. Pages are the real one's concern: here everything is on one."""

    work: "InMemoryWork"

    async def door(self, vote_id: VoteId, reader: UserId) -> Door:
        vote = await self.work.votes.get(vote_id)
        club = await self.work.clubs.get(vote.club_id)
        return club.door(await self.work.clubs.membership(vote.club_id, reader))

    async def record(self, vote_id: VoteId) -> VoteRecord:
        vote = await self.work.votes.get(vote_id)
        works = [await self.work.works.get(candidate.work_id) for candidate in vote.candidates]
        return VoteRecord(
            vote=vote,
            ballots=await self.work.votes.ballots(vote_id),
            names={work.id: WorkName(work.facts.title, list(work.facts.authors)) for work in works},
            members=await self.work.clubs.members(vote.club_id),
        )

    async def listed(self, club_id: ClubId, at: datetime, limit: int, cursor: str | None) -> VotePage:
        found = [
            VoteLine(
                vote_id=vote.id,
                opened_at=vote.opened_at,
                closes_at=vote.closes_at,
                ended_at=vote.ended_at,
                over=vote.is_over(at),
                candidates=len(vote.candidates),
                ballots=len(self.work.votes.cast_in[vote.id]),
            )
            for vote in self.work.votes.kept.values()
            if vote.club_id == club_id
        ]
        return VotePage(sorted(found, key=lambda line: line.vote_id, reverse=True), None)
