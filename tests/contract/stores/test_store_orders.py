"""Orders at stores: what was charged is told, and an outcome that is not known is never made up."""

import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    NotCancelledReason,
    OrderingTerms,
    Placed,
    Rejected,
    RejectionReason,
    StoreCannotTell,
    StoreDoesNotAnswer,
    StoreOrder,
    StoreOrderKey,
    StoreOrderKeyReused,
    StoreOrderNumber,
    StoreOrderOutcomeUnknown,
    StoreTakesNoOrders,
)
from domain.shared.address import PostalAddress
from domain.shared.money import Money
from tests.contract.stores.stand_in import EMMA, Shop, StandIn
from tests.contract.stores.worlds import GRAPHQL, HTML, JSON, XML
from tests.sandbox.running import running

KEY = StoreOrderKey("0199-1")
ORDER = StoreOrder(
    key=KEY,
    store="harbour-books",
    offer_id="b/2 ü",
    seller="Anna & Söhne",
    condition="good",
    isbn=EMMA,
    item=Money(123450, "EUR"),
    shipping=Money(300, "EUR"),
    tax=Money(0, "EUR"),
    address=PostalAddress('Jane "J" <Fairfax>', "1 Highbury & Co", "Highbury", "12345", "DE"),
)
ORDERING = """
[ordering]
same_key_same_order = true
[ordering.place]
path = "/orders"
headers = { Idempotency-Key = "{key}" }
order = "order"
[ordering.place.json]
offer = "{offer_id}"
agreed = { cents = "{landed_minor:number}", total = "{landed:number}", text = "{item} + {shipping}" }
copies = "{quantity:number}"
gift = false
to = ["{to_name}", { street = "{to_line1}", more = "{to_line2}", land = "{to_country}" }]
[ordering.placed]
number = "no"
offer_id = "offer"
item = "item"
shipping = "post"
tax = { always = "0" }
currency = "cur"
where = { state = ["open", "sent"] }
[ordering.find]
path = "/orders"
query = { key = "{key}" }
order = "orders[]"
always_has = "orders"
[ordering.cancel]
path = "/orders/{key}"
method = "DELETE"
order = "order"
where = { state = "off" }
refunded = "back"
[[ordering.errors]]
at = "code"
says = "gone"
means = "sold_out"
[[ordering.errors]]
at = "code"
says = "dearer"
means = "price_changed"
asks_now = "now"
[[ordering.errors]]
at = "code"
says = "too far"
means = "not_sent_there"
[[ordering.errors]]
at = "code"
says = "no"
means = "rejected"
[[ordering.errors]]
at = "code"
says = "key"
means = "key_reused"
[[ordering.errors]]
at = "code"
says = "unknown"
means = "no_such_order"
[[ordering.errors]]
at = "code"
says = "sent"
means = "too_late"
"""
BOTH = JSON.description + ORDERING
TAKEN = {"no": "H-17", "offer": "b/2 ü", "item": 1234.5, "post": "3.00", "cur": "EUR", "state": "open"}
PLACED = Placed(
    number=StoreOrderNumber("H-17"),
    offer_id="b/2 ü",
    item=Money(123450, "EUR"),
    shipping=Money(300, "EUR"),
    tax=Money(0, "EUR"),
)


def answer(stand_in: StandIn, status: int = 200, **told: object) -> None:
    stand_in.answers(json.dumps(told), status=status)


async def test_an_order_names_exactly_what_was_agreed(shop: Shop, stand_in: StandIn) -> None:
    answer(stand_in, 201, order=TAKEN)
    assert await shop.orders(BOTH).place(ORDER) == PLACED
    assert PLACED.charged == ORDER.landed
    asked = stand_in.last
    assert (asked.method, asked.url.path, asked.headers["Idempotency-Key"]) == ("POST", "/shop/orders", KEY)
    assert b'"cents":123750,"total":1237.50,' in asked.body
    assert json.loads(asked.body) == {
        "offer": "b/2 ü",
        "agreed": {"cents": 123750, "total": 1237.5, "text": "1234.50 + 3.00"},
        "copies": 1,
        "gift": False,
        "to": ['Jane "J" <Fairfax>', {"street": "1 Highbury & Co", "land": "DE"}],
    }


async def test_what_a_store_charges_is_told_even_if_it_is_not_what_was_agreed(
    shop: Shop, stand_in: StandIn
) -> None:
    answer(stand_in, order={**TAKEN, "offer": "another", "item": 2000})
    placed = await shop.orders(BOTH).place(ORDER)
    assert isinstance(placed, Placed)
    assert (placed.offer_id, placed.item) == ("another", Money(200000, "EUR"))


