"""/v1/clubs/{club_id}/members: come in, go, and see who is there."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from application.clubs.join_club import JoinClub, LeaveClub
from application.clubs.see_clubs import ListMembers
from application.clubs.views import MemberPage
from domain.clubs.standing import Standing
from domain.shared.ids import ClubId
from domain.users.principal import Principal
from entrypoints.http.clubs.clubs import Limit, NextOfBefore
from entrypoints.http.clubs.schemas import Joining, MembershipState


class Members(Controller):
    """Who is in a club, and who stands at its door."""

    path = "/clubs/{club_id:uuid}/members"
    tags = ("Clubs",)

    @post(
        responses={
            202: ResponseSpec(MembershipState, description="Its hosts decide.", generate_examples=False)
        },
        description=JoinClub.__doc__,
    )
    async def join(
        self,
        club_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        join_club: NamedDependency[JoinClub],
        data: JSONBody[Joining | None] = None,
    ) -> Response[MembershipState]:
        """201: I am in. 202: its hosts decide."""
        said = data or Joining()
        standing = await join_club(reader.user_id, ClubId(club_id), said.name(), said.invitation)
        status = 201 if standing is Standing.MEMBER else 202
        return Response(MembershipState(club_id, reader.user_id, standing), status_code=status)

    @get(description=ListMembers.__doc__)
    async def listed(
        self,
        *,
        club_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        list_members: NamedDependency[ListMembers],
        standing: Annotated[Standing, QueryParameter(description="Who stands so to it.")] = Standing.MEMBER,
        limit: Limit = 20,
        cursor: NextOfBefore = None,
    ) -> MemberPage:
        """Who is in."""
        return await list_members(reader.user_id, ClubId(club_id), standing, limit, cursor)

    @delete("/me", description=LeaveClub.__doc__)
    async def leave(
        self,
        club_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        leave_club: NamedDependency[LeaveClub],
    ) -> None:
        """I leave."""
        await leave_club(reader.user_id, ClubId(club_id))
