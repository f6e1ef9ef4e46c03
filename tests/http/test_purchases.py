"""Buying elsewhere over HTTP, in the whole shop: what is sent, what comes back, what the receipt shows."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from adapters.postgres.leadership import Leadership
from application.purchases import follow_purchase
from entrypoints.worker.reconciling import Reconciling
from tests.builders import usd
from tests.buying import EMMA_S, quote
from tests.fakes.payments import Silence
from tests.shop import ADDRESS, Reader, Shop, eventually
from workflows.purchase import store

BODY: dict[str, Any] = {
    "book_isbn": EMMA_S.value,
    "max_price": {"amount": 1_500, "currency": "USD"},
    "payment_info": {"method": "card", "token": "tok_ok"},
    "user_info": {"shipping_addr": ADDRESS},
}


@pytest.fixture(autouse=True)
async def a_good_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(store, "CHECK_AFTER", timedelta(0))
    await shop.behave()
    yield
    await shop.behave()
    assert await shop.audit() == []


@pytest.fixture
async def reader(shop: Shop) -> Reader:
    return await shop.reader()


async def buy(shop: Shop, reader: Reader, key: str | None = None, **more: object) -> httpx.Response:
    headers = {**reader.headers, "Idempotency-Key": key or str(uuid4())}
    return await shop.http.post("/v1/purchases", headers=headers, json={**BODY, **more})


async def see(shop: Shop, reader: Reader, purchase_id: str) -> dict[str, Any]:
    answer = await shop.http.get(f"/v1/purchases/{purchase_id}", headers=reader.headers)
    answer.raise_for_status()
    receipt: dict[str, Any] = answer.json()
    return receipt


async def bought(shop: Shop, reader: Reader, purchase_id: str) -> dict[str, Any]:
    """The receipt, once the store has the order and is paid."""

    async def so() -> dict[str, Any]:
        receipt = await see(shop, reader, purchase_id)
        return receipt if receipt["purchase"]["success"] else {}

    return await eventually(so)


async def test_the_cheapest_is_bought_and_the_receipt_shows_every_cent(shop: Shop, reader: Reader) -> None:
    key = str(uuid4())
    answer = await buy(shop, reader, key)
    told = answer.json()
    assert (answer.status_code, told["success"], told["store"]) == (200, True, "harbour-books")
    assert told["price_paid"] == told["lowest_price_found"] == {"amount": 1_000, "currency": "USD"}
    assert told["cheaper_elsewhere"] is None
    assert answer.headers["Location"] == f"/v1/purchases/{told['purchase_id']}"
    again = await buy(shop, reader, key)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (answer.content, "true")
    receipt = await bought(shop, reader, told["purchase_id"])
    assert [(line["movement"], line["amount"]["amount"]) for line in receipt["ledger"]] == [
        ("authorised", 1_500), ("store_paid", 1_000), ("captured", 1_000), ("voided", 500),
    ]  # fmt: skip
    assert receipt["last_look"]["total"] == receipt["quote"]["total"] == receipt["captured"]
    assert (receipt["authorised"]["amount"], receipt["process"]) == (
        1_500,
        f"purchase-{told['purchase_id']}",
    )
    money = await shop.payments.money(told["purchase_id"])
    assert (money["authorise"], money["capture"], money["void"]) == (1_500, 1_000, 500)
    sent = [order for order in shop.bookstores.received if order.key.startswith(told["purchase_id"])]
    assert [order.address.city for order in sent] == ["Highbury"]
    listed = (await shop.http.get("/v1/purchases", headers=reader.headers)).json()["items"]
    assert [each["purchase_id"] for each in listed] == [told["purchase_id"]]


async def test_too_dear_tells_the_lowest_price_and_what_to_post_to_watch_it(
    shop: Shop, reader: Reader
) -> None:
    answer = await buy(shop, reader, max_price={"amount": 999, "currency": "USD"}, conditions=["new"])
    told = answer.json()
    assert (answer.status_code, told["success"], told["status"]) == (200, False, "too_dear")
    assert (told["price_paid"], told["lowest_price_found"]["amount"], told["store"]) == (None, 1_000, None)
    assert told["watch"] == {
        "method": "POST",
        "href": "/v1/watches",
        "body": {
            "book_isbn": EMMA_S.value,
            "max_price": {"amount": 999, "currency": "USD"},
            "conditions": ["new"],
        },
    }
    assert sum((await shop.payments.money(told["purchase_id"])).values()) == 0


async def test_a_cheaper_store_that_takes_no_orders_is_named(
    shop: Shop, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shop.offers, "offers", [quote(), quote(700, store="a-library")])
    monkeypatch.setattr(shop.offers, "not_ordered_from", {"a-library"})
    cheaper = {
        "store": "a-library",
        "price": {"amount": 800, "currency": "USD"},
        "why": "a-library asks 8.00 USD, but takes no orders from us.",
    }
    told = (await buy(shop, reader)).json()
    assert (told["price_paid"]["amount"], told["lowest_price_found"]["amount"]) == (1_000, 800)
    assert told["cheaper_elsewhere"] == cheaper
    told = (await buy(shop, reader, max_price={"amount": 999, "currency": "USD"})).json()
    assert (told["status"], told["cheaper_elsewhere"]) == ("too_dear", cheaper)
    assert told["reason"].endswith(cheaper["why"])


async def test_a_price_that_moved_is_told_and_costs_nothing(shop: Shop, reader: Reader) -> None:
    shop.offers.moves_to(quote(), usd(1_390))
    told = (await buy(shop, reader)).json()
    assert (told["status"], told["success"], told["price_paid"]) == ("price_moved", False, None)
    assert "now asks 14.90 USD" in told["reason"]
    money = await shop.payments.money(told["purchase_id"])
    assert (money["authorise"], money["void"], money["capture"]) == (1_500, 1_500, 0)


async def test_a_declined_card_buys_nothing(shop: Shop, reader: Reader) -> None:
    told = (await buy(shop, reader, payment_info={"method": "card", "token": "tok_declined"})).json()
    assert (told["status"], told["success"], told["watch"]) == ("declined", False, None)


async def test_an_order_whose_outcome_is_unknown_is_202_and_found_later(
    shop: Shop, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow_purchase, "OUTCOME_WITHIN", 0.4)
    monkeypatch.setattr(store, "ASK_STORE_AFTER", (timedelta(seconds=0.3),))
    shop.bookstores.fall_silent("place", Silence.AFTER)
    answer = await buy(shop, reader)
    told = answer.json()
    assert (answer.status_code, told["success"], told["reason"]) == (202, None, None)
    assert answer.headers["Location"] == f"/v1/purchases/{told['purchase_id']}"
    assert (await bought(shop, reader, told["purchase_id"]))["order_number"].startswith("no-")


async def test_a_bank_that_wants_a_word_is_202_with_its_page_and_the_purchase_can_be_cancelled(
    shop: Shop, reader: Reader
) -> None:
    token = {"method": "card", "token": "tok_3ds_required"}
    answer = await buy(shop, reader, payment_info=token)
    told = answer.json()
    assert (answer.status_code, told["next_action"]["type"]) == (202, "redirect")
    await shop.payments.decide(told["next_action"]["url"], "confirm")  # its letter finds the purchase
    await bought(shop, reader, told["purchase_id"])
    second = (await buy(shop, reader, payment_info=token)).json()
    path = f"/v1/purchases/{second['purchase_id']}/cancel"
    cancelled = await shop.http.post(path, headers=reader.headers)
    assert cancelled.json()["purchase"]["status"] == "cancelled"
    late = await shop.http.post(f"/v1/purchases/{told['purchase_id']}/cancel", headers=reader.headers)
    assert (late.status_code, late.json()["code"]) == (409, "too_late_to_cancel_purchase")
    assert (await shop.http.post(path, headers=(await shop.reader()).headers)).status_code == 404


async def test_a_reader_sets_caps_and_nothing_is_bought_beyond_them(shop: Shop, reader: Reader) -> None:
    seen = (await shop.http.get("/v1/purchases/caps", headers=reader.headers)).json()["items"]
    assert {each["currency"] for each in seen} >= {"USD", "EUR"}
    assert not any(each["own"] for each in seen)
    caps = {"currency": "USD", "per_purchase": 1_500, "per_day": 2_000, "per_month": 2_000}
    put = await shop.http.put("/v1/purchases/caps", headers=reader.headers, json=caps)
    assert (put.status_code, put.json()["own"], put.json()["per_day"]["amount"]) == (200, True, 2_000)
    assert (await buy(shop, reader)).json()["success"] is True
    denied = (await buy(shop, reader)).json()
    assert (denied["status"], denied["success"]) == ("cap_denied", False)
    assert "Your cap for a day is 20.00 USD and leaves 10.00 USD" in denied["reason"]
    seen = (await shop.http.get("/v1/purchases/caps", headers=reader.headers)).json()["items"]
    assert [each["today"]["amount"] for each in seen if each["own"]] == [1_000]
    contradictory = {**caps, "per_month": 1}
    refused = await shop.http.put("/v1/purchases/caps", headers=reader.headers, json=contradictory)
    assert (refused.status_code, refused.json()["code"]) == (422, "caps_contradict")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"book_isbn": "9780141439588"}, "book_isbn"),
        ({"max_price": {"amount": 0, "currency": "USD"}}, "max_price.amount"),
        ({"max_price": {"amount": 10, "currency": "XTS"}}, "max_price.currency"),
        ({"payment_info": {"method": "card", "token": "4242 4242 4242 4242"}}, "payment_info.token"),
        ({"user_info": {"shipping_addr": {**ADDRESS, "country": "usa"}}}, "shipping_addr.country"),
        ({"conditions": []}, "conditions"),
        ({"conditions": ["shiny"]}, "conditions[0]"),
    ],
)
async def test_what_makes_no_sense_is_named(
    shop: Shop, reader: Reader, changed: dict[str, Any], field: str
) -> None:
    answer = await buy(shop, reader, **changed)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


async def test_staff_sees_what_the_daily_reckoning_found(shop: Shop) -> None:
    box = shop.container
    day = box.adapters.clock().now().date() - timedelta(days=1)
    reckoning = Reconciling(
        reconcile_purchases=box.use_cases.reconcile_purchases(),
        leadership=Leadership(box.adapters.database()),
    )
    for _ in range(2):  # the second time it was done
        await reckoning.once()
    staff = await shop.staff()
    seen = (await shop.http.get("/v1/purchases/reconciliations", headers=staff.headers)).json()["items"]
    assert [line["findings"] for line in seen if line["day"] == day.isoformat()] == [[]]
