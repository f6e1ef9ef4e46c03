"""What the shop may rely on, whichever provider stands behind the port."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    DeclineReason,
    PaymentKey,
    PaymentKeyReused,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refunded,
    Refused,
)
from domain.shared.ids import OrderId
from domain.shared.money import Money
from tests.contract.payments.worlds import World
from tests.fakes.payments import Silence

PRICE = Money(1299, "USD")
AUTHORISED = ("authorise", 1299)


def a_request(world: World, kind: str = "ok") -> AuthorisationRequest:
    order_id = OrderId(uuid4())
    return AuthorisationRequest(PaymentKey(f"{order_id}-1-authorise"), order_id, PRICE, world.token(kind))


def key(request: AuthorisationRequest, operation: str) -> PaymentKey:
    return PaymentKey(f"{request.order_id}-1-{operation}")


async def authorised(world: World) -> tuple[AuthorisationRequest, PaymentReference]:
    request = a_request(world)
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Authorised)
    return request, answer.reference


async def captured(world: World) -> tuple[AuthorisationRequest, PaymentReference]:
    request, reference = await authorised(world)
    assert isinstance(await world.gateway.capture(key(request, "capture"), reference, PRICE), Captured)
    return request, reference


async def test_an_authorisation_reserves_the_amount_and_is_found_again(world: World) -> None:
    request = a_request(world)
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Authorised)
    assert answer.amount == PRICE
    assert await world.gateway.find(request.key) == answer
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("declined", DeclineReason.DECLINED),
        pytest.param(
            "insufficient_funds",
            DeclineReason.INSUFFICIENT_FUNDS,
            marks=pytest.mark.needs("decline reasons"),
        ),
    ],
)
async def test_a_declined_card_reserves_nothing(world: World, kind: str, reason: DeclineReason) -> None:
    request = a_request(world, kind)
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Declined)
    assert answer.reason is reason
    found = await world.gateway.find(request.key)
    assert isinstance(found, Declined)
    assert found.reason is reason
    assert await world.ledger(request.order_id) == []


async def test_a_token_nobody_made_is_declined(world: World) -> None:
    request = replace(a_request(world), token=world.token("nobody_made_this"))
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Declined)
    assert answer.reason is DeclineReason.INVALID_TOKEN


async def test_a_key_nobody_used_is_not_found(world: World) -> None:
    assert await world.gateway.find(a_request(world).key) is None


@pytest.mark.needs("idempotency keys")
async def test_the_same_key_twice_reserves_once(world: World) -> None:
    request, _ = await authorised(world)
    first = await world.gateway.find(request.key)
    assert await world.gateway.authorise(request) == first
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.needs("idempotency keys")
async def test_one_key_from_ten_callers_at_once_reserves_once(world: World) -> None:
    request = a_request(world)
    calls = [world.gateway.authorise(request) for _ in range(10)]
    answers = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(answer, Authorised | PaymentOutcomeUnknown) for answer in answers)
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.needs("idempotency keys")
async def test_a_key_spent_on_another_amount_is_a_mistake_and_reserves_nothing_more(world: World) -> None:
    request, _ = await authorised(world)
    with pytest.raises(PaymentKeyReused):
        await world.gateway.authorise(replace(request, amount=Money(1, "USD")))
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.needs("faults")
async def test_an_answer_lost_after_the_money_was_reserved_is_found_by_its_key(world: World) -> None:
    request = a_request(world)
    await world.fall_silent("authorise", Silence.AFTER)
    with pytest.raises(PaymentOutcomeUnknown):
        await world.gateway.authorise(request)
    found = await world.gateway.find(request.key)
    assert isinstance(found, Authorised)
    assert await world.gateway.authorise(request) == found
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.needs("faults")
async def test_a_request_that_never_arrived_is_not_found_and_may_be_made_again(world: World) -> None:
    request = a_request(world)
    await world.fall_silent("authorise", Silence.BEFORE)
    with pytest.raises(PaymentOutcomeUnknown):
        await world.gateway.authorise(request)
    assert await world.gateway.find(request.key) is None
    assert isinstance(await world.gateway.authorise(request), Authorised)
    assert await world.ledger(request.order_id) == [AUTHORISED]


@pytest.mark.needs("bank page")
@pytest.mark.parametrize(("confirmed", "outcome"), [(True, Authorised), (False, Declined)])
async def test_the_readers_decision_at_the_bank_is_found_by_the_key(
    world: World, *, confirmed: bool, outcome: type
) -> None:
    request = a_request(world, "3ds_required")
    asked = await world.gateway.authorise(request)
    assert isinstance(asked, ActionRequired)
    assert asked.url.startswith("http")
    assert await world.gateway.find(request.key) == asked
    assert await world.ledger(request.order_id) == []
    await world.decide(asked.reference, confirmed=confirmed)
    found = await world.gateway.find(request.key)
    assert isinstance(found, outcome)
    assert await world.gateway.authorise(request) == found
    assert await world.ledger(request.order_id) == ([AUTHORISED] if confirmed else [])


async def test_a_capture_takes_the_money(world: World) -> None:
    request, reference = await authorised(world)
    answer = await world.gateway.capture(key(request, "capture"), reference, PRICE)
    assert answer == Captured(reference, PRICE)
    assert isinstance(await world.gateway.find(request.key), Authorised)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("capture", 1299)]


@pytest.mark.needs("idempotency keys")
async def test_capturing_twice_under_one_key_takes_the_money_once(world: World) -> None:
    request, reference = await captured(world)
    again = await world.gateway.capture(key(request, "capture"), reference, PRICE)
    assert again == Captured(reference, PRICE)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("capture", 1299)]


async def test_a_second_capture_under_another_key_is_refused(world: World) -> None:
    request, reference = await captured(world)
    again = await world.gateway.capture(key(request, "capture-again"), reference, PRICE)
    assert isinstance(again, Refused)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("capture", 1299)]


async def test_more_than_was_authorised_is_never_captured(world: World) -> None:
    request, reference = await authorised(world)
    answer = await world.gateway.capture(key(request, "capture"), reference, Money(1300, "USD"))
    assert isinstance(answer, Refused)
    assert await world.ledger(request.order_id) == [AUTHORISED]


async def test_what_a_smaller_capture_leaves_is_released(world: World) -> None:
    request, reference = await authorised(world)
    answer = await world.gateway.capture(key(request, "capture"), reference, Money(1000, "USD"))
    assert answer == Captured(reference, Money(1000, "USD"))
    assert await world.ledger(request.order_id) == [AUTHORISED, ("capture", 1000), ("void", 299)]


@pytest.mark.needs("faults")
async def test_a_capture_whose_answer_was_lost_is_made_once(world: World) -> None:
    request, reference = await authorised(world)
    await world.fall_silent("capture", Silence.AFTER)
    with pytest.raises(PaymentOutcomeUnknown):
        await world.gateway.capture(key(request, "capture"), reference, PRICE)
    assert isinstance(await world.gateway.capture(key(request, "capture"), reference, PRICE), Captured)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("capture", 1299)]


async def test_equal_partial_refunds_under_two_keys_are_two_refunds(world: World) -> None:
    request, reference = await captured(world)
    for refund in ("refund-1", "refund-2"):
        answer = await world.gateway.refund(key(request, refund), reference, Money(500, "USD"))
        assert isinstance(answer, Refunded)
        assert answer.amount == Money(500, "USD")
    assert (await world.ledger(request.order_id))[2:] == [("refund", 500), ("refund", 500)]


async def test_the_same_refund_key_twice_is_one_refund(world: World) -> None:
    request, reference = await captured(world)
    first = await world.gateway.refund(key(request, "refund-1"), reference, Money(500, "USD"))
    assert await world.gateway.refund(key(request, "refund-1"), reference, Money(500, "USD")) == first
    assert (await world.ledger(request.order_id))[2:] == [("refund", 500)]


@pytest.mark.needs("refund limits")
async def test_more_than_was_taken_is_never_refunded(world: World) -> None:
    request, reference = await captured(world)
    await world.gateway.refund(key(request, "refund-1"), reference, Money(1000, "USD"))
    answer = await world.gateway.refund(key(request, "refund-2"), reference, Money(300, "USD"))
    assert isinstance(answer, Refused)
    assert (await world.ledger(request.order_id))[2:] == [("refund", 1000)]


async def test_what_was_only_reserved_is_never_refunded(world: World) -> None:
    request, reference = await authorised(world)
    assert isinstance(await world.gateway.refund(key(request, "refund-1"), reference, PRICE), Refused)
    assert await world.ledger(request.order_id) == [AUTHORISED]


async def test_abandoning_a_reservation_voids_it_once(world: World) -> None:
    request, _ = await authorised(world)
    for _ in range(2):
        await world.gateway.abandon(request.key)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("void", 1299)]
    assert isinstance(await world.gateway.find(request.key), Declined)


@pytest.mark.needs("capture guards")
async def test_an_abandoned_reservation_is_captured_no_more(world: World) -> None:
    request, reference = await authorised(world)
    await world.gateway.abandon(request.key)
    assert isinstance(await world.gateway.capture(key(request, "capture"), reference, PRICE), Refused)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("void", 1299)]


async def test_abandoning_a_captured_payment_refunds_it_once(world: World) -> None:
    request, _ = await captured(world)
    for _ in range(2):
        await world.gateway.abandon(request.key)
    assert (await world.ledger(request.order_id))[2:] == [("refund", 1299)]
    assert isinstance(await world.gateway.find(request.key), Declined)


@pytest.mark.needs("refund limits")
async def test_abandoning_after_a_partial_refund_gives_back_the_rest(world: World) -> None:
    request, reference = await captured(world)
    await world.gateway.refund(key(request, "refund-1"), reference, Money(300, "USD"))
    await world.gateway.abandon(request.key)
    assert (await world.ledger(request.order_id))[2:] == [("refund", 300), ("refund", 999)]


@pytest.mark.needs("idempotency keys")
async def test_an_authorisation_arriving_after_it_was_abandoned_is_refused(world: World) -> None:
    request = a_request(world)
    for _ in range(2):
        await world.gateway.abandon(request.key)
    answer = await world.gateway.authorise(request)
    assert isinstance(answer, Declined)
    assert isinstance(await world.gateway.find(request.key), Declined)
    assert await world.ledger(request.order_id) == []


@pytest.mark.needs("idempotency keys")
async def test_repeating_an_authorisation_after_it_was_abandoned_does_not_claim_the_money(
    world: World,
) -> None:
    request, _ = await authorised(world)
    await world.gateway.abandon(request.key)
    assert isinstance(await world.gateway.authorise(request), Declined)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("void", 1299)]


@pytest.mark.needs("bank page")
async def test_a_confirmation_arriving_after_the_payment_was_abandoned_reserves_nothing(world: World) -> None:
    request = a_request(world, "3ds_required")
    asked = await world.gateway.authorise(request)
    assert isinstance(asked, ActionRequired)
    await world.gateway.abandon(request.key)
    await world.decide(asked.reference, confirmed=True)
    assert isinstance(await world.gateway.find(request.key), Declined)
    assert await world.ledger(request.order_id) == []


@pytest.mark.needs("faults")
async def test_an_abandonment_without_an_answer_is_repeated(world: World) -> None:
    request, _ = await authorised(world)
    await world.fall_silent("abandon", Silence.AFTER)
    with pytest.raises(PaymentOutcomeUnknown):
        await world.gateway.abandon(request.key)
    await world.gateway.abandon(request.key)
    assert await world.ledger(request.order_id) == [AUTHORISED, ("void", 1299)]


async def test_abandoning_a_declined_payment_changes_nothing(world: World) -> None:
    request = a_request(world, "declined")
    await world.gateway.authorise(request)
    await world.gateway.abandon(request.key)
    assert isinstance(await world.gateway.find(request.key), Declined)
    assert await world.ledger(request.order_id) == []
