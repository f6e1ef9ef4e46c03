"""Everything that is not the provider's verdict leaves the outcome unknown, and nothing is ever guessed."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from aiohttp import web

from adapters.payments.sandbox_gateway import SandboxGateway
from domain.payments.gateway import (
    AuthorisationRequest,
    Declined,
    DeclineReason,
    PaymentKey,
    PaymentOutcomeUnknown,
    PaymentReference,
    PaymentToken,
    Refused,
)
from domain.shared.ids import OrderId
from domain.shared.money import Money
from tests.sandbox.running import running

PRICE = Money(1299, "USD")
REQUEST = AuthorisationRequest(PaymentKey("k-1"), OrderId(uuid4()), PRICE, PaymentToken("tok_ok"))
CALLS: dict[str, Callable[[SandboxGateway], Awaitable[object]]] = {
    "authorise": lambda gateway: gateway.authorise(REQUEST),
    "find": lambda gateway: gateway.find(REQUEST.key),
    "capture": lambda gateway: gateway.capture(PaymentKey("k-2"), PaymentReference("pay_1"), PRICE),
    "refund": lambda gateway: gateway.refund(PaymentKey("k-3"), PaymentReference("pay_1"), PRICE),
    "abandon": lambda gateway: gateway.abandon(REQUEST.key),
}


def answering(status: int, text: str) -> web.Application:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=text, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    return app


async def outcome(app: web.Application, call: str) -> object:
    async with running(app) as url:
        gateway = SandboxGateway(url, "key", answer_seconds=2.0)
        try:
            return await CALLS[call](gateway)
        finally:
            await gateway.close()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("status", "text"),
    [
        (401, '{"code": "unauthorised", "message": "Who are you?"}'),
        (403, '{"code": "forbidden", "message": "Not you."}'),
        (404, "404: Not Found"),
        (409, '{"code": "in_progress", "message": "Later."}'),
        (429, '{"code": "slow_down", "message": "Later."}'),
        (500, '{"code": "internal_error", "message": "Oh."}'),
        (503, "<html>maintenance</html>"),
        (200, '{"status": "whatever"'),
        (200, "[]"),
        (418, '{"code": "teapot", "message": "Tea?"}'),
    ],
)
async def test_what_is_no_verdict_leaves_the_outcome_unknown(call: str, status: int, text: str) -> None:
    with pytest.raises(PaymentOutcomeUnknown):
        await outcome(answering(status, text), call)


@pytest.mark.parametrize("call", CALLS)
async def test_a_provider_that_is_not_there_leaves_the_outcome_unknown(call: str) -> None:
    gateway = SandboxGateway("http://127.0.0.1:1", "key")
    with pytest.raises(PaymentOutcomeUnknown):
        await CALLS[call](gateway)
    await gateway.close()


async def test_patience_ends_in_an_unknown_outcome() -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    app = web.Application()
    app.router.add_post("/v1/authorisations", hang)
    async with running(app) as url:
        gateway = SandboxGateway(url, "key", answer_seconds=0.1)
        with pytest.raises(PaymentOutcomeUnknown):
            await gateway.authorise(REQUEST)
        await gateway.close()


async def test_a_request_the_provider_calls_malformed_is_no_payment_and_never_will_be() -> None:
    app = answering(422, '{"code": "invalid_request", "message": "amount"}')
    declined = await outcome(app, "authorise")
    assert isinstance(declined, Declined)
    assert declined.reason is DeclineReason.PROVIDER_UNAVAILABLE
    assert isinstance(
        await outcome(answering(422, '{"code": "invalid_request", "message": "m"}'), "capture"), Refused
    )


async def test_an_unknown_payment_is_refused_to_capture_and_refund() -> None:
    for call in ("capture", "refund"):
        answer = await outcome(answering(404, '{"code": "unknown_payment", "message": "Which?"}'), call)
        assert answer == Refused("Which?")
