"""What a purchase hears of the comparison."""

from datetime import timedelta

import pytest

from application.purchases.compared_offers import ComparedOffers
from domain.prices.store import StoreBroken
from domain.purchases.errors import ComparisonFailed, LastLookFailed
from domain.purchases.ports import Found
from domain.shared.money import Money
from tests.price_world import EMMA, LoopClock, Market
from tests.unit.prices.test_compare_prices import street, without_waiting

MAXIMUM = Money(5_000, "USD")


def offers(market: Market) -> ComparedOffers:
    shop = market.shop()
    return ComparedOffers(shop, market, market.ask_store, LoopClock())


async def best(market: Market) -> Found | None:
    until = LoopClock().now() + timedelta(seconds=10)
    return await offers(market).best(EMMA, MAXIMUM, ["new"], until=until)


@without_waiting
async def test_it_is_bought_where_orders_are_taken_and_the_lowest_is_told() -> None:
    market = street(6)
    market.sells("aa-shows-only", 900, can_order=False)
    found = await best(market)
    assert found is not None
    assert found.lowest.landed.amount == 900
    assert found.offer is not None
    assert found.offer.landed.amount == 1_000


@without_waiting
async def test_a_book_that_nobody_has_is_no_failure() -> None:
    market = Market()
    for number in range(6):
        market.sells(f"store-{number}", None)
    assert await best(market) is None


@without_waiting
async def test_stores_that_all_fail_are_a_failed_comparison() -> None:
    market = street(6)
    for store in market.stores.values():
        store.fails = StoreBroken("500")
    with pytest.raises(ComparisonFailed):
        await best(market)


@without_waiting
async def test_the_last_look_asks_the_store_itself() -> None:
    market = street(6)
    found = await best(market)
    assert found is not None
    assert found.offer is not None
    store = next(one for one in market.stores.values() if one.terms.name == found.offer.store)
    store.price = 1_200
    seen = await offers(market).look_again(found.offer)
    assert seen is not None
    assert seen.landed.amount == 1_200
    store.price = None
    assert await offers(market).look_again(found.offer) is None
    store.fails = StoreBroken("500")
    with pytest.raises(LastLookFailed):
        await offers(market).look_again(found.offer)
