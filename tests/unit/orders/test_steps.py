"""Steps of a checkout write all they change at once, and may be taken again."""

from datetime import timedelta

import pytest

from application.carts.remove_ordered import RemoveOrdered
from application.orders.confirm_order import ConfirmOrder
from application.orders.dispatch_order import DispatchOrder
from application.orders.end_order import Ending, EndOrder
from application.payments.abandon_payment import AbandonPayment
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from domain.carts.identity import reader_cart
from domain.inventory.errors import OutOfStock
from domain.orders.errors import IllegalMove
from domain.orders.order import Order
from domain.orders.status import OrderStatus, PaymentStatus
from domain.payments.gateway import (
    Authorised,
    Captured,
    Declined,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refused,
)
from domain.promotions.coupon import Coupon
from domain.promotions.reduction import Percentage
from tests.builders import EMMA, NOON, READER, order, particulars, usd
from tests.fakes.carts import InMemoryCarts
from tests.fakes.orders import ListeningInMemory
from tests.fakes.payments import InMemoryPaymentGateway, Silence
from tests.fakes.time import StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


class Steps:
    """One placed order with a held copy of the only one there is."""

    def __init__(self) -> None:
        self.work, self.gateway, self.carts = InMemoryWork(), InMemoryPaymentGateway(), InMemoryCarts()
        self.made = order(coupon="WELCOME10")
        work, clock, news = InMemoryUnitOfWork(self.work), StandingClock(NOON), ListeningInMemory()
        self.confirm = ConfirmOrder(work, RemoveOrdered(self.carts, clock), clock, news)
        self.end = EndOrder(work, clock, news)
        self.dispatch = DispatchOrder(work, clock, news)
        self.authorise = AuthorisePayment(work, self.gateway, clock)
        self.capture = CapturePayment(work, self.gateway, clock, news)
        self.abandon = AbandonPayment(work, self.gateway, clock)

    async def open(self) -> "Steps":
        made = self.made
        self.work.inventory.put(EMMA, 1)
        await self.work.orders.add(made, particulars())
        await self.work.inventory.hold(made.id, {EMMA: 1}, expires_at=made.hold_expires_at, at=NOON)
        await self.work.coupons.add(Coupon(code="WELCOME10", reduction=Percentage(1), starts_at=NOON))
        await self.work.coupons.redeem("WELCOME10", made.id, READER, NOON)
        await self.carts.change(reader_cart(READER), lambda cart: cart.add(EMMA, 1, usd(1), NOON, None))
        return self

    async def authorised(self) -> Authorised:
        answer = await self.authorise(self.made.id)
        assert isinstance(answer, Authorised)
        return answer

    async def dispatched(self) -> None:
        """Paid for, booked and on its way."""
        await self.confirm(self.made.id, await self.authorised())
        booked = await self.order()
        booked.book_parcel("OC1", NOON)
        await self.work.orders.save(booked)
        await self.dispatch(self.made.id)

    async def order(self) -> Order:
        return await self.work.orders.get(self.made.id)

    def operations(self) -> list[str]:
        return [entry.operation.value for entry in self.work.payments.entries]


@pytest.fixture
async def steps() -> Steps:
    return await Steps().open()


async def test_confirming_writes_order_stock_and_ledger_and_empties_the_cart(steps: Steps) -> None:
    payment = await steps.authorised()
    for _ in range(2):
        assert await steps.confirm(steps.made.id, payment) is OrderStatus.CONFIRMED
    assert steps.operations() == ["authorise"]
    assert (await steps.carts.get(reader_cart(READER))).lines == {}
    assert steps.work.inventory.holds[steps.made.id, EMMA].state == "committed"


async def test_when_the_books_are_gone_nothing_is_confirmed(steps: Steps) -> None:
    payment = await steps.authorised()
    await steps.work.inventory.release(steps.made.id, NOON)
    await steps.work.inventory.hold(order(number=2).id, {EMMA: 1}, expires_at=NOON, at=NOON)
    with pytest.raises(OutOfStock):
        await steps.confirm(steps.made.id, payment)
    assert (await steps.order()).status is OrderStatus.PENDING
    assert steps.operations() == []
    assert len(steps.work.orders.stories[steps.made.id]) == 1


async def test_a_cart_that_cannot_be_reached_does_not_keep_an_order_from_being_confirmed(
    steps: Steps,
) -> None:
    payment = await steps.authorised()
    steps.carts.down = True
    assert await steps.confirm(steps.made.id, payment) is OrderStatus.CONFIRMED


