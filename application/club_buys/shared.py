"""What all steps of club buys have in common: who may take them, and that there are prices to wait for."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import Work
from domain.club_buys.club_buy import ClubBuy
from domain.club_buys.errors import ClubBuyNotFound, PricesAreOff
from domain.clubs.door import Door
from domain.clubs.errors import ClubNotFound
from domain.prices.ports import Bookstores
from domain.shared.ids import ClubBuyId, UserId


async def as_member(work: Work, buy_id: ClubBuyId, reader: UserId) -> ClubBuy:
    """The club buy, for one of the club's members who joins; it stays as it is meanwhile."""
    buy = await work.club_buys.read(buy_id)
    members_only(await door_of(work, buy.club_id, reader))
    return buy


async def as_host(work: Work, buy_id: ClubBuyId, reader: UserId) -> ClubBuy:
    """The club buy, for a change that the club's owner and hosts may make."""
    buy = await work.club_buys.get(buy_id)
    members_only(await door_of(work, buy.club_id, reader)).demand_host()
    return buy


def members_only(door: Door) -> Door:
    """A club buy is for the club's members; where the club shows nothing, its buys are not there."""
    try:
        door.demand_insight()
    except ClubNotFound as unseen:
        raise ClubBuyNotFound from unseen
    door.demand_member()
    return door


def demand_prices(stores: Bookstores) -> None:
    """Raise `PricesAreOff` where no store is asked: a watch would wait for ever, and say nothing."""
    if not stores.all():
        raise PricesAreOff
