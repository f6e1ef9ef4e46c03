"""Take part in a club's buy."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.club_buys.shared import as_member, demand_prices
from application.shared.unit_of_work import UnitOfWork, Work
from application.watches.new_watch import lows_before, write_down
from domain.club_buys.club_buy import ClubBuy, Share
from domain.club_buys.errors import AlreadyInClubBuy
from domain.prices.ports import Bookstores
from domain.shared.address import PostalAddress
from domain.shared.clock import Clock
from domain.shared.edition_format import Format
from domain.shared.ids import ClubBuyId, IdSource, UserId, WatchId
from domain.shared.money import Money
from domain.watches.ports import Particulars
from domain.watches.terms import Buying, Terms
from domain.watches.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareWish:
    """The most that her copy may cost all in all, in which condition, how it is paid and where it goes. With
    `veto` she is told first and has so long to say no.
    """

    maximum: Money
    conditions: frozenset[str]
    address: PostalAddress
    payment_token: str
    veto: timedelta | None = None


class JoinClubBuy:
    """A member takes part with a cap of her own: from then on a watch of hers waits until a copy costs no
    more than that, and buys one, with her payment, for her address. Nobody else sees any of it, and nobody
    else steers it. She takes part once; who has ended her watch before it bought may come back.
    """

    def __init__(self, unit_of_work: UnitOfWork, stores: Bookstores, ids: IdSource, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._stores = stores
        self._ids = ids
        self._clock = clock

    async def __call__(self, reader: UserId, buy_id: ClubBuyId, wish: ShareWish) -> WatchId:
        """Raises `ClubBuyNotFound`, `NotAMember`, `PricesAreOff`, `ClubBuyIsOver`, `AlreadyInClubBuy`,
        `TooManyWatches`, `InvalidInput`.
        """
        watch_id, now = WatchId(self._ids.new()), self._clock.now()
        async with self._unit_of_work() as work:
            buy = await as_member(work, buy_id, reader)
            demand_prices(self._stores)
            buy.demand_open(now)
            before = await _given_up(work, buy_id, reader)
            watch = _watch(watch_id, reader, buy, wish, now)
            private = Particulars(wish.address, wish.payment_token)
            await write_down(work, watch, private, await lows_before(work, watch))
            # Whoever of her two clicks comes second undoes its watch with it.
            if not await work.club_buys.join(Share(buy_id, reader, watch_id, now), instead_of=before):
                raise AlreadyInClubBuy
        return watch_id


async def _given_up(work: Work, buy_id: ClubBuyId, reader: UserId) -> WatchId | None:
    """The watch she ended before it bought anything; raises `AlreadyInClubBuy` for any other."""
    share = await work.club_buys.share(buy_id, reader)
    if share is None:
        return None
    watch = await work.watches.get(share.watch_id)
    if watch.bought or not watch.ended:
        raise AlreadyInClubBuy
    return watch.id


def _watch(watch_id: WatchId, reader: UserId, buy: ClubBuy, wish: ShareWish, at: datetime) -> Watch:
    terms = Terms(
        formats=frozenset(Format),
        conditions=wish.conditions,
        target=wish.maximum,
        until=buy.until,
        buying=Buying(quantity=1, budget=wish.maximum, veto=wish.veto),
    )
    watch = Watch(id=watch_id, user_id=reader, isbn=buy.isbn, terms=terms, begun_at=at)
    watch.begin()
    return watch
