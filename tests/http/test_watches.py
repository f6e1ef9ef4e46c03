"""Watching over HTTP, in the whole shop: what is sent, what comes back, what is bought at the price."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.buying import EMMA_S
from tests.shop import Reader, Shop, eventually
from tests.watch_doors import BUY, asks, begin, forget_prices, see
from workflows.purchase import store


@pytest.fixture(autouse=True)
async def a_good_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    monkeypatch.setattr(store, "CHECK_AFTER", timedelta(0))
    await shop.behave()
    await forget_prices(shop)
    yield
    await shop.behave()


@pytest.fixture
async def reader(shop: Shop) -> AsyncIterator[Reader]:
    made = await shop.reader()
    yield made
    for it in (await shop.http.get("/v1/watches?ended=false", headers=made.headers)).json()["items"]:
        await shop.http.post(f"/v1/watches/{it['watch_id']}/cancel", headers=made.headers)


async def test_a_watch_buys_when_the_price_comes(shop: Shop, reader: Reader) -> None:
    begun = await begin(shop, reader, buy=BUY)
    assert (begun.status_code, begun.json()["status"]) == (201, "active")
    watch_id = begun.json()["watch_id"]
    assert begun.headers["Location"] == f"/v1/watches/{watch_id}"
    await asks(shop, 1_700)

    async def heard() -> dict[str, Any]:
        found = await see(shop, reader, watch_id)
        return found if found["lowest_price"] else {}

    found = await eventually(heard)
    assert found["why"] == "The lowest price known is 17.00 USD, 2.00 USD more than what you wait for."
    assert found["would_act"] is False
    await asks(shop, 1_400)

    async def over() -> dict[str, Any]:
        found = await see(shop, reader, watch_id)
        return found if found["status"] == "ended" else {}

    found = await eventually(over)
    assert (found["ended_because"], found["buying"]["bought"]) == ("bought", 1)
    assert found["buying"]["spent"] == {"amount": 1_000, "currency": "USD"}
    bought = await shop.http.get(f"/v1/purchases/{found['buying']['purchase_id']}", headers=reader.headers)
    assert bought.json()["purchase"]["success"] is True


async def test_what_a_purchase_offers_that_was_too_dear_begins_a_watch(shop: Shop, reader: Reader) -> None:
    wish = {**BUY, "book_isbn": EMMA_S.value, "max_price": {"amount": 999, "currency": "USD"}}
    headers = {**reader.headers, "Idempotency-Key": str(uuid4())}
    offered = (await shop.http.post("/v1/purchases", headers=headers, json=wish)).json()["watch"]
    begun = await shop.http.request(offered["method"], offered["href"], headers=headers, json=offered["body"])
    assert (begun.status_code, begun.json()["status"]) == (201, "active")
    assert begun.json()["max_price"] == {"amount": 999, "currency": "USD"}
    assert (begun.json()["conditions"], begun.json()["buying"]) == (["new"], None)


async def test_the_same_request_begins_one_watch(shop: Shop, reader: Reader) -> None:
    key = str(uuid4())
    first, again = await begin(shop, reader, key), await begin(shop, reader, key)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (first.content, "true")
    other = await begin(shop, reader, key, max_price={"amount": 900, "currency": "USD"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_watch_is_changed_by_who_has_read_it_and_is_not_there_for_others(
    shop: Shop, reader: Reader
) -> None:
    path = f"/v1/watches/{(await begin(shop, reader)).json()['watch_id']}"
    tag = (await shop.http.get(path, headers=reader.headers)).headers["ETag"]
    change = {"max_price": {"amount": 1_200, "currency": "USD"}, "quiet_hours": None}
    assert (await shop.http.patch(path, headers=reader.headers, json=change)).status_code == 428
    named = {**reader.headers, "If-Match": tag}
    changed = await shop.http.patch(path, headers=named, json=change)
    assert (changed.status_code, changed.json()["max_price"]["amount"]) == (200, 1_200)
    assert (await shop.http.patch(path, headers=named, json=change)).status_code == 412
    somebody = await shop.reader()
    for method, where in [
        ("GET", ""),
        ("PATCH", ""),
        *(("POST", f"/{v}") for v in ("pause", "cancel", "veto")),
    ]:
        asked = {**somebody.headers, "If-Match": "*"}
        body = {} if method == "PATCH" else None
        answer = await shop.http.request(method, path + where, headers=asked, json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "watch_not_found")


async def test_pause_resume_cancel_and_nothing_to_veto(shop: Shop, reader: Reader) -> None:
    path = f"/v1/watches/{(await begin(shop, reader)).json()['watch_id']}"

    async def do(verb: str) -> tuple[int, str]:
        answer = await shop.http.post(f"{path}/{verb}", headers=reader.headers)
        said = answer.json()
        return answer.status_code, said.get("code") or said["status"]

    assert await do("pause") == (200, "paused")
    assert await do("resume") == (200, "active")
    assert await do("veto") == (409, "nothing_to_veto")
    assert await do("cancel") == (200, "ended")
    assert await do("cancel") == (200, "ended")
    assert await do("pause") == (409, "watch_has_ended")
    mine = (await shop.http.get("/v1/watches?ended=true&limit=1", headers=reader.headers)).json()
    assert [it["why"] for it in mine["items"]] == ["You ended it."]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"latest_date": "2020-01-01T00:00:00Z"}, "latest_date"),
        ({"book_isbn": "9780141439588"}, "book_isbn"),
        ({"max_price": {"amount": 1, "currency": "XXX"}}, "max_price.currency"),
        ({"quiet_hours": {"begin": "22:00", "end": "07:00", "zone": "Europe/Atlantis"}}, "quiet_hours.zone"),
        ({"webhook": {"url": "https://127.0.0.1/x", "secret": "s" * 16}}, "webhook.url"),
        ({"webhook": {"url": "http://example.org/", "secret": "s" * 16}}, "webhook.url"),
        ({"buy": {**BUY, "budget": {"amount": 100, "currency": "USD"}}}, "budget"),
    ],
)
async def test_what_cannot_be_watched_is_refused_by_name(
    shop: Shop, reader: Reader, wrong: dict[str, object], field: str
) -> None:
    answer = await begin(shop, reader, **wrong)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")
    assert answer.json()["field"] == field
