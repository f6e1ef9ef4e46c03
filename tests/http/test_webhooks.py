"""Letters from provider and carrier over HTTP: only a true seal has an effect, and a lost one comes again."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from domain.shared.signatures import sign
from tests.shop import Shop

PAYMENTS, CARRIER = "/v1/webhooks/payments/sandbox", "/v1/webhooks/carriers/sandbox"
SECRETS = {PAYMENTS: "OCTAVO_PAYMENTS_WEBHOOK_SECRET", CARRIER: "OCTAVO_CARRIER_WEBHOOK_SECRET"}


def event(order_id: str | None = None, **changed: object) -> dict[str, object]:
    key = f"{order_id or uuid4()}-1-authorise"
    data = {"key": key, "reference": "pay_1", "tracking_number": "OC1"}
    return {"id": f"evt_{uuid4().hex}", "type": "something", "data": data, **changed}


async def send(shop: Shop, place: str, content: bytes, **seal: object) -> httpx.Response:
    """Sealed now with the right secret, unless told otherwise."""
    secret = shop.environment[SECRETS[place]]
    at = seal.get("at", datetime.now(UTC))
    assert isinstance(at, datetime)
    header = str(seal.get("header", sign(content, str(seal.get("secret", secret)), at)))
    return await shop.http.post(place, content=content, headers={"Sandbox-Signature": header})


@pytest.mark.parametrize("place", [PAYMENTS, CARRIER])
async def test_a_true_letter_is_taken_though_its_order_is_unknown_or_long_over(
    shop: Shop, place: str
) -> None:
    answer = await shop.buy(await shop.reader(), shop.shelf.put(format="ebook"))
    await shop.ended(answer.json()["order_id"])
    for order_id in (answer.json()["order_id"], None):
        letter = json.dumps(event(order_id)).encode()
        assert (await send(shop, place, letter)).status_code == 204


@pytest.mark.parametrize("place", [PAYMENTS, CARRIER])
async def test_a_letter_without_a_true_seal_is_refused(shop: Shop, place: str) -> None:
    letter, now = json.dumps(event()).encode(), datetime.now(UTC)
    true = sign(letter, shop.environment[SECRETS[place]], now)
    forged: list[dict[str, object]] = [
        {"header": ""},
        {"header": "v1=00"},
        {"header": true[:-1] + ("0" if true[-1] != "0" else "1")},
        {"header": sign(letter + b" ", shop.environment[SECRETS[place]], now)},
        {"secret": "another"},
        {"secret": ""},
        {"at": now - timedelta(seconds=301)},
        {"at": now + timedelta(seconds=302)},
    ]
    for seal in forged:
        answer = await send(shop, place, letter, **seal)
        assert (answer.status_code, answer.json()["code"]) == (400, "forged_message"), seal


async def test_the_seal_of_one_world_does_not_open_the_other(shop: Shop) -> None:
    answer = await send(
        shop, CARRIER, json.dumps(event()).encode(), secret=shop.environment[SECRETS[PAYMENTS]]
    )
    assert answer.json()["code"] == "forged_message"


@pytest.mark.parametrize("place", [PAYMENTS, CARRIER])
@pytest.mark.parametrize(
    "letter", [b"", b"no json", b"[]", b"{}", b'{"id": 1}', b'{"data": null}', b'"text"', b"\xff"]
)
async def test_a_true_letter_that_makes_no_sense_is_a_mistake_of_the_sender(
    shop: Shop, place: str, letter: bytes
) -> None:
    answer = await send(shop, place, letter)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")


async def test_a_provider_the_shop_does_not_use_is_not_found(shop: Shop) -> None:
    answer = await shop.http.post("/v1/webhooks/payments/stripe", content=b"{}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_provider")


async def test_while_the_engine_is_down_letters_are_sent_back_to_be_sent_again(
    client: httpx.AsyncClient, environment: dict[str, str]
) -> None:
    """This application has no Temporal."""
    for place, name in SECRETS.items():
        letter = json.dumps(event()).encode()
        seal = sign(letter, environment[name], datetime.now(UTC))
        answer = await client.post(place, content=letter, headers={"Sandbox-Signature": seal})
        assert (answer.status_code, answer.json()["code"]) == (503, "processes_unavailable")
        assert "Retry-After" in answer.headers
