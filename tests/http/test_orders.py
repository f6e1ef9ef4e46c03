"""Ordering over HTTP, in the whole shop: what is sent, what comes back, and how a story is followed."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.shop import ADDRESS, Reader, Shop

BODY: dict[str, Any] = {"payment_info": {"method": "card", "token": "tok_ok"}, "shipping_addr": ADDRESS}


@pytest.fixture(autouse=True)
async def a_good_day(shop: Shop) -> AsyncIterator[None]:
    await shop.behave()
    yield
    await shop.behave()


@pytest.fixture
async def reader(shop: Shop) -> Reader:
    """Somebody with an e-book in the cart."""
    reader = await shop.reader()
    await shop.put_in_cart(reader, shop.shelf.put("Emma", format="ebook"))
    return reader


async def post(shop: Shop, reader: Reader, body: object, key: str | None = None) -> httpx.Response:
    headers = {**reader.headers, "Idempotency-Key": key or str(uuid4())}
    return await shop.http.post("/v1/checkout", headers=headers, json=body)


async def complete(shop: Shop, reader: Reader) -> str:
    """The id of an order that has come to its end."""
    order_id: str = (await shop.checkout(reader)).json()["order_id"]
    await shop.ended(order_id)
    return order_id


# -- checkout ----------------------------------------------------------------------------------------


async def test_a_checkout_is_answered_with_the_confirmed_order_and_where_it_is(
    shop: Shop, reader: Reader
) -> None:
    answer = await shop.checkout(reader)
    order = answer.json()
    assert answer.status_code == 201
    assert set(order) == {
        "order_id", "status", "payment_status", "fulfilment_status", "total", "next_action",
    }  # fmt: skip
    assert (order["status"], order["total"], order["next_action"]) == (
        "confirmed",
        {"amount": 1299, "currency": "USD"},
        None,
    )
    assert answer.headers["Location"] == f"/v1/orders/{order['order_id']}"
    await shop.ended(order["order_id"])


async def test_a_payment_the_bank_asks_about_is_pending_with_the_banks_page(
    shop: Shop, reader: Reader
) -> None:
    answer = await shop.checkout(reader, "tok_3ds_required")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    assert answer.json()["next_action"]["type"] == "redirect"
    page = await shop.payments.http.get(answer.json()["next_action"]["url"])
    assert page.status_code == 200
    assert answer.headers["Location"] == f"/v1/orders/{answer.json()['order_id']}"
    await shop.payments.decide(answer.json()["next_action"]["url"], "deny")
    await shop.ended(answer.json()["order_id"])


async def test_a_slow_provider_leaves_the_order_pending_and_it_goes_on_by_itself(
    shop: Shop, reader: Reader
) -> None:
    key = str(uuid4())
    answer = await shop.checkout(reader, "tok_slow", key=key)
    assert (answer.status_code, answer.json()["status"], answer.json()["next_action"]) == (
        202,
        "pending",
        None,
    )
    assert (await shop.ended(answer.json()["order_id"]))["status"] == "completed"
    again = await shop.checkout(reader, "tok_slow", key=key)
    assert (again.status_code, again.content) == (202, answer.content)


async def test_a_declined_payment_is_a_402_that_names_the_order_and_is_repeated_as_it_was(
    shop: Shop, reader: Reader
) -> None:
    key = str(uuid4())
    answer = await shop.checkout(reader, "tok_insufficient_funds", key=key)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (402, "payment_declined")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (await shop.see(problem["order_id"], reader))["status"] == "declined"
    again = await shop.checkout(reader, "tok_insufficient_funds", key=key)
    assert (again.status_code, again.content) == (402, answer.content)
    assert again.headers["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"payment_info": {"method": "card", "token": "4242 4242 4242 4242"}}, "payment_info.token"),
        ({"payment_info": {"method": "card", "token": ""}}, "payment_info.token"),
        ({"payment_info": {"method": "cash", "token": "tok_ok"}}, "payment_info.method"),
        ({"payment_info": {"method": "card", "token": "tok_ok", "cvc": "123"}}, "payment_info"),
        ({"shipping_addr": {**ADDRESS, "country": "usa"}}, "shipping_addr.country"),
        ({"shipping_addr": {**ADDRESS, "line1": " "}}, "shipping_addr.line1"),
        ({"shipping_addr": {k: v for k, v in ADDRESS.items() if k != "city"}}, "shipping_addr"),
        ({"quote_id": "seven"}, "quote_id"),
        ({"gift": True}, None),
    ],
)
async def test_what_is_wrong_with_a_checkout_is_named(
    shop: Shop, reader: Reader, changed: dict[str, object], field: str | None
) -> None:
    answer = await post(shop, reader, {**BODY, **changed})
    assert answer.status_code in {400, 422}, answer.text
    if field:
        assert field in answer.text
    assert await shop.orders_of(reader) == []


@pytest.mark.parametrize("key", [None, "", "k" * 256])
async def test_a_checkout_needs_a_key_of_reasonable_length(
    shop: Shop, reader: Reader, key: str | None
) -> None:
    headers = dict(reader.headers) | ({} if key is None else {"Idempotency-Key": key})
    answer = await shop.http.post("/v1/checkout", headers=headers, json=BODY)
    assert answer.status_code in {400, 422}
    assert "Idempotency-Key" in answer.text


async def test_an_empty_cart_and_an_unknown_quote_are_told_apart(shop: Shop, reader: Reader) -> None:
    unknown = await shop.checkout(reader, quote_id=str(uuid4()))
    assert (unknown.status_code, unknown.json()["code"]) == (404, "quote_not_found")
    await complete(shop, reader)
    empty = await shop.checkout(reader)
    assert (empty.status_code, empty.json()["code"]) == (409, "cart_is_empty")


async def test_an_order_that_a_coupon_pays_for_in_full_is_confirmed_and_moves_no_money(
    shop: Shop, reader: Reader
) -> None:
    code = await shop.coupon(basis_points=10_000)
    answer = await shop.checkout(reader, coupon=code)
    assert (answer.status_code, answer.json()["total"]["amount"]) == (201, 0)
    assert (await shop.ended(answer.json()["order_id"]))["status"] == "completed"
    assert await shop.payments.ledger(answer.json()["order_id"]) == []


# -- orders ------------------------------------------------------------------------------------------


async def test_an_order_shows_its_lines_and_its_story_in_plain_words(shop: Shop, reader: Reader) -> None:
    order_id = await complete(shop, reader)
    order = await shop.see(order_id, reader)
    assert (order["status"], order["payment_status"], order["fulfilment_status"]) == (
        "completed",
        "captured",
        "delivered",
    )
    assert [(line["title"], line["quantity"], line["total"]["amount"]) for line in order["lines"]] == [
        ("Emma", 1, 1299)
    ]
    assert order["process"] == f"order-{order_id}"
    story = [sentence["text"] for sentence in order["timeline"]]
    assert story[0].startswith("Order placed for 12.99 USD")
    assert [sentence["id"] for sentence in order["timeline"]] == sorted(s["id"] for s in order["timeline"])


async def test_somebody_elses_order_does_not_exist_and_staff_sees_it(shop: Shop, reader: Reader) -> None:
    order_id = await complete(shop, reader)
    stranger, staff = await shop.reader(), await shop.staff()
    for method, path in (
        ("GET", ""),
        ("GET", "/events"),
        ("POST", "/cancel"),
    ):
        answer = await shop.http.request(method, f"/v1/orders/{order_id}{path}", headers=stranger.headers)
        assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")
    assert (await shop.see(order_id, staff))["order_id"] == order_id
    assert await shop.orders_of(stranger) == []


async def test_a_history_comes_in_pages_newest_first(shop: Shop, reader: Reader) -> None:
    ids = [await complete(shop, reader)]
    for _ in range(2):
        await shop.put_in_cart(reader, shop.shelf.put(format="ebook"))
        ids.append(await complete(shop, reader))
    seen: list[str] = []
    params: dict[str, str | int] = {"limit": 2}
    while True:
        page = (await shop.http.get("/v1/orders", headers=reader.headers, params=params)).json()
        seen += [order["order_id"] for order in page["items"]]
        if page["next"] is None:
            break
        params["cursor"] = page["next"]
    assert seen == ids[::-1]


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"limit": "x"}, {"cursor": "x"}])
async def test_a_page_has_between_one_and_a_hundred_orders(
    shop: Shop, reader: Reader, params: dict[str, str | int]
) -> None:
    answer = await shop.http.get("/v1/orders", headers=reader.headers, params=params)
    assert answer.status_code in {400, 422}


# -- following ---------------------------------------------------------------------------------------


async def follow(
    shop: Shop, reader: Reader, order_id: str, last_seen: str | None = None
) -> list[tuple[str, str]]:
    """Every event as (id, text) until the stream ends by itself."""
    headers = dict(reader.headers) | ({"Last-Event-ID": last_seen} if last_seen else {})
    told, number = [], ""
    async with (
        asyncio.timeout(30),
        shop.http.stream("GET", f"/v1/orders/{order_id}/events", headers=headers) as answer,
    ):
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        async for line in answer.aiter_lines():
            if line.startswith("id:"):
                number = line.removeprefix("id:").strip()
            if line.startswith("data:") and line != "data: {}":
                told.append((number, json.loads(line.removeprefix("data:"))["text"]))
    return told


async def test_a_story_is_followed_to_its_end_and_resumed_where_it_was_left(
    shop: Shop, reader: Reader
) -> None:
    await shop.carrier.hurry(0.5, 0.3)
    await shop.put_in_cart(reader, shop.shelf.put())
    order_id = (await shop.checkout(reader)).json()["order_id"]
    told = await follow(shop, reader, order_id)
    story = (await shop.see(order_id, reader))["timeline"]
    assert told == [(str(sentence["id"]), sentence["text"]) for sentence in story]
    assert "Your parcel was delivered." in told[-1][1]
    assert await follow(shop, reader, order_id, last_seen=told[1][0]) == told[2:]


async def test_an_event_id_that_was_never_given_out_is_refused(shop: Shop, reader: Reader) -> None:
    order_id = await complete(shop, reader)
    answer = await shop.http.get(
        f"/v1/orders/{order_id}/events", headers={**reader.headers, "Last-Event-ID": "yesterday"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")


# -- refunds -----------------------------------------------------------------------------------------


async def refund(shop: Shop, order_id: str, staff: Reader, body: object, key: str = "k") -> httpx.Response:
    headers = {**staff.headers, "Idempotency-Key": key}
    return await shop.http.post(f"/v1/orders/{order_id}/refunds", headers=headers, json=body)


async def test_staff_gives_money_back_line_by_line_to_the_cent(shop: Shop, reader: Reader) -> None:
    order_id, staff = await complete(shop, reader), await shop.staff()
    [line] = (await shop.see(order_id, reader))["lines"]
    part = {"reason": "Torn", "lines": [{"book_id": line["book_id"], "amount": 300}]}
    answer = await refund(shop, order_id, staff, part)
    assert (answer.status_code, answer.json()["status"], answer.json()["amount"]["amount"]) == (
        201,
        "succeeded",
        300,
    )
    rest = await refund(shop, order_id, staff, {"reason": "The rest"}, key="another")
    assert rest.json()["amount"]["amount"] == 999
    order = await shop.see(order_id, reader)
    assert (order["payment_status"], len(order["refunds"])) == ("refunded", 2)
    assert (await shop.payments.money(order_id))["refund"] == 1299


async def test_readers_give_no_money_back(shop: Shop, reader: Reader) -> None:
    order_id = await complete(shop, reader)
    answer = await refund(shop, order_id, reader, {"reason": "I want it"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, None),
        ({"reason": ""}, "invalid_input"),
        ({"reason": "x", "shipping": {}}, "refund_too_large"),
        ({"reason": "x", "lines": [{"book_id": str(uuid4())}]}, "order_not_found"),
        ({"reason": "x", "lines": [{"book_id": str(uuid4()), "amount": 0}]}, None),
        ({"reason": "x", "lines": [{"book_id": str(uuid4()), "amount": 1.5}]}, None),
        ({"reason": "x", "amount": 5}, None),
    ],
)
async def test_a_refund_that_makes_no_sense_is_refused(
    shop: Shop, reader: Reader, body: dict[str, object], code: str | None
) -> None:
    order_id = await complete(shop, reader)
    answer = await refund(shop, order_id, await shop.staff(), body)
    assert 400 <= answer.status_code < 500
    assert code is None or answer.json()["code"] == code
    assert (await shop.see(order_id, reader))["refunds"] == []
