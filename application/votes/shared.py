"""What all changes of votes have in common: who may make them."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import Work
from domain.shared.ids import UserId, VoteId
from domain.votes.errors import VoteNotFound
from domain.votes.vote import Vote


async def as_voter(work: Work, vote_id: VoteId, reader: UserId) -> Vote:
    """The vote, for a ballot; it stays as it is meanwhile."""
    vote = await work.votes.read(vote_id)
    (await door_of(work, vote.club_id, reader)).to(VoteNotFound).demand_member()
    return vote


async def as_proposer(work: Work, vote_id: VoteId, reader: UserId) -> Vote:
    """The vote, for a change that any member may make."""
    vote = await work.votes.get(vote_id)
    (await door_of(work, vote.club_id, reader)).to(VoteNotFound).demand_member()
    return vote


async def as_host(work: Work, vote_id: VoteId, reader: UserId) -> Vote:
    """The vote, for a change that the club's owner and hosts may make."""
    vote = await work.votes.get(vote_id)
    (await door_of(work, vote.club_id, reader)).to(VoteNotFound).demand_host()
    return vote
