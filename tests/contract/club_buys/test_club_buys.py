"""How a club buys together, in memory and in PostgreSQL: each reader once, at her cap, and for herself."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from application.club_buys.hold_club_buy import OPEN_FOR
from application.prices.remember_prices import RememberPrices
from application.shared.unit_of_work import UnitOfWork
from domain.club_buys.club_buy import LONGEST
from domain.club_buys.errors import AlreadyInClubBuy, ClubBuyIsOver, ClubBuyNotFound, PricesAreOff
from domain.clubs.errors import ClubNotFound, NotAHost
from domain.shared.errors import InvalidInput
from domain.shared.ids import ClubBuyId, WatchId
from domain.watches.status import WatchStatus
from tests.contract.club_buys.conftest import Purse, share
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.work import InMemoryUnitOfWork
from tests.price_builders import told
from tests.watching import EMMA_ISBN, particulars, price, usd


async def test_each_who_joins_has_a_watch_of_her_own_at_her_own_cap(purse: Purse) -> None:
    buy, anna, ben = await purse.buy(), await purse.member(), await purse.member()
    caps = {anna: 1_500, ben: 1_400}
    watches = {reader: await purse.join(reader, buy, cap) for reader, cap in caps.items()}
    now = purse.village.clock.now()
    for reader, watch_id in watches.items():
        watch, private = await purse.watch(watch_id)
        assert (watch.user_id, watch.isbn, watch.terms.until) == (reader, EMMA_ISBN, now + OPEN_FOR)
        assert (watch.threshold, watch.left, watch.status) == (*[usd(caps[reader])] * 2, WatchStatus.ACTIVE)
        assert watch.terms.buying is not None
        assert watch.terms.buying.quantity == 1
        assert private == particulars()
        assert watch.look(price(1_450), now) is (reader == anna)  # what is dear for one buys nothing for her


async def test_who_joins_knows_at_once_what_is_asked_elsewhere(purse: Purse) -> None:
    buy, anna, clock = await purse.buy(), await purse.member(), purse.village.clock
    street = RememberPrices(purse.village.unit_of_work, InMemoryPriceMemory(), clock, InMemoryMeasurements())
    await street([told(EMMA_ISBN, 1_700, at=clock.now())])
    await purse.join(anna, buy)
    async with purse.village.unit_of_work() as work:
        [low] = await work.watches.lows(EMMA_ISBN)
    assert low.price == usd(1_700)


async def test_others_see_how_many_take_part_and_neither_who_nor_for_how_much(purse: Purse) -> None:
    buy, anna = await purse.buy(), await purse.member()
    watch = await purse.join(anna, buy)
    own, others = await purse.sees(anna, buy), await purse.sees(purse.host, buy)
    assert (own.readers, own.your_watch) == (1, watch)
    assert (others.readers, others.your_watch) == (1, None)
    assert (others.buy_id, others.club_id, others.book_isbn) == (buy, purse.club, EMMA_ISBN)
    assert (others.over, others.price, others.prices) == (False, None, f"{EMMA_ISBN} for 2")
    assert not {str(anna), str(watch), "1500"} & set(repr(others).replace("'", " ").split())


async def test_a_reader_takes_part_once(purse: Purse) -> None:
    buy, anna = await purse.buy(), await purse.member()
    clicks = await asyncio.gather(*(purse.join(anna, buy) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(click, AlreadyInClubBuy) for click in clicks) == 2
    with pytest.raises(AlreadyInClubBuy):
        await purse.join(anna, buy, 2_000)
    assert await purse.open_watches(anna) == 1
    assert (await purse.sees(anna, buy)).your_watch in clicks


async def test_who_ended_her_watch_before_it_bought_may_come_back_and_nobody_else(purse: Purse) -> None:
    buy, anna = await purse.buy(), await purse.member()
    first = await purse.join(anna, buy)
    await purse.ends(first)
    clicks = await asyncio.gather(*(purse.join(anna, buy) for _ in range(2)), return_exceptions=True)
    [second] = [click for click in clicks if not isinstance(click, BaseException)]
    seen = await purse.sees(anna, buy)
    assert (seen.readers, seen.your_watch) == (1, second)
    assert (second != first, await purse.open_watches(anna)) == (True, 1)


async def test_nobody_joins_what_is_over_and_who_is_in_stays(purse: Purse) -> None:
    buy, anna, ben = await purse.buy(), await purse.member(), await purse.member()
    watch = await purse.join(anna, buy)
    with pytest.raises(NotAHost):
        await purse.closes(anna, buy)
    for _ in range(2):
        await purse.closes(purse.host, buy)
    with pytest.raises(ClubBuyIsOver):
        await purse.join(ben, buy)
    assert (await purse.sees(ben, buy)).over
    assert (await purse.watch(watch))[0].status is WatchStatus.ACTIVE
    brief = await purse.buy(purse.village.clock.now() + timedelta(hours=1))
    purse.village.clock.move(timedelta(hours=1))
    with pytest.raises(ClubBuyIsOver):
        await purse.join(ben, brief)
    assert (await purse.open_watches(ben)) == 0


async def test_where_no_store_is_asked_nobody_waits_and_that_is_said(purse: Purse) -> None:
    buy, anna = await purse.buy(), await purse.member()
    purse.street.stores = 0
    for refused in (purse.buy(), purse.join(anna, buy)):
        with pytest.raises(PricesAreOff):
            await refused
    assert await purse.open_watches(anna) == 0


async def test_a_club_buy_is_for_members_and_held_by_hosts(purse: Purse) -> None:
    buy, anna, stranger = await purse.buy(), await purse.member(), await purse.village.reader()
    for closed in (
        purse.sees(stranger, buy),
        purse.join(stranger, buy),
        purse.closes(stranger, buy),
        purse.sees(anna, ClubBuyId(uuid4())),
        purse.join(anna, ClubBuyId(uuid4())),
    ):
        with pytest.raises(ClubBuyNotFound):
            await closed
    for nobody, error in ((anna, NotAHost), (stranger, ClubNotFound)):
        with pytest.raises(error):
            await purse.opens(nobody, purse.club, EMMA_ISBN, None)
    with pytest.raises(ClubNotFound):
        await purse.lists(stranger, purse.club, 20, None)


async def test_a_club_waits_for_a_year_at_most_and_not_for_yesterday(purse: Purse) -> None:
    now = purse.village.clock.now()
    for until in (now, now + LONGEST + timedelta(days=1)):
        with pytest.raises(InvalidInput) as refused:
            await purse.buy(until)
        assert refused.value.field == "latest_date"
    buy, anna = await purse.buy(), await purse.member()
    with pytest.raises(InvalidInput):
        await purse.joins(anna, buy, share(1_500, veto=timedelta(days=9)))
    assert await purse.open_watches(anna) == 0


async def test_a_club_s_buys_are_listed_the_latest_first(purse: Purse, unit_of_work: UnitOfWork) -> None:
    buys, anna = [await purse.buy() for _ in range(3)], await purse.member()
    watch: WatchId = await purse.join(anna, buys[1])
    page = await purse.lists(anna, purse.club, 20, None)
    assert [(line.buy_id, line.your_watch) for line in page.items] == [
        (buys[2], None),
        (buys[1], watch),
        (buys[0], None),
    ]
    if isinstance(unit_of_work, InMemoryUnitOfWork):
        return
    first = await purse.lists(anna, purse.club, 2, None)
    rest = await purse.lists(anna, purse.club, 2, first.next)
    assert [line.buy_id for line in (*first.items, *rest.items)] == buys[::-1]
    assert rest.next is None