@pytest.mark.parametrize(
    ("status", "told", "reason"),
    [
        (409, {"code": "gone"}, RejectionReason.SOLD_OUT),
        (409, {"code": "dearer", "now": "?"}, RejectionReason.PRICE_CHANGED),
        (422, {"code": "TOO  FAR"}, RejectionReason.NOT_SENT_THERE),
        (422, {"code": "no", "message": "Jane Fairfax may not buy"}, RejectionReason.OTHER),
        (429, {}, RejectionReason.STORE_BUSY),
        (401, {}, RejectionReason.STORE_REFUSES),
        (403, {}, RejectionReason.STORE_REFUSES),
    ],
)
async def test_a_store_says_no_for_a_reason(
    *, shop: Shop, stand_in: StandIn, status: int, told: dict[str, Any], reason: RejectionReason
) -> None:
    answer(stand_in, status, **told)
    rejected = await shop.orders(BOTH).place(ORDER)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is reason
    assert "Fairfax" not in rejected.message


async def test_a_price_that_moved_is_told(shop: Shop, stand_in: StandIn) -> None:
    answer(stand_in, 409, code="dearer", now="1240.00")
    rejected = await shop.orders(BOTH).place(ORDER)
    assert rejected == Rejected(
        RejectionReason.PRICE_CHANGED, "harbour-books: price changed.", Money(124000, "EUR")
    )


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (500, {}),
        (503, {"code": "who knows"}),
        (404, {}),
        (400, {"code": "who knows"}),
        (409, {"code": "unknown"}),
        (200, {}),
        (200, {"order": {**TAKEN, "state": "off"}}),
        (200, {"order": {**TAKEN, "no": None}}),
        (200, {"order": {**TAKEN, "item": "1234,50"}}),
        (200, {"order": {**TAKEN, "cur": "USD"}}),
        (302, {}),
    ],
)
async def test_what_is_no_clear_answer_leaves_the_outcome_unknown(
    shop: Shop, stand_in: StandIn, status: int, told: dict[str, Any]
) -> None:
    answer(stand_in, status, **told)
    with pytest.raises(StoreOrderOutcomeUnknown, match=r"^harbour-books: "):
        await shop.orders(BOTH).place(ORDER)


async def test_a_lost_answer_leaves_the_outcome_unknown_and_orders_once(
    shop: Shop, stand_in: StandIn
) -> None:
    answer(stand_in, orders=[])
    orders = shop.orders(BOTH)
    assert await orders.find("harbour-books", KEY) is None
    stand_in.cut = True
    with pytest.raises(StoreOrderOutcomeUnknown):
        await orders.place(ORDER)
    assert len(stand_in.asked) == 2


async def test_who_was_never_reached_has_ordered_nothing(shop: Shop) -> None:
    async with running(web.Application()) as url:
        gone = BOTH.replace("http://stand-in", url)
    rejected = await shop.orders(gone).place(ORDER)
    assert isinstance(rejected, Rejected)
    assert rejected.reason is RejectionReason.STORE_BUSY


async def test_a_key_spent_on_another_order_is_our_own_mistake(shop: Shop, stand_in: StandIn) -> None:
    answer(stand_in, 409, code="key")
    with pytest.raises(StoreOrderKeyReused):
        await shop.orders(BOTH).place(ORDER)


async def test_orders_are_found_by_their_key(shop: Shop, stand_in: StandIn) -> None:
    orders = shop.orders(BOTH)
    answer(stand_in, orders=[{**TAKEN, "no": "H-16", "state": "off"}, TAKEN, {**TAKEN, "no": "H-18"}])
    assert await orders.find("harbour-books", KEY) == PLACED
    assert stand_in.last.url.query["key"] == KEY
    for none in ({"orders": []}, {"orders": [{**TAKEN, "state": "off"}]}, {"code": "unknown"}):
        answer(stand_in, **none)
        assert await orders.find("harbour-books", KEY) is None


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, {}), (500, {}), (429, {}), (401, {}), (200, {}), (200, {"orders": [{"state": "open"}]})],
)
async def test_only_a_clear_answer_means_that_there_is_no_order(
    shop: Shop, stand_in: StandIn, status: int, told: dict[str, Any]
) -> None:
    answer(stand_in, status, **told)
    with pytest.raises(StoreDoesNotAnswer):
        await shop.orders(BOTH).find("harbour-books", KEY)


async def test_an_order_is_called_off(shop: Shop, stand_in: StandIn) -> None:
    orders = shop.orders(BOTH)
    answer(stand_in, order={"state": "off", "back": "1237.50"})
    assert await orders.cancel("harbour-books", KEY) == Cancelled(Money(123750, "EUR"))
    assert (stand_in.last.method, stand_in.last.url.path) == ("DELETE", f"/shop/orders/{KEY}")
    answer(stand_in, order={"state": "off"})
    assert await orders.cancel("harbour-books", KEY) == Cancelled(None)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ({"code": "sent"}, NotCancelledReason.TOO_LATE),
        ({"code": "unknown"}, NotCancelledReason.UNKNOWN_ORDER),
        ({"code": "no"}, NotCancelledReason.OTHER),
        ({"order": {"state": "open"}}, NotCancelledReason.OTHER),
    ],
)
async def test_an_order_that_stands_says_why(
    shop: Shop, stand_in: StandIn, told: dict[str, Any], reason: NotCancelledReason
) -> None:
    answer(stand_in, **told)
    found = await shop.orders(BOTH).cancel("harbour-books", KEY)
    assert isinstance(found, NotCancelled)
    assert found.reason is reason


