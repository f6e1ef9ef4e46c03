"""What the owner and the hosts of a club decide."""

from uuid import UUID

from litestar import Controller, Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.clubs.give_role import GiveRole
from application.clubs.invite import InviteByLink, WithdrawInvitation
from application.clubs.keep_door import KeepDoor
from application.clubs.revise_club import ReviseClub
from application.clubs.see_clubs import SeeClub
from application.clubs.views import ClubDetail
from domain.shared.ids import ClubId, UserId
from domain.users.principal import Principal
from entrypoints.http.books.versions import seen_version
from entrypoints.http.clubs.clubs import IfMatch, page_of
from entrypoints.http.clubs.schemas import ClubBody, Invited, MembershipState, RoleGiven, StandingGiven


class Hosting(Controller):
    """Changes of the club name the version they were made on; who saw an older one is told 412."""

    path = "/clubs/{club_id:uuid}"
    tags = ("Clubs",)

    @put(description=ReviseClub.__doc__)
    async def revise(
        self,
        *,
        club_id: FromPath[UUID],
        data: JSONBody[ClubBody],
        reader: NamedDependency[Principal],
        revise_club: NamedDependency[ReviseClub],
        see_club: NamedDependency[SeeClub],
        if_match: IfMatch = None,
    ) -> Response[ClubDetail]:
        """Say everything anew: what is missing is not said any more."""
        seen = seen_version(if_match, needed=True, what="club")
        await revise_club(reader.user_id, ClubId(club_id), data.facts(), seen)
        return page_of(await see_club(ClubId(club_id), reader.user_id))

    @put("/members/{reader_id:uuid}", description=KeepDoor.__doc__)
    async def decide(
        self,
        club_id: FromPath[UUID],
        reader_id: FromPath[UUID],
        data: JSONBody[StandingGiven],
        reader: NamedDependency[Principal],
        keep_door: NamedDependency[KeepDoor],
    ) -> MembershipState:
        """How she stands to the club from here on."""
        standing = await keep_door(reader.user_id, ClubId(club_id), UserId(reader_id), data.standing)
        return MembershipState(club_id, reader_id, standing)

    @put("/members/{reader_id:uuid}/role", status_code=204, description=GiveRole.__doc__)
    async def give_role(
        self,
        club_id: FromPath[UUID],
        reader_id: FromPath[UUID],
        data: JSONBody[RoleGiven],
        reader: NamedDependency[Principal],
        give_role: NamedDependency[GiveRole],
    ) -> None:
        """Host, member, or owner in my place."""
        await give_role(reader.user_id, ClubId(club_id), UserId(reader_id), data.role)

    @post("/invitations", description=InviteByLink.__doc__)
    async def invite(
        self,
        club_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        invite_by_link: NamedDependency[InviteByLink],
    ) -> Invited:
        """A link for whoever has it."""
        link = await invite_by_link(reader.user_id, ClubId(club_id))
        return Invited(link.secret, link.expires_at)

    @delete("/invitations", description=WithdrawInvitation.__doc__)
    async def withdraw_invitation(
        self,
        club_id: FromPath[UUID],
        reader: NamedDependency[Principal],
        withdraw_invitation: NamedDependency[WithdrawInvitation],
    ) -> None:
        """The link that is out opens no more."""
        await withdraw_invitation(reader.user_id, ClubId(club_id))
