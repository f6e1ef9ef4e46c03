"""The front door: one request, one order, all of it or nothing."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from application.orders.place_order import BUSY_FOR, Placed
from domain.inventory.errors import OutOfStock
from domain.orders.status import OrderStatus
from domain.promotions.coupon import Coupon
from domain.promotions.errors import CouponExhausted
from domain.promotions.reduction import Percentage
from domain.quotes.errors import CartIsEmpty, QuoteAlreadyUsed
from domain.requests.idempotency import Answer, KeyReused, RequestInProgress
from domain.shared.errors import DomainError, InvalidInput
from tests.builders import DRACULA, EMMA, READER, address, usd
from tests.unit.orders.front_door import HOLD_FOR, IVANHOE, FrontDoor, wish

ANSWER = Answer(201, b'{"status": "confirmed"}')


@pytest.fixture
def door() -> FrontDoor:
    return FrontDoor()


async def refused(door: FrontDoor, error: type[DomainError], **changed: Any) -> DomainError:  # noqa: ANN401 - a builder's liberty
    """The error; nothing was written and nothing is held."""
    with pytest.raises(error) as found:
        await door.place_order(wish(**changed))
    assert door.work.orders.events == []
    assert {level.held for level in door.work.inventory.stock.values()} == {0}
    assert await door.work.requests.recall(wish(**changed).request) is None
    return found.value


async def test_an_order_is_written_with_its_stock_held_its_private_part_and_its_event(
    door: FrontDoor,
) -> None:
    await door.put(EMMA, 2)
    await door.put(IVANHOE)
    order = await door.order(await door.place_order(wish()))
    assert (order.status, order.user_id) == (OrderStatus.PENDING, READER)
    assert order.total == usd(2 * 1299 + 499 + 499)
    assert order.hold_expires_at == door.clock.now() + HOLD_FOR
    assert door.work.inventory.stock[EMMA].held == 2
    assert [event.name for event in door.work.orders.events] == ["order_created"]
    private = await door.work.orders.particulars(order.id)
    assert (private.address, private.payment_token) == (address(), "tok_ok")


async def test_e_books_alone_hold_nothing(door: FrontDoor) -> None:
    await door.put(IVANHOE)
    order = await door.order(await door.place_order(wish()))
    assert (order.digital, order.shipping) == (True, usd(0))
    assert door.work.inventory.holds == {}


async def test_an_empty_cart_is_no_order(door: FrontDoor) -> None:
    await refused(door, CartIsEmpty)


async def test_a_book_that_is_short_refuses_the_whole_order_and_is_counted(door: FrontDoor) -> None:
    await door.put(EMMA, 2)
    await door.put(DRACULA, 4)
    error = await refused(door, OutOfStock)
    assert error.details["books"] == [{"book_id": str(DRACULA), "available": 3}]
    assert door.measurements.counts["reservation failed"] == 1


async def test_a_coupon_used_up_refuses_the_whole_order(door: FrontDoor) -> None:
    coupon = Coupon(code="ONCE", reduction=Percentage(1000), starts_at=door.clock.now(), total_limit=1)
    await door.work.coupons.add(coupon)
    await door.put(EMMA)
    first = await door.place_order(wish(key="first", coupon="ONCE"))
    assert (await door.order(first)).total == usd(1299 - 130 + 499)
    with pytest.raises(CouponExhausted):
        await door.place_order(wish(key="second", coupon="ONCE"))
    assert door.work.inventory.stock[EMMA].held == 1


# -- the same request again --------------------------------------------------------------------------


async def test_the_same_request_again_is_given_the_answer_of_the_first(door: FrontDoor) -> None:
    await door.put()
    first = await door.place_order(wish())
    await door.work.requests.answer(wish().request, ANSWER)
    await door.empty_cart()
    assert await door.place_order(wish()) == Placed(first.order_id, ANSWER, replayed=True)
    assert door.work.inventory.stock[EMMA].held == 1


async def test_the_same_request_again_finds_its_order_though_the_cart_has_been_filled_anew(
    door: FrontDoor,
) -> None:
    await door.put()
    first = await door.place_order(wish())
    await door.work.requests.answer(wish().request, ANSWER)
    await door.empty_cart()
    await door.put(DRACULA, 2)
    assert (await door.place_order(wish())).order_id == first.order_id
    assert door.work.inventory.stock[DRACULA].held == 0


async def test_the_same_key_with_another_body_is_refused(door: FrontDoor) -> None:
    await door.put()
    await door.place_order(wish())
    for cart_is_empty in (False, True):
        if cart_is_empty:
            await door.empty_cart()
        with pytest.raises(KeyReused):
            await door.place_order(wish(payment_token="tok_other"))
    assert len(door.work.orders.events) == 1


async def test_another_key_is_another_order(door: FrontDoor) -> None:
    await door.put()
    one, two = await door.place_order(wish("one")), await door.place_order(wish("two"))
    assert one.order_id != two.order_id
    assert door.work.inventory.stock[EMMA].held == 2


async def test_a_refused_request_may_be_sent_again_under_its_key(door: FrontDoor) -> None:
    await refused(door, CartIsEmpty)
    await door.put()
    await door.place_order(wish())


async def test_a_request_still_being_worked_on_is_not_taken_by_another_and_says_when_to_come_back(
    door: FrontDoor,
) -> None:
    await door.put()
    await door.place_order(wish())
    door.clock.move(BUSY_FOR - timedelta(microseconds=1))
    with pytest.raises(RequestInProgress) as busy:
        await door.place_order(wish())
    assert busy.value.details["retry_after"] == 1


async def test_a_request_whose_worker_died_is_gone_on_with_by_one_heir(door: FrontDoor) -> None:
    await door.put()
    first = await door.place_order(wish())
    door.clock.move(BUSY_FOR)
    assert await door.place_order(wish()) == Placed(first.order_id)
    with pytest.raises(RequestInProgress):
        await door.place_order(wish())


@pytest.mark.parametrize("with_quote", [False, True])
async def test_of_twins_racing_each_other_one_orders_and_the_rest_wait(
    door: FrontDoor, *, with_quote: bool
) -> None:
    await door.put()
    quote_id = (await door.quote()).id if with_quote else None
    twins = [door.place_order(wish(quote_id=quote_id)) for _ in range(5)]
    answers = await asyncio.gather(*twins, return_exceptions=True)
    placed = [answer for answer in answers if isinstance(answer, Placed)]
    assert len(placed) == 1
    assert all(isinstance(answer, Placed | RequestInProgress) for answer in answers)
    assert door.work.inventory.stock[EMMA].held == 1


async def test_a_twin_that_finds_the_cart_emptied_or_the_quote_used_is_still_a_twin(door: FrontDoor) -> None:
    await door.put()
    asked = wish(quote_id=(await door.quote()).id)
    first = await door.place_order(asked)
    await door.work.requests.answer(asked.request, ANSWER)
    assert await door.place_order(asked) == Placed(first.order_id, ANSWER, replayed=True)


async def test_when_nobody_will_wait_the_answer_is_kept_with_the_order(door: FrontDoor) -> None:
    await door.put()
    placed = await door.place_order(wish(), lambda outcome: Answer(202, outcome.status.encode()))
    assert placed.answer == Answer(202, b"pending")
    assert await door.place_order(wish()) == Placed(placed.order_id, placed.answer, replayed=True)


# -- quotes ------------------------------------------------------------------------------------------


async def test_a_quoted_price_is_the_price_and_the_quote_is_spent(door: FrontDoor) -> None:
    await door.put()
    quote = await door.quote()
    order = await door.order(await door.place_order(wish(quote_id=quote.id)))
    assert order.total == quote.total
    with pytest.raises(QuoteAlreadyUsed):
        await door.place_order(wish("another", quote_id=quote.id))


async def test_a_quote_for_another_country_is_refused(door: FrontDoor) -> None:
    await door.put()
    quote = await door.quote("DE")
    error = await refused(door, InvalidInput, quote_id=quote.id)
    assert error.details["field"] == "shipping_addr.country"
    assert "DE" in error.message
