"""Come into a club, and leave it."""

from application.shared.unit_of_work import UnitOfWork
from domain.clubs.errors import InvitationNotGood, MemberNotFound
from domain.clubs.standing import Standing
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


class JoinClub:
    """A public club takes in whoever comes; a private one is asked, and its hosts decide. With an invitation
    a reader is in at once. Joining again changes nothing.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(
        self,
        reader: UserId,
        club_id: ClubId,
        display_name: str | None,
        invitation: str | None = None,
    ) -> Standing:
        """How she stands to the club now. Raises `ClubNotFound`, `InvitationNotGood`, `ClubIsFull`."""
        now = self._clock.now()
        async with self._unit_of_work() as work:
            club = await work.clubs.get(club_id)
            known = await work.clubs.membership(club_id, reader)
            club.door(known).demand_known()
            if invitation is not None:
                out = await work.clubs.invitation(club_id)
                if out is None:
                    raise InvitationNotGood
                out.demand_good(invitation, now)
            if known is None or not known.is_member:
                club.demand_room(await work.clubs.members(club_id))
            member = club.receive(known, reader, display_name, now, invited=invitation is not None)
            await work.clubs.keep(member)
        return member.standing


class LeaveClub:
    """A member leaves, or a reader asks no more to be let in; leaving twice changes nothing. What she read
    and bet stays where it was. The owner hands the club over first.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId) -> None:
        """Raises `ClubNotFound`, `MemberNotFound`, `OwnerStays`."""
        async with self._unit_of_work() as work:
            club = await work.clubs.get(club_id)
            membership = await work.clubs.membership(club_id, reader)
            club.door(membership).demand_known()
            if membership is None:
                raise MemberNotFound
            membership.leave(self._clock.now())
            await work.clubs.keep(membership)
