"""Prices move by themselves, alike for everybody who asks at the same moment, and are sometimes mistakes."""

from collections import Counter
from datetime import datetime

from entrypoints.sandbox.bookstores.founding import found
from tests.sandbox.bookstores.conftest import STEP, Street, isbn
from tests.sandbox.bookstores.customers import Heard

A_DAY = 1_440  # steps


async def seen(street: Street, step: int, book: int = 0) -> list[Heard]:
    await street.post("/control/clock", step=step)
    return list((await street.get("/ledger/prices", isbn=isbn(book)))["items"])


async def of_store(street: Street, store: str, step: int) -> Heard:
    """Its own copy."""
    offers = await seen(street, step)
    return next(o for o in offers if o["store"] == store and o["offer_id"].endswith("-n"))


async def test_prices_are_a_matter_of_the_moment_alone(street: Street) -> None:
    first = await seen(street, STEP)
    later = await seen(street, STEP + A_DAY)
    assert later != first
    assert await seen(street, STEP) == first


async def test_the_clock_runs_stands_and_is_set_forward(street: Street) -> None:
    assert (await street.post("/control/clock", advance=5))["step"] == STEP + 5
    assert (await street.get("/control/clock"))["is_fixed"] is True
    running = await street.post("/control/clock", run=True)
    assert running["is_fixed"] is False
    ahead = await street.post("/control/clock", advance=A_DAY)
    assert 0 <= ahead["step"] - running["step"] - A_DAY <= 1


async def test_the_clock_takes_one_order_at_a_time(street: Street) -> None:
    for wrong in ({}, {"step": 1, "advance": 1}, {"step": -1}, {"hour": 3}):
        answer = await street.sandbox.http.post("/control/clock", json=wrong)
        assert answer.status_code == 422


async def test_a_price_changed_when_it_says_so(street: Street) -> None:
    new = [offer for offer in await seen(street, STEP) if offer["offer_id"].endswith("-n")][:5]
    for offer in new:
        at = int(datetime.fromisoformat(offer["changed_at"]).timestamp()) // 60
        before, after = [await of_store(street, offer["store"], step) for step in (at - 1, at)]
        assert before["changed_at"] < after["changed_at"] == offer["changed_at"]
        assert after["item"] == offer["item"]


async def test_stores_of_a_feed_tell_the_same_price_of_the_same_moment(street: Street) -> None:
    told: dict[str, set[tuple[object, ...]]] = {}
    for offer in await seen(street, STEP):
        if feed := street.stores[offer["store"]]["feed"]:
            told.setdefault(feed, set()).add((offer["item"], offer["currency"], offer["changed_at"]))
    assert told
    assert all(len(prices) == 1 for prices in told.values())


async def test_a_used_copy_costs_less_than_a_new_one_mostly(street: Street) -> None:
    new: list[int] = []
    used: list[int] = []
    for offer in await seen(street, STEP):
        if offer["currency"] == "USD" and not offer["glitch"]:
            (new if offer["condition"] == "new" else used).append(offer["item"])
    assert sorted(used)[len(used) // 2] < sorted(new)[len(new) // 2]


async def test_a_forthcoming_book_can_be_ordered_ahead_and_nobody_has_read_it(street: Street) -> None:
    for book in range(200):
        offers = [offer for told in (await street.truth(book)).values() for offer in told]
        if any(offer["availability"] == "pre_order" for offer in offers):
            assert {(o["availability"], o["condition"]) for o in offers} == {("pre_order", "new")}
            return
    raise AssertionError("none of two hundred books is forthcoming")


def test_one_price_in_some_hundred_is_a_mistake_of_one_of_three_kinds() -> None:
    lists = [store.prices for store in found(40)]
    glitches = Counter(prices.price(isbn(book), STEP).glitch for prices in lists for book in range(100))
    assert set(map(str, glitches)) == {"None", "tenth", "zero", "wrong_currency"}
    assert 10 <= glitches.total() - glitches[None] <= 50


def test_some_prices_move_within_the_hour_and_others_keep_for_days() -> None:
    prices = found(1)[0].prices
    moves = [
        len({prices.price(isbn(book), STEP + hour * 60).since for hour in range(48)}) - 1
        for book in range(40)
    ]
    assert min(moves) == 0
    assert max(moves) > 24


async def test_a_tagged_book_is_sold_where_it_has_a_price_and_nowhere_else(street: Street) -> None:
    book = isbn(5)
    assert len({offer["store"] for offer in await seen(street, STEP, 5)}) > 1
    for store, price in (("ferry-books", 1_099), ("hazel-reads", None)):
        answer = await street.sandbox.http.post(
            "/control/tags", json={"store": store, "isbn": book, "price": price}
        )
        assert answer.status_code == 204
    [offer] = await seen(street, STEP, 5)
    assert (offer["store"], offer["item"], offer["shipping"], offer["tax"]) == ("ferry-books", 1_099, 0, 0)
    [told] = await street.customer("ferry-books").look(offer["offer_id"])
    assert told["item"] == 1_099
    unknown = {"store": "no-such-store", "isbn": book, "price": 1}
    assert (await street.sandbox.http.post("/control/tags", json=unknown)).status_code == 404
    assert (await street.sandbox.http.delete("/control/tags")).status_code == 204
    assert len({offer["store"] for offer in await seen(street, STEP, 5)}) > 1
