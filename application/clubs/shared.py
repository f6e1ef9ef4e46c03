"""What all changes of clubs have in common."""

from application.shared.unit_of_work import Work
from domain.clubs.club import Club
from domain.clubs.errors import MemberNotFound
from domain.clubs.membership import Membership
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubId, UserId


async def demand_genre(work: Work, genre: str | None) -> None:
    """A genre is one of the shop's categories."""
    if genre is None:
        return
    if genre not in {category.slug for category in await work.categories.tree()}:
        raise InvalidInput("genre", f"{genre!r} is no category of this shop; see GET /v1/categories.")


async def as_host(work: Work, club_id: ClubId, reader: UserId) -> Club:
    """The club, for a change that its owner and hosts may make."""
    club = await work.clubs.get(club_id)
    club.door(await work.clubs.membership(club_id, reader)).demand_host()
    return club


async def as_owner(work: Work, club_id: ClubId, reader: UserId) -> Club:
    """The club, for a change that its owner alone may make."""
    club = await work.clubs.get(club_id)
    club.door(await work.clubs.membership(club_id, reader)).demand_owner()
    return club


async def somebody(work: Work, club_id: ClubId, reader: UserId) -> Membership:
    """How another reader stands to the club; raises `MemberNotFound` for who never came to it."""
    membership = await work.clubs.membership(club_id, reader)
    if membership is None:
        raise MemberNotFound
    return membership
