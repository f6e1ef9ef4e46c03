"""Have a club wait for a book's price together."""

from datetime import datetime, timedelta
from typing import Final

from application.club_buys.shared import as_host, demand_prices
from application.meetings.shared import door_of
from application.shared.unit_of_work import UnitOfWork
from domain.club_buys.club_buy import ClubBuy
from domain.prices.ports import Bookstores
from domain.shared.clock import Clock
from domain.shared.ids import ClubBuyId, ClubId, IdSource, UserId
from domain.shared.isbn import Isbn

OPEN_FOR: Final = timedelta(days=90)  # as a watch whose reader says nothing else


class OpenClubBuy:
    """The owner and the hosts of a club open a buy of one edition until a date, in ninety days where none is
    said. Where the shop asks no bookstores there is nothing to wait for, and that is said.
    """

    def __init__(self, unit_of_work: UnitOfWork, stores: Bookstores, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._ids = ids
        self._clock = clock

    async def __call__(self, host: UserId, club_id: ClubId, isbn: Isbn, until: datetime | None) -> ClubBuyId:
        """Raises `ClubNotFound`, `NotAMember`, `NotAHost`, `PricesAreOff`, `InvalidInput`."""
        now = self._clock.now()
        buy_id = ClubBuyId(self._ids.new())
        async with self._unit_of_work() as work:
            (await door_of(work, club_id, host)).demand_host()
            demand_prices(self._stores)
            buy = ClubBuy.open(buy_id, club_id, isbn, host, until=until or now + OPEN_FOR, at=now)
            await work.club_buys.add(buy)
        return buy_id


class CloseClubBuy:
    """The owner and the hosts of a club let nobody join a buy any more. Who is in keeps her watch, for only
    she ends it.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, host: UserId, buy_id: ClubBuyId) -> None:
        """Twice is harmless. Raises `ClubBuyNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            buy = await as_host(work, buy_id, host)
            buy.close(self._clock.now())
            await work.club_buys.save(buy)
