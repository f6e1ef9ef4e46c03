"""What is Stripe's own: keys it forgets, an index that lags, and answers that say nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from aiohttp import web

from adapters.payments.stripe_client import StripeConnection
from adapters.payments.stripe_gateway import StripeGateway
from adapters.payments.stripe_saved_methods import StripeSavedMethods
from adapters.system.clock import SystemClock
from domain.payments.gateway import (
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    DeclineReason,
    PaymentKey,
    PaymentOutcomeUnknown,
    PaymentReference,
    PaymentToken,
    Refunded,
)
from domain.payments.saved_methods import SavedMethod
from domain.shared.ids import OrderId, UserId
from domain.shared.money import Money
from tests.contract.payments.stripe_stand_in import StripeStandIn
from tests.contract.payments.stripe_worlds import StandInWorld, localstripe_world, stand_in_world
from tests.sandbox.running import running

PRICE = Money(1299, "USD")


@pytest.fixture
async def world() -> AsyncIterator[StandInWorld]:
    async with stand_in_world(StripeStandIn()) as found:
        yield found


def a_request(token: str = "pm_card_visa") -> AuthorisationRequest:
    order_id = OrderId(uuid4())
    return AuthorisationRequest(PaymentKey(f"{order_id}-1-authorise"), order_id, PRICE, PaymentToken(token))


async def authorised(world: StandInWorld) -> tuple[AuthorisationRequest, PaymentReference]:
    request = a_request()
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Authorised)
    return request, answer.reference


async def buried(world: StandInWorld) -> AuthorisationRequest:
    """A payment that is not among the newest, and not in the search index yet."""
    request, _ = await authorised(world)
    world.stand_in.page, world.stand_in.search_lags = 1, True
    for _ in range(3):
        await authorised(world)
    return request


async def test_an_older_payment_is_found_by_search_and_read_as_it_is_now(world: StandInWorld) -> None:
    request = await buried(world)
    world.stand_in.search_lags = False
    assert isinstance(await world.gateway.find(request.key), Authorised)


async def test_a_payment_no_index_shows_yet_is_abandoned_all_the_same(world: StandInWorld) -> None:
    request = await buried(world)
    assert await world.gateway.find(request.key) is None
    await world.gateway.abandon(request.key)
    assert await world.ledger(request.order_id) == [("authorise", 1299), ("void", 1299)]


async def test_a_key_whose_only_answer_was_a_refusal_is_abandoned_at_once(world: StandInWorld) -> None:
    request = a_request("pm_nobody")
    assert isinstance(await world.gateway.authorise(request), Declined)
    await world.gateway.abandon(request.key)
    assert world.stand_in.state.intents == {}


async def test_a_payment_under_way_elsewhere_can_not_be_abandoned_yet(world: StandInWorld) -> None:
    request = a_request()
    world.stand_in.running.add(request.key)
    with pytest.raises(PaymentOutcomeUnknown):
        await world.gateway.abandon(request.key)


async def test_a_tombstone_is_never_payable(world: StandInWorld) -> None:
    await world.gateway.abandon(a_request().key)
    (tombstone,) = world.stand_in.state.intents.values()
    assert tombstone["status"] == "canceled"
    assert world.stand_in.state.lines == []


async def test_a_changed_return_address_does_not_hide_a_payment(world: StandInWorld) -> None:
    request, _ = await authorised(world)
    world.gateway._return_url = "https://shop.test/elsewhere"
    assert isinstance(await world.gateway.authorise(request), Authorised)
    assert await world.ledger(request.order_id) == [("authorise", 1299)]


async def test_a_capture_repeated_after_stripe_forgot_its_key_is_recognised(world: StandInWorld) -> None:
    request, reference = await authorised(world)
    key = PaymentKey(f"{request.order_id}-1-capture")
    await world.gateway.capture(key, reference, PRICE)
    world.stand_in.answers.clear()
    assert await world.gateway.capture(key, reference, PRICE) == Captured(reference, PRICE)
    assert await world.ledger(request.order_id) == [("authorise", 1299), ("capture", 1299)]


async def test_a_refund_repeated_after_stripe_forgot_its_key_is_not_made_again(world: StandInWorld) -> None:
    request, reference = await authorised(world)
    await world.gateway.capture(PaymentKey(f"{request.order_id}-1-capture"), reference, PRICE)
    key = PaymentKey(f"{request.order_id}-1-refund")
    first = await world.gateway.refund(key, reference, Money(500, "USD"))
    world.stand_in.answers.clear()
    assert isinstance(first, Refunded)
    assert await world.gateway.refund(key, reference, Money(500, "USD")) == first
    assert (await world.ledger(request.order_id))[2:] == [("refund", 500)]


async def test_an_abandonment_after_everything_was_refunded_asks_for_nothing_more(
    world: StandInWorld,
) -> None:
    request, reference = await authorised(world)
    await world.gateway.capture(PaymentKey(f"{request.order_id}-1-capture"), reference, PRICE)
    await world.gateway.refund(PaymentKey(f"{request.order_id}-1-refund"), reference, PRICE)
    await world.gateway.abandon(request.key)
    assert (await world.ledger(request.order_id))[2:] == [("refund", 1299)]


CALLS: dict[str, Callable[[StripeGateway], Awaitable[object]]] = {
    "authorise": lambda gateway: gateway.authorise(a_request()),
    "find": lambda gateway: gateway.find(PaymentKey("k")),
    "capture": lambda gateway: gateway.capture(PaymentKey("k"), PaymentReference("pi_1"), PRICE),
    "refund": lambda gateway: gateway.refund(PaymentKey("k"), PaymentReference("pi_1"), PRICE),
    "abandon": lambda gateway: gateway.abandon(PaymentKey("k")),
}


async def ask(url: str, call: str) -> object:
    connection = StripeConnection("sk_test_12345", url, answer_seconds=0.5)
    try:
        return await CALLS[call](StripeGateway(connection.client, "https://shop.test", SystemClock()))
    finally:
        await connection.close()


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("status", [401, 403, 409, 429, 500, 503])
async def test_what_is_no_verdict_leaves_the_outcome_unknown(call: str, status: int) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"error": {"type": "api_error", "message": "Later."}}, status=status)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    async with running(app) as url:
        with pytest.raises(PaymentOutcomeUnknown):
            await ask(url, call)


@pytest.mark.parametrize("call", CALLS)
async def test_an_answer_that_breaks_off_leaves_the_outcome_unknown(call: str) -> None:
    async def half(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b'{"id": "pi_1"')
        assert request.transport is not None
        request.transport.abort()
        return response

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", half)
    async with running(app) as url:
        with pytest.raises(PaymentOutcomeUnknown):
            await ask(url, call)


@pytest.mark.parametrize("call", CALLS)
async def test_patience_ends_in_an_unknown_outcome(call: str) -> None:
    async def hang(_: web.Request) -> web.Response:
        await asyncio.sleep(5)
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", hang)
    async with running(app) as url:
        with pytest.raises(PaymentOutcomeUnknown):
            await ask(url, call)


async def test_a_saved_card_pays_again_until_it_is_forgotten(localstripe_url: str) -> None:
    async with localstripe_world(localstripe_url) as world:
        saved = StripeSavedMethods(world.client)
        customer = await saved.open_customer(UserId(uuid4()))
        card = await saved.save(customer, PaymentToken("pm_card_visa"))
        assert isinstance(card, SavedMethod)
        assert (card.brand, len(card.last4)) == ("visa", 4)
        assert await saved.list_saved(customer) == [card]
        for _ in range(2):
            assert isinstance(await world.gateway.authorise(a_request(card.token)), Authorised)
        for _ in range(2):
            await saved.forget(card.token)
        assert await saved.list_saved(customer) == []


async def test_a_card_the_bank_will_not_save_is_declined(localstripe_url: str) -> None:
    async with localstripe_world(localstripe_url) as world:
        saved = StripeSavedMethods(world.client)
        customer = await saved.open_customer(UserId(uuid4()))
        declined = await saved.save(customer, PaymentToken("pm_card_visa_chargeDeclined"))
        assert isinstance(declined, Declined)
        unknown = await saved.save(customer, PaymentToken("pm_nobody"))
        assert isinstance(unknown, Declined)
        assert unknown.reason is DeclineReason.INVALID_TOKEN
        await saved.forget(PaymentToken(f"{customer}/pm_nobody"))


async def test_an_amount_stripe_does_not_handle_is_declined_with_its_reason(world: StandInWorld) -> None:
    answer = await world.gateway.authorise(replace(a_request(), amount=Money(49, "USD")))
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.PROVIDER_UNAVAILABLE
    assert "amount_too_small" in answer.message
