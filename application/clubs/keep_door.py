"""Who comes in, who stays out: what the owner and the hosts of a club decide."""

from application.clubs.shared import as_host, somebody
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.errors import MemberNotFound
from domain.clubs.standing import Standing
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, UserId


class KeepDoor:
    """The owner and the hosts let in (`member`) or refuse (`refused`) who asks, and bar (`barred`) whom they
    must; twice the same changes nothing. A barred reader finds the club no more, until a host forgives her
    (`left`) and she comes again.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, club_id: ClubId, about: UserId, standing: Standing) -> Standing:
        """How she stands to the club now. Raises `ClubNotFound`, `NotAMember`, `NotAHost`, `MemberNotFound`,
        `ClubIsFull`, and `OwnerStays` for the owner herself.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            club = await as_host(work, club_id, reader)
            other = await somebody(work, club_id, about)
            match standing:
                case Standing.MEMBER:
                    _demand_asked(other.standing)
                    club.demand_room(await work.clubs.members(club_id))
                    other.join(now)
                case Standing.REFUSED:
                    other.refuse(now)
                case Standing.BARRED:
                    other.bar(now)
                case Standing.LEFT:
                    _demand_barred(other.standing)
                    other.leave(now)
                case Standing.REQUESTED:
                    raise InvalidInput("standing", "Only the reader herself asks to be let in.")
            await work.clubs.keep(other)
        return other.standing


def _demand_asked(standing: Standing) -> None:
    """Nobody is made a member who did not want to be."""
    if standing not in {Standing.REQUESTED, Standing.REFUSED, Standing.MEMBER}:
        raise MemberNotFound


def _demand_barred(standing: Standing) -> None:
    """Members are not sent away so."""
    if standing not in {Standing.BARRED, Standing.LEFT}:
        raise MemberNotFound
