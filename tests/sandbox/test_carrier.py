"""The stand-in carrier, seen from outside over HTTP."""

import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import pytest

from entrypoints.sandbox.carrier import create_app
from tests.sandbox.running import Letterbox, letterbox, running

KEY = {"Authorization": "Bearer test-key"}
ADDRESS = {
    "name": "Ada",
    "line1": "12 Secret Lane",
    "city": "Springfield",
    "postal_code": "62701",
    "country": "US",
}
NEVER = 3_600.0


class Carrier:
    def __init__(self, session: aiohttp.ClientSession, url: str, box: Letterbox) -> None:
        self.session, self.url, self.box = session, url, box

    async def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        async with self.session.request(method, self.url + path, json=body, headers=KEY) as response:
            return response.status, await response.json()

    async def book(self, key: str, **changed: object) -> tuple[int, Any]:
        body = {"order_id": "o-1", "address": ADDRESS, "weight_grams": 540, "method": "standard"}
        return await self.call("POST", f"/v1/parcels/{key}", body | changed)

    async def advance(self, key: str) -> None:
        await self.call("POST", f"/control/parcels/{key}/advance")

    async def statuses(self, order: str = "o-1") -> list[str]:
        _, body = await self.call("GET", f"/ledger?order={order}")
        return [move["status"] for move in body["items"]]


@pytest.fixture
async def carrier(tmp_path: Path) -> AsyncIterator[Carrier]:
    async with letterbox() as (box, hook), aiohttp.ClientSession() as session:
        app = create_app(
            tmp_path / "carrier.db",
            "test-key",
            hook,
            "secret",
            dispatch_seconds=NEVER,
            delivery_seconds=NEVER,
        )
        async with running(app) as url:
            yield Carrier(session, url, box)


def a_key() -> str:
    return f"key-{uuid4()}"


async def test_a_parcel_leaves_and_arrives_by_itself_and_tells_of_it(carrier: Carrier) -> None:
    await carrier.call("POST", "/control/delays", {"dispatch_seconds": 0.05, "delivery_seconds": 0.05})
    key = a_key()
    _, parcel = await carrier.book(key)
    assert parcel["status"] == "booked"
    events = await carrier.box.wait_for(2)
    assert [event["type"] for event in events] == ["parcel.dispatched", "parcel.delivered"]
    assert {event["data"]["key"] for event in events} == {key}
    assert await carrier.statuses() == ["booked", "dispatched", "delivered"]
    _, tracked = await carrier.call("GET", f"/v1/tracking/{parcel['tracking_number']}")
    assert [move["status"] for move in tracked["history"]] == ["booked", "dispatched", "delivered"]


async def test_parcels_keep_travelling_after_a_restart(tmp_path: Path) -> None:
    async with letterbox() as (box, hook), aiohttp.ClientSession() as session:
        arguments = (tmp_path / "carrier.db", "test-key", hook, "secret")
        async with running(create_app(*arguments, dispatch_seconds=0.3, delivery_seconds=0.0)) as url:
            await Carrier(session, url, box).book("key-1")
        async with running(create_app(*arguments)) as url:
            await box.wait_for(2)
            assert await Carrier(session, url, box).statuses() == ["booked", "dispatched", "delivered"]


async def test_the_same_key_books_one_parcel(carrier: Carrier) -> None:
    key = a_key()
    first, again = await carrier.book(key), await carrier.book(key)
    assert first == again
    assert await carrier.statuses() == ["booked"]
    status, body = await carrier.book(key, weight_grams=1)
    assert (status, body["code"]) == (422, "key_reused")


@pytest.mark.parametrize("change", [{"country": "ZZ"}, {"country": "XX"}, {"postal_code": "00000"}])
async def test_places_without_service_are_refused(carrier: Carrier, change: dict[str, str]) -> None:
    key = a_key()
    status, body = await carrier.book(key, address=ADDRESS | change)
    assert (status, body["code"]) == (422, "no_service")
    assert (await carrier.call("GET", f"/v1/parcels/{key}"))[0] == 404


async def test_a_booked_parcel_is_called_off_and_one_on_its_way_is_not(carrier: Carrier) -> None:
    waiting, gone = a_key(), a_key()
    await carrier.book(waiting)
    await carrier.book(gone)
    await carrier.advance(gone)
    for _ in range(2):
        assert (await carrier.call("POST", f"/v1/parcels/{waiting}/cancel"))[1]["cancelled"] is True
        assert (await carrier.call("POST", f"/v1/parcels/{gone}/cancel"))[1]["cancelled"] is False
    await carrier.advance(waiting)
    assert await carrier.statuses() == ["booked", "booked", "dispatched", "cancelled"]


async def test_a_booking_arriving_after_it_was_called_off_is_refused(carrier: Carrier) -> None:
    key = a_key()
    assert (await carrier.call("POST", f"/v1/parcels/{key}/cancel"))[1]["cancelled"] is True
    status, body = await carrier.book(key)
    assert (status, body["code"]) == (410, "called_off")
    assert await carrier.statuses() == []


async def test_an_answer_can_be_lost_after_the_parcel_was_booked(carrier: Carrier) -> None:
    key = a_key()
    await carrier.call("POST", "/control/faults", {"operation": "book", "effect": "drop_after"})
    with pytest.raises(aiohttp.ClientError):
        await carrier.book(key)
    assert (await carrier.call("GET", f"/v1/parcels/{key}"))[1]["status"] == "booked"


async def test_delivery_can_be_told_before_dispatch(carrier: Carrier) -> None:
    key = a_key()
    await carrier.call("POST", "/control/faults", {"operation": "webhook", "effect": "out_of_order"})
    await carrier.book(key)
    await carrier.advance(key)
    await carrier.advance(key)
    events = await carrier.box.wait_for(2)
    assert [event["type"] for event in events] == ["parcel.delivered", "parcel.dispatched"]


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def test_the_carrier_keeps_no_name_and_no_street(carrier: Carrier, tmp_path: Path) -> None:
    await carrier.book(a_key())
    kept = everything_in(tmp_path)
    assert b"Secret Lane" not in kept
    assert b"Ada" not in kept
    assert "Secret" not in json.dumps(await carrier.call("GET", "/ledger"))


async def test_the_ledger_can_not_be_rewritten(carrier: Carrier, tmp_path: Path) -> None:
    await carrier.book(a_key())
    with sqlite3.connect(tmp_path / "carrier.db") as connection:
        for statement in ("UPDATE moves SET status = 'lost'", "DELETE FROM moves"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)


async def test_health_names_the_server(carrier: Carrier) -> None:
    assert (await carrier.call("GET", "/health"))[1]["name"] == "carrier"
