"""What every archive of orders must do, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from domain.orders.errors import OrderNotFound
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.orders.refund import Refund, RefundLine, RefundStatus
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.shared.address import PostalAddress
from domain.shared.errors import StaleVersion
from domain.shared.ids import OrderId, RefundId, UserId
from domain.shared.timeline import TimelineKind
from tests.builders import DRACULA, EMMA, NOON, line, order, usd
from tests.contract.orders.conftest import Archive

LATER = NOON + timedelta(minutes=5)
FULL_ADDRESS = PostalAddress(
    name="Zoë O'Neill", line1="1 Große Straße", line2="Hinterhof", city="Köln", region="NRW",
    postal_code="D-50667", country="DE",
)  # fmt: skip


def new_order(reader: UserId, *, number: int | None = None) -> Order:
    made = order(
        line(EMMA, quantity=2, price=1299, discount=130, tax=17),
        line(DRACULA, digital=True, price=499),
        number=number or uuid4().int,
        user=reader,
        coupon="WELCOME10",
    )
    made.drain_story()
    made.drain_events()
    made.place()
    return made


def refund_of(made: Order, amount: int) -> Refund:
    lines = (RefundLine(EMMA, usd(amount)), RefundLine(None, usd(1)))
    refund = RefundId(UUID(int=made.id.int + len(made.refunds)))  # ids grow with time
    return Refund(refund, made.id, f"key of {refund}", lines, usd(amount + 1), "Torn page", LATER)


async def test_a_new_order_comes_back_as_it_was_placed(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    assert await archive.get(made.id) == made


async def test_every_field_that_may_change_comes_back_changed(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    it = await archive.get(made.id)
    it.require_action("pay_1", "https://bank.example/3ds/1", NOON)
    await archive.save(it)
    assert (await archive.get(made.id)).action_url == "https://bank.example/3ds/1"
    it.confirm("pay_2", NOON)
    it.book_parcel("OC123", NOON)
    it.dispatch(NOON)
    it.capture(NOON)
    it.park("the carrier lost it", NOON)
    it.request_refund(refund_of(it, 100))
    it.settle_refund(it.refunds[0], LATER, succeeded=True)
    it.request_refund(refund_of(it, 200))
    await archive.save(it)
    found = await archive.get(made.id)
    assert found == it
    assert (found.status, found.payment, found.fulfilment) == (
        OrderStatus.CONFIRMED,
        PaymentStatus.PARTIALLY_REFUNDED,
        FulfilmentStatus.DISPATCHED,
    )
    assert [refund.status for refund in found.refunds] == [RefundStatus.SUCCEEDED, RefundStatus.REQUESTED]


async def test_how_an_order_ended_comes_back(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    it = await archive.get(made.id)
    it.decline("There is not enough money.", LATER)
    await archive.save(it)
    found = await archive.get(made.id)
    assert (found.status, found.ended_because) == (OrderStatus.DECLINED, "There is not enough money.")


@pytest.mark.parametrize("address", [FULL_ADDRESS, None])
async def test_particulars_come_back_word_for_word(archive: Archive, address: PostalAddress | None) -> None:
    made, private = new_order(await archive.reader()), Particulars(address, "tok_ok")
    await archive.add(made, private)
    async with archive.unit_of_work() as work:
        assert await work.orders.particulars(made.id) == private
        assert await work.orders.owner(made.id) == made.user_id


async def test_an_order_nobody_placed_is_not_found(archive: Archive) -> None:
    nobody = OrderId(uuid4())
    async with archive.unit_of_work() as work:
        for look in (work.orders.get, work.orders.owner, work.orders.particulars):
            with pytest.raises(OrderNotFound):
                await look(nobody)
    for look_at in (archive.views.outcome, archive.views.facts):
        with pytest.raises(OrderNotFound):
            await look_at(nobody)
    with pytest.raises(OrderNotFound):
        await archive.views.one(nobody, None)


async def test_of_two_changes_made_from_one_reading_the_second_is_refused(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    one, another = await archive.get(made.id), await archive.get(made.id)
    one.confirm("pay_1", NOON)
    await archive.save(one)
    another.decline("No.", NOON)
    with pytest.raises(StaleVersion):
        await archive.save(another)
    assert (await archive.get(made.id)).status is OrderStatus.CONFIRMED
    assert "No." not in await archive.story(made.id)
    assert await archive.events(made.id) == ["order_created", "order_confirmed"]


async def test_an_order_may_be_saved_again_after_it_was_saved(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    it = await archive.get(made.id)
    it.confirm("pay_1", NOON)
    await archive.save(it)
    it.capture(NOON)
    await archive.save(it)
    assert (await archive.get(made.id)).version == 2


async def test_story_and_events_are_kept_in_the_order_they_were_told_and_once(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)
    it = await archive.get(made.id)
    it.confirm("pay_1", NOON)
    it.note(TimelineKind.RETRY, "Asking again.", NOON)
    await archive.save(it)
    await archive.save(it)
    it.book_parcel("OC1", NOON)
    it.dispatch(NOON)
    it.capture(NOON)
    it.deliver(NOON)
    await archive.save(it)
    assert [sentence.split()[0] for sentence in await archive.story(made.id)] == [
        "Order", "Payment", "Asking", "The", "Your", "Payment", "Your",
    ]  # fmt: skip
    assert await archive.events(made.id) == [
        "order_created", "order_confirmed", "order_dispatched", "payment_captured", "order_completed",
    ]  # fmt: skip


async def test_what_was_not_committed_was_never_told(archive: Archive) -> None:
    made = new_order(await archive.reader())
    await archive.add(made)

    async def fail_after_saving() -> None:
        async with archive.unit_of_work() as work:
            it = await work.orders.get(made.id)
            it.confirm("pay_1", NOON)
            await work.orders.save(it)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_saving()
    assert await archive.events(made.id) == ["order_created"]
    assert len(await archive.story(made.id)) == 1
    assert (await archive.get(made.id)).status is OrderStatus.PENDING
