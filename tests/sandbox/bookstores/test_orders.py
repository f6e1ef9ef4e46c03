"""Order desks: what each promises about keys it keeps, and what goes wrong is in the ledger."""

import asyncio
import sqlite3
from typing import Any
from uuid import uuid4

import pytest

from tests.sandbox.bookstores.conftest import Street
from tests.sandbox.bookstores.customers import Buyer, Heard, total_of

LANGUAGES = ("json", "xml", "graphql")
THE_BEST = {"takes_orders": True, "idempotent": True, "lookup": True}
TOLD = ("order_id", "key", "status", "offer_id", "isbn", "condition", "seller", "currency", "at")
AMOUNTS = ("item", "shipping", "tax", "charged", "refunded")


class Desk:
    """One store's, with a key of its own and an offer to order."""

    def __init__(self, street: Street, store: str, buyer: Buyer, offer: Heard) -> None:
        self.street, self.store, self.buyer, self.offer = street, store, buyer, offer
        self.key = f"purchase-{uuid4()}"

    async def order(self, total: int | None = None, **address: str) -> list[Heard]:
        return await self.buyer.order(self.offer, self.key, total, **address)

    async def ledger(self, what: str = "orders") -> list[dict[str, Any]]:
        return list((await self.street.get(f"/ledger/{what}", store=self.store, key=self.key))["items"])

    @property
    def refused(self) -> tuple[int, str]:
        """As the customer heard it."""
        return self.buyer.answer.status_code, self.buyer.code


async def desk_of(street: Street, **wanted: object) -> Desk:
    store = street.named(**wanted)
    return Desk(street, store, street.buyer(store), await street.offer(store))


@pytest.fixture(params=LANGUAGES)
async def desk(street: Street, request: pytest.FixtureRequest) -> Desk:
    return await desk_of(street, format=request.param, **THE_BEST)


@pytest.fixture
async def json_desk(street: Street) -> Desk:
    return await desk_of(street, format="json", **THE_BEST)


def status(desk: Desk, usual: int) -> int:
    """GraphQL tells what is wrong in a 200."""
    return 200 if desk.street.stores[desk.store]["format"] == "graphql" else usual


async def test_an_order_costs_what_the_offer_does_and_the_ledger_knows(desk: Desk) -> None:
    (receipt,) = await desk.order()
    assert receipt["charged"] == total_of(desk.offer)
    assert (receipt["status"], receipt["refunded"]) == ("accepted", 0)
    (line,) = await desk.ledger()
    assert {name: line[name] for name in (*TOLD, *AMOUNTS)} == receipt
    assert (line["country"], line["expected_total"]) == ("US", total_of(desk.offer))
    (charge,) = await desk.ledger("movements")
    assert (charge["kind"], charge["amount"], charge["order_id"]) == (
        "charge",
        line["charged"],
        line["order_id"],
    )


async def test_the_same_key_and_order_is_the_same_order(desk: Desk) -> None:
    first = await desk.order()
    assert await desk.order() == first
    assert len(await desk.ledger()) == 1


async def test_many_at_once_under_one_key_are_one_order(json_desk: Desk) -> None:
    await asyncio.gather(*(json_desk.order() for _ in range(5)))
    assert len(await json_desk.ledger()) == 1


async def test_the_same_key_for_another_order_is_refused(desk: Desk) -> None:
    await desk.order()
    assert await desk.order(city="Elsewhere") == []
    assert desk.refused == (status(desk, 409), "key_reused")
    assert len(await desk.ledger()) == 1


async def test_an_order_is_found_by_its_key(desk: Desk) -> None:
    assert await desk.buyer.find(desk.key) == []
    receipt = await desk.order()
    assert await desk.buyer.find(desk.key) == receipt


async def test_a_cancelled_order_is_paid_back_once(desk: Desk) -> None:
    (receipt,) = await desk.order()
    for _ in range(2):
        (cancelled,) = await desk.buyer.cancel(desk.key)
        assert cancelled == receipt | {"status": "cancelled", "refunded": receipt["charged"]}
    assert [line["kind"] for line in await desk.ledger("movements")] == ["charge", "cancel"]


async def test_a_part_is_refunded_once_and_the_rest_when_cancelled(desk: Desk) -> None:
    (receipt,) = await desk.order()
    for _ in range(2):
        (refunded,) = await desk.buyer.refund(desk.key, 100)
        assert refunded == receipt | {"status": "refunded", "refunded": 100}
    await desk.buyer.refund(desk.key, 200)
    assert desk.refused == (status(desk, 409), "refused")
    (cancelled,) = await desk.buyer.cancel(desk.key)
    assert cancelled["refunded"] == receipt["charged"]
    moved = [(line["kind"], line["amount"]) for line in await desk.ledger("movements")]
    assert moved == [("charge", receipt["charged"]), ("refund", 100), ("cancel", receipt["charged"] - 100)]


async def test_more_than_was_charged_is_not_refunded(desk: Desk) -> None:
    (receipt,) = await desk.order()
    assert await desk.buyer.refund(desk.key, receipt["charged"] + 100) == []
    assert desk.refused == (status(desk, 409), "refused")