async def test_a_cancellation_without_an_answer_is_asked_for_again(shop: Shop, stand_in: StandIn) -> None:
    orders = shop.orders(BOTH)
    for status in (500, 404, 429):
        answer(stand_in, status)
        with pytest.raises(StoreDoesNotAnswer):
            await orders.cancel("harbour-books", KEY)
    for rubbish in ("<h1>OK</h1>", '{"order": {"state": "off", "back": "all of it"}}'):
        stand_in.answers(rubbish)
        with pytest.raises(StoreDoesNotAnswer):
            await orders.cancel("harbour-books", KEY)
    stand_in.cut = True
    with pytest.raises(StoreDoesNotAnswer):
        await orders.cancel("harbour-books", KEY)


async def test_stores_can_be_relied_upon_for_what_is_described(shop: Shop) -> None:
    assert shop.orders(BOTH).terms("harbour-books") == OrderingTerms(
        finds_by_key=True, same_key_same_order=True, cancels=True
    )
    bare, _, _ = ORDERING.partition("[ordering.find]")
    orders = shop.orders(JSON.description + bare)
    assert orders.terms("harbour-books") == OrderingTerms(
        finds_by_key=False, same_key_same_order=True, cancels=False
    )
    with pytest.raises(StoreCannotTell):
        await orders.find("harbour-books", KEY)
    refused = await orders.cancel("harbour-books", KEY)
    assert isinstance(refused, NotCancelled)
    assert refused.reason is NotCancelledReason.NOT_OFFERED


async def test_a_store_that_takes_no_orders_is_not_asked_to(shop: Shop, stand_in: StandIn) -> None:
    orders = shop.orders(BOTH)
    with pytest.raises(StoreTakesNoOrders):
        await orders.place(replace(ORDER, store="elsewhere"))
    with pytest.raises(StoreTakesNoOrders):
        orders.terms("elsewhere")
    assert stand_in.asked == []


XML_ORDERING = '''
[ordering]
same_key_same_order = false
[ordering.place]
path = "/bestellung"
order = "quittung"
xml = """
<bestellung schluessel="{key}" nr="{offer_id}"><an land="{to_country}">{to_name}|{to_line2}</an></bestellung>
"""
[ordering.placed]
number = "@nr"
offer_id = "angebot"
item = "preis"
shipping = { at = "versand", otherwise = "0" }
tax = { always = "0" }
currency = "/quittung/@waehrung"
[ordering.find]
path = "/bestellungen"
form = { schluessel = "{key}" }
order = "quittung"
always_has = "quittung"
'''


async def test_orders_in_xml_are_safe_from_what_people_are_called(shop: Shop, stand_in: StandIn) -> None:
    orders = shop.orders(XML.description + XML_ORDERING)
    receipt = (
        '<quittung nr="7" waehrung="EUR"><angebot>b/2 ü</angebot><preis>123450</preis>'
        "<versand>300</versand></quittung>"
    )
    stand_in.answers(receipt)
    assert await orders.place(ORDER) == replace(PLACED, number=StoreOrderNumber("7"))
    assert stand_in.last.headers["Content-Type"].startswith("application/xml")
    assert "Jane &quot;J&quot; &lt;Fairfax&gt;|</an>" in stand_in.last.body.decode()
    assert await orders.find("harbour-books", KEY) is not None
    assert (stand_in.last.method, stand_in.last.body) == ("POST", b"schluessel=0199-1")


async def test_an_error_told_in_a_graphql_answer_is_understood(shop: Shop, stand_in: StandIn) -> None:
    told = GRAPHQL.description + ORDERING.replace('at = "code"', 'at = "errors[].code"')
    for code, kind in (("gone", Rejected), ("too far", Rejected)):
        answer(stand_in, data=None, errors=[{"code": code}])
        assert isinstance(await shop.orders(told).place(ORDER), kind)
    answer(stand_in, data=None, errors=[{"code": "?"}])
    with pytest.raises(StoreOrderOutcomeUnknown):
        await shop.orders(told).place(ORDER)


async def test_a_store_may_take_orders_in_another_format_than_it_shows_its_pages(
    shop: Shop, stand_in: StandIn
) -> None:
    both = HTML.description + ORDERING.replace("[ordering]", '[ordering]\nwire = "json"')
    answer(stand_in, order={**TAKEN, "item": "1234,50", "post": "3,00"})
    assert await shop.orders(both).place(ORDER) == PLACED


async def test_what_came_back_of_an_order_is_no_part_of_what_it_costs(shop: Shop, stand_in: StandIn) -> None:
    described = BOTH.replace('currency = "cur"\n', 'currency = "cur"\nrefunded = "back"\n', 1)
    answer(stand_in, orders=[{**TAKEN, "back": "34.50"}])
    placed = await shop.orders(described).find("harbour-books", KEY)
    assert placed is not None
    assert (placed.item, placed.charged) == (Money(123450, "EUR"), Money(120300, "EUR"))
