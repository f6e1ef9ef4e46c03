"""What all steps of club buys have in common: who may take them, and that there are prices to wait for."""

from application.meetings.shared import door_of
from application.shared.unit_of_work import Work
from domain.club_buys.club_buy import ClubBuy
from domain.club_buys.errors import ClubBuyNotFound, PricesAreOff
from domain.prices.ports import Bookstores
from domain.shared.ids import ClubBuyId, UserId


async def as_member(work: Work, buy_id: ClubBuyId, reader: UserId) -> ClubBuy:
    """The club buy, for one of the club's members who joins; it stays as it is meanwhile."""
    buy = await work.club_buys.read(buy_id)
    (await door_of(work, buy.club_id, reader)).to(ClubBuyNotFound).demand_member()
    return buy


async def as_host(work: Work, buy_id: ClubBuyId, reader: UserId) -> ClubBuy:
    """The club buy, for a change that the club's owner and hosts may make."""
    buy = await work.club_buys.get(buy_id)
    (await door_of(work, buy.club_id, reader)).to(ClubBuyNotFound).demand_host()
    return buy


def demand_prices(stores: Bookstores) -> None:
    """Raise `PricesAreOff` where no store is asked: a watch would wait for ever, and say nothing."""
    if not stores.all():
        raise PricesAreOff