async def test_there_is_nothing_to_cancel_under_an_unknown_key(desk: Desk) -> None:
    assert await desk.buyer.cancel(desk.key) == []
    assert desk.refused == (status(desk, 404), "order_not_found")


async def test_nobody_pays_more_than_expected(desk: Desk) -> None:
    assert await desk.order(total=total_of(desk.offer) - 10) == []
    assert desk.refused == (status(desk, 409), "price_changed")
    (receipt,) = await desk.order(total=total_of(desk.offer) + 10)
    assert receipt["charged"] == total_of(desk.offer)


async def test_another_currency_is_another_price(desk: Desk) -> None:
    desk.offer = desk.offer | {"currency": "CHF"}
    assert await desk.order() == []
    assert desk.refused == (status(desk, 409), "price_changed")


async def test_what_is_not_there_cannot_be_ordered(desk: Desk) -> None:
    absent = await desk.street.offer(desk.store, availability="out_of_stock")
    assert await desk.buyer.order(absent, desk.key) == []
    assert desk.refused == (status(desk, 409), "out_of_stock")
    gone = desk.offer | {"offer_id": "3gswz0wsh-0zzz"}
    assert await desk.buyer.order(gone, desk.key) == []
    assert desk.refused[0] == status(desk, 404)
    assert await desk.ledger() == []


@pytest.mark.parametrize("where", [{"country": "ZZ"}, {"postal_code": "00000"}])
async def test_some_places_are_not_delivered_to(desk: Desk, where: dict[str, str]) -> None:
    assert await desk.buyer.order(desk.offer, desk.key, None, **where) == []
    assert desk.refused == (status(desk, 422), "no_service")


async def test_an_order_needs_a_key(desk: Desk) -> None:
    desk.key = ""
    assert await desk.order() == []
    assert desk.refused == (status(desk, 400), "invalid_request")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_cannot_be_read_is_no_order(street: Street, language: str) -> None:
    desk = await desk_of(street, format=language, **THE_BEST)
    path = {"json": "/api/v2/orders", "xml": "/ws/order", "graphql": "/graphql"}[language]
    for body in (b"", b"<order/>", b'{"operationName": "PlaceOrder"}', b'{"operationName": "Steal"}'):
        await desk.buyer.call("POST", path, body, _key=desk.key)
        assert desk.refused == (status(desk, 400), "invalid_request")


async def test_an_amount_finer_than_the_currency_is_none(json_desk: Desk) -> None:
    order = {
        "offer_id": json_desk.offer["offer_id"],
        "isbn13": json_desk.offer["isbn"],
        "ship_to": {"name": "A", "line1": "B", "city": "C", "postal_code": "62701", "country": "US"},
    }
    for amount, currency in (
        ("12.999", "USD"),
        ("-1.00", "USD"),
        ("NaN", "USD"),
        ("a lot", "USD"),
        ("1", "XXX"),
    ):
        body = order | {"expected_total": {"amount": amount, "currency": currency}}
        await json_desk.buyer.call("POST", "/api/v2/orders", body, _key=json_desk.key)
        assert json_desk.refused == (400, "invalid_request")


async def test_a_desk_that_knows_no_keys_takes_the_same_order_twice(street: Street) -> None:
    for lookup in (True, False):
        desk = await desk_of(street, takes_orders=True, idempotent=False, lookup=lookup)
        await desk.order()
        await desk.order()
        assert len(await desk.ledger()) == 2
        assert len(await desk.buyer.find(desk.key)) == (2 if lookup else 0)


async def test_a_store_that_cannot_look_up_says_so_and_cancels_all_the_same(street: Street) -> None:
    desk = await desk_of(street, takes_orders=True, idempotent=True, lookup=False)
    await desk.order()
    assert await desk.buyer.find(desk.key) == []
    assert desk.buyer.code == "not_found"
    assert [order["status"] for order in await desk.buyer.cancel(desk.key)] == ["cancelled"]


async def test_a_store_without_a_desk_sells_nothing(street: Street) -> None:
    store = next(n for n, s in street.stores.items() if not s["takes_orders"] and s["format"] != "html")
    desk = Desk(street, store, street.buyer(store), await street.offer(store))
    for answer in (await desk.order(), await desk.buyer.cancel(desk.key), await desk.buyer.find(desk.key)):
        assert answer == []
        assert desk.buyer.code == "not_found"


async def test_one_of_two_orders_under_a_key_is_cancelled_by_its_number(street: Street) -> None:
    desk = await desk_of(street, format="json", takes_orders=True)
    await street.fault("order_twice", "order", desk.store)
    (receipt,) = await desk.order()
    body = {"key": desk.key, "order_id": receipt["order_id"]}
    await desk.buyer.call("POST", "/api/v2/orders/cancel", body)
    assert sorted(line["status"] for line in await desk.ledger()) == ["accepted", "cancelled"]


async def test_the_ledger_keeps_of_an_address_only_the_country(street: Street, json_desk: Desk) -> None:
    await json_desk.order(line1="12 Secret Lane")
    kept = sqlite3.connect(street.ledger)
    lines = "\n".join(kept.iterdump())
    kept.close()
    assert json_desk.key in lines
    assert "Secret" not in lines
