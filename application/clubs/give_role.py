"""Who looks after a club."""

from application.clubs.shared import as_owner, somebody
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.club import Club
from domain.clubs.errors import OwnerStays
from domain.clubs.standing import ClubRole
from domain.shared.clock import Clock
from domain.shared.ids import ClubId, UserId


class GiveRole:
    """The owner makes members hosts, and hosts members. When she makes somebody else the owner, the club is
    hers no more: she stays as a host.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId, about: UserId, role: ClubRole) -> None:
        """Raises `ClubNotFound`, `NotAMember`, `NotTheOwner`, `MemberNotFound`, and `OwnerStays` for who
        would leave the club without an owner.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            await as_owner(work, club_id, reader)
            owner = await somebody(work, club_id, reader)
            other = await somebody(work, club_id, about)
            if role is ClubRole.OWNER:
                Club.hand_over(owner, other, now)
                await work.clubs.keep(owner, other)  # in this order: there is one owner at every moment
                return
            if other.is_owner:
                raise OwnerStays
            other.take(role, now)
            await work.clubs.keep(other)
