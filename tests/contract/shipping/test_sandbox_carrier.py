"""Everything that is not the carrier's verdict leaves the outcome unknown; its letters are proven first."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from aiohttp import web

from adapters.shipping.sandbox_carrier import SandboxCarrier
from adapters.shipping.webhook_signature import SandboxCarrierWebhooks
from domain.shared.address import PostalAddress
from domain.shared.errors import InvalidInput
from domain.shared.ids import OrderId
from domain.shared.signatures import ForgedMessage, sign
from domain.shipping.carrier import BookingRequest, CarrierOutcomeUnknown, ShipmentKey, TrackingNumber
from domain.shipping.webhooks import ParcelEvent
from tests.sandbox.running import running

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KEY = ShipmentKey("k-1")
REQUEST = BookingRequest(KEY, OrderId(uuid4()), PostalAddress("A", "B", "C", "1", "US"), 500, "standard")
CALLS: dict[str, Callable[[SandboxCarrier], Awaitable[object]]] = {
    "book": lambda carrier: carrier.book(REQUEST),
    "find": lambda carrier: carrier.find(KEY),
    "cancel": lambda carrier: carrier.cancel(KEY),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, '{"code": "unauthorised"}'),
        (404, "404: Not Found"),
        (409, "{}"),
        (429, "{}"),
        (500, "{}"),
        (200, "{}"),
        (200, "[]"),
        (200, '{"tracking_number": "1", "status": "eaten by a dog", "since": "2026-01-01T00:00:00Z"}'),
    ],
)
async def test_what_is_no_verdict_leaves_the_outcome_unknown(call: str, status: int, text: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=text, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with running(app) as url:
        carrier = SandboxCarrier(url, "key")
        with pytest.raises(CarrierOutcomeUnknown):
            await CALLS[call](carrier)
        await carrier.close()


@pytest.mark.parametrize("call", CALLS)
async def test_a_carrier_that_is_not_there_leaves_the_outcome_unknown(call: str) -> None:
    carrier = SandboxCarrier("http://127.0.0.1:1", "key")
    with pytest.raises(CarrierOutcomeUnknown):
        await CALLS[call](carrier)
    await carrier.close()


class StoppedClock:
    def now(self) -> datetime:
        return NOW


LETTERS = SandboxCarrierWebhooks(["secret"], StoppedClock())


def test_a_true_letter_is_read_and_a_changed_one_refused() -> None:
    event = {"id": "evt_1", "type": "parcel.dispatched", "data": {"key": "k-1", "tracking_number": "OC1"}}
    body = json.dumps(event).encode()
    signature = sign(body, "secret", NOW)
    expected = ParcelEvent("evt_1", "parcel.dispatched", KEY, TrackingNumber("OC1"))
    assert LETTERS.verify(body, signature) == expected
    for position in range(len(body)):
        forged = bytearray(body)
        forged[position] ^= 1
        with pytest.raises(ForgedMessage):
            LETTERS.verify(bytes(forged), signature)


def test_a_true_letter_without_sense_is_told_so() -> None:
    with pytest.raises(InvalidInput):
        LETTERS.verify(b"{}", sign(b"{}", "secret", NOW))


def test_nobody_listens_without_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        SandboxCarrierWebhooks([""], StoppedClock())
