"""Told to misbehave, a store does so at the next calls, and the ledger says what truly happened."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.sandbox.bookstores.conftest import Street, isbn
from tests.sandbox.bookstores.customers import Buyer, Customer, Heard, total_of

LANGUAGES = ("json", "xml", "graphql", "html")
SECONDS = 0.1


@pytest.fixture(params=LANGUAGES)
async def customer(street: Street, request: pytest.FixtureRequest) -> Customer:
    return street.customer(street.named(format=request.param))


class Purchase:
    """An order at a store that knows its keys."""

    def __init__(self, street: Street, buyer: Buyer, offer: Heard) -> None:
        self.street, self.buyer, self.offer, self.key = street, buyer, offer, f"purchase-{uuid4()}"

    async def misbehave(self, effect: str) -> None:
        await self.street.fault(effect, "order", self.buyer.name)

    async def order(self) -> list[Heard]:
        return await self.buyer.order(self.offer, self.key)

    async def ledger(self) -> list[dict[str, Any]]:
        return list((await self.street.get("/ledger/orders", key=self.key))["items"])


@pytest.fixture
async def purchase(street: Street) -> Purchase:
    store = street.named(format="json", idempotent=True, lookup=True)
    return Purchase(street, street.buyer(store), await street.offer(store))


async def book_of(street: Street, customer: Customer) -> str:
    return str((await street.offer(customer.name))["isbn"])


async def test_a_connection_is_cut(street: Street, customer: Customer) -> None:
    await street.fault("drop_before", "search", customer.name)
    with pytest.raises(httpx.TransportError):
        await customer.search(await book_of(street, customer))


@pytest.mark.parametrize(
    ("effect", "status"),
    [("error_before", 500), ("unavailable", 503), ("too_many", 429)],
)
async def test_an_answer_is_an_error(street: Street, customer: Customer, effect: str, status: int) -> None:
    book = await book_of(street, customer)
    await street.fault(effect, "search", customer.name, seconds=0)
    await customer.ask(book)
    assert customer.answer.status_code == status
    assert "retry-after" not in customer.answer.headers
    await customer.ask(book)
    assert customer.answer.status_code == 200


async def test_the_account_is_closed(street: Street, customer: Customer) -> None:
    await street.fault("forbidden", "search", customer.name)
    await customer.search(await book_of(street, customer))
    graphql, html = customer.store["format"] == "graphql", customer.store["format"] == "html"
    assert customer.answer.status_code == (200 if graphql else 403)
    assert customer.code == ("" if html else "forbidden")


async def test_the_body_is_cut_short(street: Street, customer: Customer) -> None:
    book = await book_of(street, customer)
    await customer.ask(book)
    whole = customer.answer.content
    await street.fault("malformed", "search", customer.name)
    await customer.ask(book)
    assert customer.answer.status_code == 200
    assert customer.answer.content == whole[: len(whole) // 2]


async def test_an_answer_comes_late(street: Street, customer: Customer) -> None:
    await street.fault("latency", "search", customer.name, seconds=SECONDS)
    assert await customer.search(await book_of(street, customer))
    assert customer.answer.elapsed.total_seconds() >= SECONDS


@pytest.mark.parametrize(
    ("effect", "field"),
    [
        ("glitch", "item"),
        ("price_changed", "item"),
        ("wrong_currency", "currency"),
        ("wrong_isbn", "isbn"),
        ("out_of_stock", "availability"),
    ],
)
async def test_what_is_told_of_offers_is_wrong(
    street: Street, customer: Customer, effect: str, field: str
) -> None:
    offer = await street.offer(customer.name, currency=customer.store["currency"])
    await street.fault(effect, "detail", customer.name)
    (told,) = await customer.look(offer["offer_id"])
    truth = {
        "glitch": offer["item"] // 10,
        "price_changed": offer["item"] + max(offer["item"] // 4, 100),
        "wrong_currency": "GBP" if offer["currency"] == "USD" else "USD",
        "out_of_stock": "out_of_stock",
    }
    assert told[field] == truth.get(effect, told[field])
    assert told[field] != offer[field]
    (again,) = await customer.look(offer["offer_id"])
    assert again[field] == offer[field]


async def test_a_fault_of_one_store_leaves_the_others_alone(street: Street) -> None:
    one, other = street.named(format="json"), street.named(format="xml")
    await street.fault("unavailable", "*", one)
    await street.customer(other).search(isbn(0))
    assert len((await street.get("/control/faults"))["items"]) == 1
    await street.customer(one).search(isbn(0))
    assert (await street.get("/control/faults"))["items"] == []


async def test_a_fault_of_all_befalls_whoever_comes(street: Street) -> None:
    await street.fault("unavailable", "search", times=2)
    for language in ("json", "xml"):
        customer = street.customer(street.named(format=language))
        await customer.search(isbn(0))
        assert customer.answer.status_code == 503


async def test_a_burst_of_refusals_says_when_it_is_over(street: Street) -> None:
    customer = street.customer(street.named(format="json", retry_after="seconds"))
    await street.fault("too_many", "search", customer.name, times=2, seconds=7)
    for _ in range(2):
        await customer.search(isbn(0))
        assert (customer.answer.status_code, customer.answer.headers["retry-after"]) == (429, "7")


async def test_an_order_is_taken_and_its_answer_lost(purchase: Purchase) -> None:
    await purchase.misbehave("drop_after")
    with pytest.raises(httpx.TransportError):
        await purchase.order()
    (found,) = await purchase.buyer.find(purchase.key)
    assert await purchase.order() == [found]
    assert len(await purchase.ledger()) == 1


async def test_an_order_is_taken_though_nobody_waits_any_more(street: Street, purchase: Purchase) -> None:
    await street.fault("latency", "order", purchase.buyer.name, seconds=SECONDS)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(purchase.order(), SECONDS / 2)
    assert await purchase.buyer.find(purchase.key) == []
    async with asyncio.timeout(10):
        while not await purchase.ledger():  # noqa: ASYNC110 - what is waited for happens in another server
            await asyncio.sleep(SECONDS)
    assert len(await purchase.buyer.find(purchase.key)) == 1


async def test_an_order_is_lost_and_nothing_happened(purchase: Purchase) -> None:
    await purchase.misbehave("drop_before")
    with pytest.raises(httpx.TransportError):
        await purchase.order()
    assert await purchase.buyer.find(purchase.key) == await purchase.ledger() == []


async def test_an_order_is_taken_twice(purchase: Purchase) -> None:
    await purchase.misbehave("order_twice")
    (receipt,) = await purchase.order()
    assert len(await purchase.ledger()) == 2
    found = await purchase.buyer.find(purchase.key)
    assert len(found) == 2
    assert [receipt] == found[:1] == await purchase.order()


@pytest.mark.parametrize("effect", ["price_changed", "out_of_stock"])
async def test_an_order_is_refused_at_the_last_moment(purchase: Purchase, effect: str) -> None:
    await purchase.misbehave(effect)
    assert await purchase.order() == []
    assert (purchase.buyer.answer.status_code, purchase.buyer.code) == (409, effect)
    assert await purchase.ledger() == []
    assert len(await purchase.order()) == 1


async def test_more_is_charged_than_was_agreed(purchase: Purchase) -> None:
    await purchase.misbehave("overcharged")
    (receipt,) = await purchase.order()
    (line,) = await purchase.ledger()
    assert line["charged"] == receipt["charged"] > line["expected_total"] == total_of(purchase.offer)


async def test_another_copy_is_sent_than_was_chosen(purchase: Purchase) -> None:
    await purchase.misbehave("wrong_offer")
    (receipt,) = await purchase.order()
    assert receipt["offer_id"] != purchase.offer["offer_id"]
    assert receipt["condition"] == "acceptable"


async def test_a_fault_nobody_knows_is_refused(street: Street) -> None:
    for wrong in ({"effect": "rain"}, {"effect": "glitch", "times": 0}, {"effect": "glitch", "shop": "a"}):
        answer = await street.sandbox.http.post("/control/faults", json={"operation": "search", **wrong})
        assert answer.status_code == 422


async def test_only_who_has_the_key_may_ask_for_trouble(street: Street) -> None:
    for path in ("/control/faults", "/control/weather", "/control/clock"):
        answer = await street.sandbox.http.post(path, json={}, headers={"Authorization": ""})
        assert answer.status_code == 401