@pytest.mark.parametrize("ending", list(Ending))
async def test_an_end_without_books_gives_back_stock_and_coupon_once(steps: Steps, ending: Ending) -> None:
    for _ in range(2):
        assert (await steps.end(steps.made.id, ending, "Sorry.")).value == ending.value
    assert steps.work.inventory.stock[EMMA].held == 0
    assert (await steps.work.coupons.get("WELCOME10")).used == 0
    assert [kind.value for _, _, kind, _, _ in steps.work.inventory.movements] == [
        "receipt",
        "hold",
        "release",
    ]


async def test_the_first_ending_stands(steps: Steps) -> None:
    await steps.end(steps.made.id, Ending.DECLINED, "No money.")
    assert await steps.end(steps.made.id, Ending.CANCELLED, "Changed my mind.") is OrderStatus.DECLINED
    assert (await steps.order()).ended_because == "No money."


async def test_no_money_is_reserved_for_an_order_that_has_ended(steps: Steps) -> None:
    await steps.end(steps.made.id, Ending.CANCELLED, "Changed my mind.")
    assert isinstance(await steps.authorise(steps.made.id), Declined)
    assert steps.gateway.ledger == []


async def test_money_that_was_never_reserved_is_not_taken(steps: Steps) -> None:
    with pytest.raises(IllegalMove):
        await steps.capture(steps.made.id)


async def test_a_refused_capture_is_written_down_and_moves_nothing(steps: Steps) -> None:
    await steps.confirm(steps.made.id, Authorised(PaymentReference("pay:unknown"), usd(1)))
    await steps.capture(steps.made.id)
    assert (await steps.order()).payment is PaymentStatus.AUTHORISED
    assert [entry.result.value for entry in steps.work.payments.entries] == ["succeeded", "refused"]


async def test_money_is_taken_once_and_let_go_of_entirely(steps: Steps) -> None:
    await steps.confirm(steps.made.id, await steps.authorised())
    booked = await steps.order()
    booked.book_parcel("OC1", NOON)
    await steps.work.orders.save(booked)
    for _ in range(2):
        await steps.dispatch(steps.made.id)
    for _ in range(2):
        await steps.capture(steps.made.id)
    for _ in range(2):
        await steps.abandon(steps.made.id)
    assert [movement.kind for movement in steps.gateway.ledger] == ["authorise", "capture", "refund"]
    assert steps.operations() == ["authorise", "capture", "abandon"]
    assert steps.work.inventory.stock[EMMA].on_hand == 0


async def test_a_confirmed_order_is_not_authorised_again_by_a_provider_that_forgot_its_key() -> None:
    shop = await Steps().open()
    payment = await shop.authorised()
    await shop.confirm(shop.made.id, payment)
    forgetful = InMemoryPaymentGateway()
    again = await AuthorisePayment(InMemoryUnitOfWork(shop.work), forgetful, StandingClock(NOON))(
        shop.made.id
    )
    assert again == payment
    assert forgetful.ledger == []


async def test_an_old_order_is_not_authorised_again_by_a_provider_that_forgot_its_key() -> None:
    shop = await Steps().open()
    await shop.authorised()
    forgetful, tomorrow = InMemoryPaymentGateway(), StandingClock(NOON + timedelta(days=1))
    again = await AuthorisePayment(InMemoryUnitOfWork(shop.work), forgetful, tomorrow)(shop.made.id)
    assert isinstance(again, Declined)
    assert forgetful.ledger == []


async def test_an_old_order_goes_on_with_what_the_provider_remembers(steps: Steps) -> None:
    payment = await steps.authorised()
    tomorrow = StandingClock(NOON + timedelta(days=1))
    again = await AuthorisePayment(InMemoryUnitOfWork(steps.work), steps.gateway, tomorrow)(steps.made.id)
    assert again == payment


async def test_a_refused_capture_is_asked_for_again_under_a_new_key(
    steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    await steps.dispatched()
    with monkeypatch.context() as closed:
        closed.setattr(InMemoryPaymentGateway, "_take", lambda *_: Refused("The bank is closed."))
        for _ in range(2):
            assert isinstance(await steps.capture(steps.made.id), Refused)
    assert isinstance(await steps.capture(steps.made.id), Captured)
    assert steps.operations() == ["authorise", "capture", "capture", "capture"]
    assert [movement.kind for movement in steps.gateway.ledger] == ["authorise", "capture"]


@pytest.mark.parametrize("when", list(Silence))
async def test_a_capture_whose_answer_got_lost_keeps_its_key(steps: Steps, when: Silence) -> None:
    await steps.dispatched()
    steps.gateway.fall_silent("capture", when)
    with pytest.raises(PaymentOutcomeUnknown):
        await steps.capture(steps.made.id)
    await steps.capture(steps.made.id)
    assert [entry.key for entry in steps.work.payments.entries][1:] == [f"{steps.made.id}-1-capture"]
