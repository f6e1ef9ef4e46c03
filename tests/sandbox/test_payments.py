"""The stand-in payment provider, seen from outside over HTTP."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from entrypoints.sandbox.payments import create_app
from entrypoints.sandbox.shared.webhooks import sign
from tests.sandbox.running import Letterbox, letterbox, running

Answer = tuple[int, Any, Any]
KEY = {"Authorization": "Bearer test-key"}


class Provider:
    def __init__(self, session: aiohttp.ClientSession, url: str, box: Letterbox, path: Path) -> None:
        self.session, self.url, self.box, self.path = session, url, box, path

    async def post(self, path: str, body: object = None, key: str | None = None) -> Answer:
        headers = KEY | ({"Idempotency-Key": key} if key else {})
        async with self.session.post(self.url + path, json=body, headers=headers) as response:
            return response.status, await response.json(), response.headers

    async def get(self, path: str) -> tuple[int, Any]:
        async with self.session.get(self.url + path, headers=KEY) as response:
            return response.status, await response.json()

    async def authorise(self, token: str, key: str, order: str = "o-1", amount: int = 1299) -> Answer:
        body = {"order_id": order, "amount": amount, "currency": "USD", "token": token}
        return await self.post("/v1/authorisations", body, key)

    async def ledger(self, order: str = "o-1") -> list[tuple[str, int]]:
        _, body = await self.get(f"/ledger?order={order}")
        return [(line["kind"], line["amount"]) for line in body["items"]]

    async def fault(self, operation: str, effect: str, **more: object) -> None:
        status, _, _ = await self.post("/control/faults", {"operation": operation, "effect": effect, **more})
        assert status == 201


@pytest.fixture
async def provider(tmp_path: Path) -> AsyncIterator[Provider]:
    path = tmp_path / "payments.db"
    async with letterbox() as (box, hook), aiohttp.ClientSession() as session:
        app = create_app(path, "test-key", hook, "hook-secret", slow_seconds=0.2, hang_seconds=0.1)
        async with running(app) as url:
            yield Provider(session, url, box, path)


def a_key() -> str:
    return f"key-{uuid4()}"


async def test_a_purchase_moves_through_the_ledger_line_by_line(provider: Provider) -> None:
    _, payment, _ = await provider.authorise("tok_ok", a_key())
    path = f"/v1/payments/{payment['reference']}"
    await provider.post(f"{path}/captures", {"amount": 1299, "currency": "USD"}, a_key())
    await provider.post(f"{path}/refunds", {"amount": 300, "currency": "USD"}, a_key())
    assert await provider.ledger() == [("authorise", 1299), ("capture", 1299), ("refund", 300)]
    _, summary = await provider.get("/ledger/summary")
    (order,) = summary["items"]
    assert (order["held"], order["kept"], order["captures"]) == (0, 999, 1)


async def test_what_a_partial_capture_leaves_is_released(provider: Provider) -> None:
    _, payment, _ = await provider.authorise("tok_ok", a_key())
    body = {"amount": 1000, "currency": "USD"}
    await provider.post(f"/v1/payments/{payment['reference']}/captures", body, a_key())
    assert await provider.ledger() == [("authorise", 1299), ("capture", 1000), ("void", 299)]


async def test_a_voided_authorisation_is_captured_no_more(provider: Provider) -> None:
    _, payment, _ = await provider.authorise("tok_ok", a_key())
    path = f"/v1/payments/{payment['reference']}"
    assert (await provider.post(f"{path}/void", {}, a_key()))[0] == 201
    status, body, _ = await provider.post(f"{path}/captures", {"amount": 1, "currency": "USD"}, a_key())
    assert (status, body["code"]) == (400, "refused")
    assert await provider.ledger() == [("authorise", 1299), ("void", 1299)]


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("tok_declined", "declined"),
        ("tok_insufficient_funds", "insufficient_funds"),
        ("tok_nobody_made_this", "invalid_token"),
    ],
)
async def test_a_decline_moves_no_money(provider: Provider, token: str, code: str) -> None:
    status, body, _ = await provider.authorise(token, a_key())
    assert (status, body["code"]) == (402, code)
    assert await provider.ledger() == [("decline", 1299)]


async def test_a_card_number_is_refused_and_stored_nowhere(provider: Provider) -> None:
    status, body, _ = await provider.authorise("4242424242424242", a_key())
    assert (status, body["code"]) == (422, "invalid_token")
    files = [path.read_bytes() for path in provider.path.parent.iterdir()]
    assert not any(b"42424242" in content for content in files)


async def test_tokens_are_made_on_request(provider: Provider) -> None:
    _, made, _ = await provider.post("/v1/tokens", {"kind": "insufficient_funds"})
    _, body, _ = await provider.authorise(made["token"], a_key())
    assert body["code"] == "insufficient_funds"


async def test_the_same_key_and_body_are_answered_the_same_byte_for_byte(provider: Provider) -> None:
    key = a_key()
    first = await provider.authorise("tok_ok", key)
    again = await provider.authorise("tok_ok", key)
    assert (first[0], first[1]) == (again[0], again[1])
    assert "Idempotent-Replayed" not in first[2]
    assert again[2]["Idempotent-Replayed"] == "true"
    assert await provider.ledger() == [("authorise", 1299)]


async def test_the_same_key_with_another_body_is_refused(provider: Provider) -> None:
    key = a_key()
    await provider.authorise("tok_ok", key)
    status, body, _ = await provider.authorise("tok_ok", key, amount=1)
    assert (status, body["code"]) == (422, "key_reused")


async def test_twenty_callers_with_one_key_reserve_once(provider: Provider) -> None:
    key = a_key()
    answers = await asyncio.gather(*(provider.authorise("tok_ok", key) for _ in range(20)))
    assert {status for status, _, _ in answers} <= {201, 409}
    assert await provider.ledger() == [("authorise", 1299)]


async def test_a_key_in_progress_is_told_so(provider: Provider) -> None:
    key = a_key()
    slow = asyncio.create_task(provider.authorise("tok_slow", key))
    await asyncio.sleep(0.05)
    status, body, _ = await provider.authorise("tok_slow", key)
    assert (status, body["code"]) == (409, "in_progress")
    assert (await provider.get(f"/v1/authorisations/by-key/{key}"))[0] == 404
    assert (await slow)[0] == 201


async def test_tok_timeout_answers_nothing_and_reserves_nothing(provider: Provider) -> None:
    with pytest.raises(aiohttp.ClientError):
        await provider.authorise("tok_timeout", a_key())
    assert await provider.ledger() == []


async def test_tok_lost_answer_reserves_and_tells_by_event_and_replay(provider: Provider) -> None:
    key = a_key()
    with pytest.raises(aiohttp.ClientError):
        await provider.authorise("tok_lost_answer", key)
    assert await provider.ledger() == [("authorise", 1299)]
    status, found = await provider.get(f"/v1/authorisations/by-key/{key}")
    assert (status, found["status"]) == (200, "authorised")
    (event,) = await provider.box.wait_for(1)
    assert (event["type"], event["data"]["key"]) == ("payment.authorised", key)
    status, _, headers = await provider.authorise("tok_lost_answer", key)
    assert (status, headers["Idempotent-Replayed"]) == (201, "true")


async def test_abandoning_releases_what_was_reserved(provider: Provider) -> None:
    key = a_key()
    await provider.authorise("tok_ok", key)
    for _ in range(2):
        assert (await provider.post(f"/v1/authorisations/by-key/{key}/abandon"))[0] == 200
    assert await provider.ledger() == [("authorise", 1299), ("void", 1299)]
    status, body, _ = await provider.authorise("tok_ok", key)
    assert (status, body["code"]) == (410, "abandoned")


async def test_abandoning_after_capture_and_part_refund_gives_the_rest_back(provider: Provider) -> None:
    key = a_key()
    _, payment, _ = await provider.authorise("tok_ok", key)
    path = f"/v1/payments/{payment['reference']}"
    await provider.post(f"{path}/captures", {"amount": 1299, "currency": "USD"}, a_key())
    await provider.post(f"{path}/refunds", {"amount": 300, "currency": "USD"}, a_key())
    for _ in range(2):
        await provider.post(f"/v1/authorisations/by-key/{key}/abandon")
    assert (await provider.ledger())[2:] == [("refund", 300), ("refund", 999)]


async def test_an_authorisation_arriving_after_it_was_abandoned_is_refused(provider: Provider) -> None:
    before, during = a_key(), a_key()
    await provider.post(f"/v1/authorisations/by-key/{before}/abandon")
    assert (await provider.authorise("tok_ok", before))[0] == 410
    slow = asyncio.create_task(provider.authorise("tok_slow", during))
    await asyncio.sleep(0.05)
    await provider.post(f"/v1/authorisations/by-key/{during}/abandon")
    assert (await slow)[0] == 410
    assert await provider.ledger() == []


@pytest.mark.parametrize(("decision", "status"), [("confirm", "authorised"), ("deny", "declined")])
async def test_the_first_decision_at_the_bank_counts(provider: Provider, decision: str, status: str) -> None:
    key = a_key()
    answered, payment, _ = await provider.authorise("tok_3ds_required", key)
    assert answered == 202
    async with provider.session.get(payment["url"]) as page:
        assert "12.99 USD" in await page.text()
    for said in (decision, "confirm", "deny"):
        async with provider.session.post(payment["url"], data={"decision": said}) as page:
            assert page.status == 200
    assert (await provider.get(f"/v1/authorisations/by-key/{key}"))[1]["status"] == status
    events = await provider.box.wait_for(1)
    assert [event["type"] for event in events] == [f"payment.{status}"]


async def test_a_refund_never_exceeds_what_was_taken(provider: Provider) -> None:
    _, payment, _ = await provider.authorise("tok_ok", a_key())
    path = f"/v1/payments/{payment['reference']}"
    refund = {"amount": 700, "currency": "USD"}
    assert (await provider.post(f"{path}/refunds", refund, a_key()))[0] == 400
    await provider.post(f"{path}/captures", {"amount": 1299, "currency": "USD"}, a_key())
    statuses = [(await provider.post(f"{path}/refunds", refund, a_key()))[0] for _ in range(2)]
    assert statuses == [201, 400]


@pytest.mark.parametrize(
    ("effect", "lines"),
    [("drop_before", 0), ("error_before", 0), ("drop_after", 1), ("error_after", 1)],
)
async def test_faults_befall_the_next_call_only(provider: Provider, effect: str, lines: int) -> None:
    key = a_key()
    await provider.fault("authorise", effect)
    try:
        status, _, _ = await provider.authorise("tok_ok", key)
    except aiohttp.ClientError:
        status = 0
    assert status in {0, 500}
    assert len(await provider.ledger()) == lines
    assert (await provider.authorise("tok_ok", key))[0] == 201
    assert await provider.ledger() == [("authorise", 1299)]


async def confirmed(provider: Provider) -> str:
    key = a_key()
    _, payment, _ = await provider.authorise("tok_3ds_required", key)
    async with provider.session.post(payment["url"], data={"decision": "confirm"}):
        return key


async def test_events_come_twice_under_one_id(provider: Provider) -> None:
    await provider.fault("webhook", "duplicate", copies=3)
    await confirmed(provider)
    events = await provider.box.wait_for(3)
    assert len({event["id"] for event in events}) == 1


async def test_events_come_out_of_order(provider: Provider) -> None:
    await provider.fault("webhook", "out_of_order")
    first, second = await confirmed(provider), await confirmed(provider)
    events = await provider.box.wait_for(2)
    assert [event["data"]["key"] for event in events] == [second, first]


async def test_an_event_is_signed_over_its_time_and_brought_until_taken(provider: Provider) -> None:
    provider.box.status = 503
    await confirmed(provider)
    await provider.box.wait_for(1)
    provider.box.status = 200
    events = await provider.box.wait_for(2)
    assert events[0] == events[1]
    body, header = provider.box.letters[1]
    at = int(header.split(",")[0].removeprefix("t="))
    assert header == sign(body.decode(), "hook-secret", at)


async def test_calls_without_the_key_are_turned_away(provider: Provider) -> None:
    for path in ("/v1/authorisations", "/control/faults", "/v1/tokens"):
        async with provider.session.post(provider.url + path, json={}) as response:
            assert response.status == 401


async def test_the_ledger_can_not_be_rewritten(provider: Provider) -> None:
    await provider.authorise("tok_ok", a_key())
    with sqlite3.connect(provider.path) as connection:
        for statement in ("UPDATE operations SET amount = 1", "DELETE FROM operations"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


async def test_health_names_the_server(provider: Provider) -> None:
    _, body = await provider.get("/health")
    assert (body["status"], body["name"]) == ("ok", "payments")
    assert body["version"]
