"""A comparison asks few stores, trusts carefully, says what is missing, and ends in time."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest

from application.prices.comparison_events import BestFound, Quoted
from application.prices.decisions import STANDS_FOR, Decisions
from application.prices.price_question import PriceQuestion
from domain.prices.estimates.consensus import Verdict
from domain.prices.estimates.experience import Experience
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import Availability
from domain.prices.store import Missing, StoreBroken
from domain.quotes.offer import Offer as Listed
from domain.shared.ids import BookId
from domain.shared.isbn import Isbn, isbn13_check_digit
from domain.shared.money import Money
from tests.contract.turns.virtual import seconds
from tests.price_world import EMMA, LoopClock, Market, MarketStore, compare, without_waiting


def street(stores: int = 20, cheapest: int = 1_000) -> Market:
    market = Market()
    for number in range(stores):
        market.sells(f"store-{number:02}", cheapest + 25 * number)
    return market


@without_waiting
async def test_quotes_come_one_by_one_and_the_cheapest_believed_wins() -> None:
    end, events = await compare(street().shop())
    assert end.best is not None
    assert end.best.offer.landed.amount == 1_000
    assert end.complete
    assert isinstance(events[0][1], Quoted)
    assert any(isinstance(event, BestFound) for _, event in events)
    assert events[-1][0] < 2


@without_waiting
async def test_every_store_is_in_the_answer() -> None:
    market = street(12)
    market.sells("zz-none", None)
    market.sells("zz-euro", 900, currency="EUR")
    end, _ = await compare(market.shop())
    absent = {one.store: one.why for one in end.missing}
    assert len(end.answers) + len(end.missing) == 14
    assert absent["zz-euro"] is Missing.OTHER_CURRENCY
    assert set(absent.values()) <= {Missing.OTHER_CURRENCY, Missing.NOT_ASKED, Missing.NOT_SOLD}


@without_waiting
async def test_with_a_fifth_dead_and_a_fifth_slow_it_ends_in_time_and_says_who_is_missing() -> None:
    market = street(30)
    for number, store in enumerate(market.stores.values()):
        if number % 5 == 0:
            store.fails = StoreBroken("500")
        if number % 5 == 1:
            store.takes = 60.0
    end, events = await compare(market.shop())
    assert end.best is not None
    assert end.best.offer.landed.amount == 1_050
    assert events[-1][0] <= 10
    assert {one.why for one in end.missing} >= {Missing.BROKEN, Missing.SLOW}


@without_waiting
async def test_nobody_answers_and_it_still_ends_in_time() -> None:
    market = street(8)
    for store in market.stores.values():
        store.takes = 60.0
    end, events = await compare(market.shop())
    assert (end.best, end.complete) == (None, False)
    assert {one.why for one in end.missing} == {Missing.SLOW}
    assert events[-1][0] == pytest.approx(10, abs=0.1)


@without_waiting
async def test_nobody_waits_to_the_end_for_stores_that_do_not_answer_once_a_rare_book_is_found() -> None:
    market = Market()
    for number in range(12):
        market.sells(f"store-{number:02}", 2_000 if number == 0 else None, takes=60.0 if number > 9 else 0.2)
    end, events = await compare(market.shop())
    assert (end.best and end.best.offer.landed.amount, end.complete) == (2_000, False)
    assert [one.store for one in end.missing if one.why is Missing.SLOW] == ["store-10", "store-11"]
    assert events[-1][0] < 6


@without_waiting
async def test_a_slow_store_is_waited_for_while_it_may_be_cheaper_or_the_second_witness() -> None:
    market = Market()
    for number in range(12):
        market.sells(f"store-{number:02}", 2_000 if number == 0 else None)
    market.sells("zz-slow", 1_900, takes=2.5)
    end, _ = await compare(market.shop())
    assert end.best is not None
    assert end.best.offer.store == "zz-slow"


@without_waiting
async def test_who_answers_a_hair_after_the_others_is_heard_though_they_agree() -> None:
    market = Market()
    for number in range(5):
        market.sells(f"store-{number}", 900 if number == 4 else 1_000, takes=0.4 if number == 4 else 0.2)
    end, _ = await compare(market.shop())
    assert end.best is not None
    assert end.best.offer.store == "store-4"


@without_waiting
async def test_while_nobody_has_told_a_price_others_are_asked_before_long() -> None:
    market = street(20)
    shop = market.shop()
    for number in range(8):
        await compare(shop, PriceQuestion(isbn=_isbn(number), currency="USD"))
    for store in list(market.stores.values())[:8]:  # they would be asked first
        store.takes = 3.0
    _, events = await compare(shop)
    assert next(at for at, event in events if isinstance(event, Quoted)) < 1


@without_waiting
async def test_nobody_is_waited_for_who_copies_from_a_store_that_has_told_and_is_not_cheaper() -> None:
    market = Market()
    shop = market.shop()
    for number in range(3):
        market.sells(f"copy-{number}", 1_000, feed="wholesaler", takes=2.5 if number == 2 else 0.2)
    shop = market.shop()
    for number in range(12):  # they are known to have whatever is asked for, at the same price
        await compare(shop, PriceQuestion(isbn=_isbn(number), currency="USD"))
    _, events = await compare(shop)
    assert events[-1][0] < 2.5


@without_waiting
async def test_what_was_told_lately_is_not_asked_again() -> None:
    market = street()
    first, _ = await compare(market.shop())
    asked = sum(store.asked for store in market.stores.values())
    again, events = await compare(market.shop())
    assert sum(store.asked for store in market.stores.values()) - asked <= 2
    assert (again.best and again.best.offer) == (first.best and first.best.offer)
    assert events[-1][0] < 1


class _AlwaysExploring(random.Random):
    def random(self) -> float:
        return 0.01

    def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
        return mu + 3 * sigma


@without_waiting
async def test_exploring_keeps_nobody_waiting_and_teaches_all_the_same() -> None:
    market, passed_over = await _with_stores_passed_over()
    for store in passed_over:
        store.takes = 5.0
    market.chance = _AlwaysExploring()
    end, events = await compare(market.shop())
    assert end.complete
    assert events[-1][0] < 1
    explored = {store.terms.name for store in passed_over if store.asked}
    assert 0 < len(explored) <= 8
    assert {name for (name, _), one in market.experiences.kept.items() if one.seconds > 5} == explored


@without_waiting
async def test_whoever_asks_for_what_is_remembered_has_nobody_explored() -> None:
    market, passed_over = await _with_stores_passed_over()
    market.chance = _AlwaysExploring()
    await compare(market.shop(), within=timedelta(0))
    assert not any(store.asked for store in passed_over)


@without_waiting
async def test_what_was_decided_is_given_at_once_and_looked_into_behind_the_answer() -> None:
    market, _ = await _with_stores_passed_over()
    decisions = Decisions(seconds)
    await compare(market.shop(decisions))
    new = _opens_cheap(market, takes=3.0)
    end, events = await compare(market.shop(decisions))
    assert (end.complete, end.best and end.best.offer.landed.amount) == (True, 1_000)
    assert events[-1][0] < 1
    assert new.asked == 1
    end, _ = await compare(market.shop(decisions))
    assert (end.complete, end.best and end.best.offer.landed.amount) == (True, 970)


@without_waiting
async def test_a_decision_stands_for_some_minutes() -> None:
    market, _ = await _with_stores_passed_over()
    decisions = Decisions(seconds)
    await compare(market.shop(decisions))
    _opens_cheap(market, takes=0.2)
    await asyncio.sleep(STANDS_FOR + 1)
    end, _ = await compare(market.shop(decisions))
    assert "zz-new" in {answer.store for answer in end.answers}


def _opens_cheap(market: Market, *, takes: float) -> MarketStore:
    """A store that other books have shown to be cheap."""
    store, at = market.sells("zz-new", 970, takes=takes), LoopClock().now().timestamp()
    model = StoreModel(at=at)
    for _ in range(20):
        model = model.answered(-0.3, at)
    trade = PriceQuestion(isbn=EMMA, currency="USD").trade
    market.experiences.kept[store.terms.name, trade] = Experience(model, calls=20.0, seconds=4.0)
    return store


async def _with_stores_passed_over() -> tuple[Market, Sequence[MarketStore]]:
    """They are known to be dear, and were not asked for this book."""
    market = street()
    for number in range(8):
        await compare(market.shop(), PriceQuestion(isbn=_isbn(number), currency="USD"))
    for store in market.stores.values():
        store.asked = 0
    await compare(market.shop())
    return market, [store for store in market.stores.values() if not store.asked]


@without_waiting
async def test_what_is_old_is_shown_with_its_age_and_asked_again() -> None:
    market = street(6)
    await compare(market.shop())
    await asyncio.sleep(6 * 3600)
    market.stores[next(iter(market.stores))].price = 950
    end, events = await compare(market.shop())
    opening = [event for at, event in events if at < 0.01 and isinstance(event, Quoted)]
    assert opening
    assert all(not event.answer.is_fresh and event.answer.age >= 21_000 for event in opening)
    assert end.best is not None
    assert end.best.offer.landed.amount == 950


@without_waiting
async def test_a_glitch_is_not_believed_until_the_store_says_it_again() -> None:
    market = street(8, cheapest=2_000)
    market.sells("aa-glitch", 300)
    end, _ = await compare(market.shop())
    glitch = next(one for one in end.answers if one.store == "aa-glitch")
    assert glitch.offers[0].verdict is Verdict.SUSPECT_LOW
    assert end.best is not None
    assert end.best.offer.landed.amount == 2_000
    await asyncio.sleep(40)
    end, _ = await compare(market.shop())
    assert market.stores[glitch.store].asked_again == 1
    assert end.best.offer.landed.amount == 300
    await compare(market.shop())
    assert market.stores[glitch.store].asked_again == 1


@without_waiting
async def test_a_glitch_that_the_store_takes_back_counts_against_it() -> None:
    market = street(8, cheapest=2_000)
    market.sells("aa-glitch", 300)
    await compare(market.shop())
    await asyncio.sleep(40)
    market.stores[next(name for name in market.stores if name == "aa-glitch")].price = 3_000
    end, _ = await compare(market.shop())
    assert end.best is not None
    assert end.best.offer.landed.amount == 2_000
    assert [one.wrong for (store, _), one in market.experiences.kept.items() if store == "aa-glitch"] == [1]


@without_waiting
async def test_stores_of_one_feed_are_one_witness() -> None:
    market = Market()
    for number in range(5):
        market.sells(f"copy-{number}", 1_000, feed="wholesaler")
    end, _ = await compare(market.shop())
    assert [(one.sources, one.agreeing) for one in end.series] == [(1, 0)]
    assert not end.complete


@without_waiting
async def test_cheap_stores_are_asked_first_once_they_are_known_to_be_cheap() -> None:
    market = street(40)
    market.sells("zz-cheap", 700)
    shop = market.shop()
    for number in range(60):
        await compare(shop, PriceQuestion(isbn=_isbn(number), currency="USD"))
    before = {store.terms.name: store.asked for store in market.stores.values()}
    end, _ = await compare(shop)
    asked = [name for name, store in market.stores.items() if store.asked > before[name]]
    assert "zz-cheap" in asked
    assert len(asked) <= 12
    assert end.best is not None
    assert end.best.offer.landed.amount == 700


@without_waiting
async def test_stores_whose_calls_are_worth_most_to_keeping_prices_fresh_are_asked_last() -> None:
    market = Market()
    stores = [market.sells(f"store-{number:02}", 1_000) for number in range(20)]
    shop = market.shop()
    for number in range(8):
        await compare(shop, PriceQuestion(isbn=_isbn(number), currency="USD"))
    market.refreshing.worth = {store.terms.name: 30.0 for store in stores[::2]}
    for store in stores:
        store.asked = 0
    end, _ = await compare(market.shop())
    assert end.complete
    assert end.counts.asked == sum(store.asked for store in stores[1::2]) < 10


@without_waiting
async def test_the_shops_own_price_is_one_of_the_offers() -> None:
    market = street(6)
    price = Money(450, "USD")
    market.own.append(
        Listed(
            book_id=BookId(uuid4()),
            isbn=EMMA.value,
            title="Emma",
            format="paperback",
            price=price,
            weight_grams=300,
            digital=False,
            available=2,
            on_sale=True,
        )
    )
    end, _ = await compare(market.shop())
    assert end.best is not None
    assert (end.best.offer.store, end.best.offer.item) == ("octavo", price)
    assert end.best.offer.shipping.amount == 399
    assert end.best.offer.availability is Availability.FEW_LEFT


@without_waiting
async def test_without_the_database_prices_are_compared_all_the_same() -> None:
    market = street()
    shop = market.shop()
    market.experiences.lost = market.doubts.lost = market.work.prices.lost = True
    end, _ = await compare(shop)
    assert end.best is not None


def _isbn(number: int) -> Isbn:
    stem = f"978{number:09d}"
    return Isbn(stem + isbn13_check_digit(stem))
