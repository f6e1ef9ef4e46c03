"""What the shop does about its own events; each may come again."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.carts.remove_ordered import RemoveOrdered
from application.orders.errors import ProcessesUnavailable
from application.orders.reactions import (
    FRONT_DOOR_FIRST,
    CountOutcome,
    CountSales,
    EmptyCart,
    StartCheckout,
    StartRefund,
    TakeBackSales,
)
from application.outbox.ports import WaitingEvent
from domain.carts.cart import Cart
from domain.carts.errors import CartUnavailable
from domain.carts.identity import reader_cart
from domain.shared.ids import RefundId
from tests.builders import DRACULA, EMMA, NOON, READER, line, order, particulars, usd
from tests.fakes.carts import InMemoryCarts
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.orders import InMemoryOrders
from tests.fakes.processes import InMemoryProcesses
from tests.fakes.sales import InMemorySales
from tests.fakes.time import StandingClock

ORDER = order(line(EMMA, quantity=1), line(DRACULA, quantity=2), line(EMMA, quantity=1))
REFUND = RefundId(UUID(int=55))


def event(name: str, **payload: object) -> WaitingEvent:
    return WaitingEvent(1, name, ORDER.id, payload, NOON)


@pytest.fixture
async def orders() -> InMemoryOrders:
    kept = InMemoryOrders()
    await kept.add(ORDER, particulars())
    return kept


@pytest.fixture
def processes() -> InMemoryProcesses:
    return InMemoryProcesses()


async def test_an_order_that_still_waits_after_a_moment_gets_its_process(
    orders: InMemoryOrders, processes: InMemoryProcesses
) -> None:
    clock = StandingClock(NOON)
    start = StartCheckout(processes, orders, clock)
    assert not await start(event("order_created"))
    assert processes.started == []
    clock.move(FRONT_DOOR_FIRST)
    assert await start(event("order_created"))
    assert processes.started == [ORDER.id]


async def test_an_order_the_front_door_saw_to_is_not_started_again(
    orders: InMemoryOrders, processes: InMemoryProcesses
) -> None:
    it = await orders.get(ORDER.id)
    it.confirm("pay_1", NOON)
    await orders.save(it)
    start = StartCheckout(processes, orders, StandingClock(NOON + timedelta(hours=1)))
    assert await start(event("order_created"))
    assert processes.started == []


async def test_while_the_engine_is_down_starting_is_tried_again_later(
    orders: InMemoryOrders, processes: InMemoryProcesses
) -> None:
    processes.down = True
    later = StandingClock(NOON + timedelta(hours=1))
    with pytest.raises(ProcessesUnavailable):
        await StartCheckout(processes, orders, later)(event("order_created"))
    with pytest.raises(ProcessesUnavailable):
        await StartRefund(processes)(event("refund_requested", refund_id=str(REFUND)))


async def test_a_refund_gets_its_process(processes: InMemoryProcesses) -> None:
    assert await StartRefund(processes)(event("refund_requested", refund_id=str(REFUND)))
    assert processes.refunds == [REFUND]


async def test_what_was_bought_leaves_the_cart_once_and_what_was_added_since_stays(
    orders: InMemoryOrders,
) -> None:
    carts, clock = InMemoryCarts(), StandingClock(NOON)

    def fill(cart: Cart) -> None:
        cart.add(EMMA, 3, usd(1), NOON, None)
        cart.add(DRACULA, 2, usd(1), NOON, None)

    await carts.change(reader_cart(READER), fill)
    empty = EmptyCart(RemoveOrdered(carts, clock), orders)
    for _ in range(2):
        assert await empty(event("order_confirmed", user_id=str(READER), books={}))
    assert (await carts.get(reader_cart(READER))).quantities() == {EMMA: 1}


async def test_a_cart_that_cannot_be_reached_is_emptied_later(orders: InMemoryOrders) -> None:
    carts = InMemoryCarts()
    carts.down = True
    with pytest.raises(CartUnavailable):
        await EmptyCart(RemoveOrdered(carts, StandingClock(NOON)), orders)(
            event("order_confirmed", user_id=str(READER))
        )


async def test_outcomes_are_counted() -> None:
    measurements = InMemoryMeasurements()
    assert await CountOutcome(measurements)(event("order_confirmed"))
    assert await CountOutcome(measurements)(event("order_ended", status="declined"))
    assert measurements.counts == {"checkout confirmed": 1, "checkout declined": 1}


async def test_what_was_bought_is_counted_and_what_was_called_off_is_taken_back() -> None:
    sales = InMemorySales()
    assert await CountSales(sales)(event("order_confirmed"))
    assert await TakeBackSales(sales)(event("order_ended", status="cancelled"))
    assert sales.asked == [("count", ORDER.id), ("take back", ORDER.id)]
