"""/v1/votes: what a club reads next."""

from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.votes.cast_ballot import CastBallot, TakeBallotBack
from application.votes.hold_vote import EndVote, OpenVote, ProposeWork
from application.votes.see_votes import ListVotes, SeeVote
from application.votes.views import VoteDetail, VotePage
from domain.shared.ids import ClubId, VoteId, WorkId
from domain.users.principal import Principal
from entrypoints.http.clubs.clubs import Limit, NextOfBefore
from entrypoints.http.votes.schemas import Choices, NewVote, Proposal


class Votes(Controller):
    """For members of the club."""

    path = "/votes"
    tags = ("Votes",)

    @post(description=OpenVote.__doc__)
    async def open(
        self,
        data: JSONBody[NewVote],
        reader: NamedDependency[Principal],
        open_vote: NamedDependency[OpenVote],
        see_vote: NamedDependency[SeeVote],
    ) -> Response[VoteDetail]:
        """Let us decide (a host)."""
        works = [WorkId(work_id) for work_id in data.work_ids]
        vote_id = await open_vote(reader.user_id, ClubId(data.club_id), data.closes_at, works)
        vote = await see_vote(reader.user_id, vote_id)
        return Response(vote, status_code=201, headers={"Location": f"/v1/votes/{vote_id}"})

    @get("/{vote_id:uuid}", description=SeeVote.__doc__)
    async def see(
        self,
        vote_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        see_vote: NamedDependency[SeeVote],
    ) -> VoteDetail:
        """What there is to choose, or how it went."""
        return await see_vote(reader.user_id, VoteId(vote_id))

    @post("/{vote_id:uuid}/candidates", description=ProposeWork.__doc__)
    async def propose(
        self,
        vote_id: FromPath[UUID],
        data: JSONBody[Proposal],
        reader: NamedDependency[Principal],
        propose_work: NamedDependency[ProposeWork],
        see_vote: NamedDependency[SeeVote],
    ) -> VoteDetail:
        """Why not this one?"""
        await propose_work(reader.user_id, VoteId(vote_id), WorkId(data.work_id))
        return await see_vote(reader.user_id, VoteId(vote_id))

    @put("/{vote_id:uuid}/ballot", description=CastBallot.__doc__)
    async def cast(
        self,
        vote_id: FromPath[UUID],
        data: JSONBody[Choices],
        reader: NamedDependency[Principal],
        cast_ballot: NamedDependency[CastBallot],
        see_vote: NamedDependency[SeeVote],
    ) -> VoteDetail:
        """I would read these."""
        choices = [WorkId(work_id) for work_id in data.choices]
        await cast_ballot(reader.user_id, VoteId(vote_id), choices)
        return await see_vote(reader.user_id, VoteId(vote_id))

    @delete("/{vote_id:uuid}/ballot", description=TakeBallotBack.__doc__)
    async def take_back(
        self,
        vote_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        take_ballot_back: NamedDependency[TakeBallotBack],
    ) -> None:
        """I have no say."""
        await take_ballot_back(reader.user_id, VoteId(vote_id))

    @post("/{vote_id:uuid}/end", status_code=200, description=EndVote.__doc__)
    async def end(
        self,
        vote_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        end_vote: NamedDependency[EndVote],
        see_vote: NamedDependency[SeeVote],
    ) -> VoteDetail:
        """That was it (a host)."""
        await end_vote(reader.user_id, VoteId(vote_id))
        return await see_vote(reader.user_id, VoteId(vote_id))


@get("/clubs/{club_id:uuid}/votes", tags=["Votes"], description=ListVotes.__doc__)
async def votes_of_club(
    club_id: FromPath[UUID],
    reader: NamedDependency[Principal],
    list_votes: NamedDependency[ListVotes],
    limit: Limit = 20,
    cursor: NextOfBefore = None,
) -> VotePage:
    """The latest opened first."""
    return await list_votes(reader.user_id, ClubId(club_id), limit, cursor)
