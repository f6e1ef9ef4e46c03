"""An order is called off by its reader or by staff, until it is too late; twice is once."""

from uuid import UUID

import pytest

from application.orders.cancel_order import CancelOrder
from application.orders.errors import ProcessesUnavailable
from domain.orders.errors import OrderNotFound, TooLateToCancel
from domain.shared.ids import OrderId, SessionId, UserId
from domain.users.principal import Principal, Role
from tests.builders import NOON, READER, order, particulars
from tests.fakes.orders import InMemoryOrders
from tests.fakes.processes import InMemoryProcesses

SESSION = SessionId(UUID(int=1))
OWNER = Principal(READER, SESSION, frozenset({Role.READER}))
STRANGER = Principal(UserId(UUID(int=8)), SESSION, frozenset({Role.READER}))
STAFF = Principal(UserId(UUID(int=9)), SESSION, frozenset({Role.READER, Role.STAFF}))


class Desk:
    """An order, and a process that cancels it when asked."""

    def __init__(self) -> None:
        self.orders, self.processes = InMemoryOrders(), InMemoryProcesses()
        self.processes.at_cancel = self.end
        self.cancel = CancelOrder(self.processes, self.orders)
        self.order_id = OrderId(order().id)

    async def open(self) -> "Desk":
        await self.orders.add(order(), particulars())
        return self

    async def end(self, order_id: OrderId) -> None:
        it = await self.orders.get(order_id)
        it.cancel("You cancelled the order; nothing was charged.", NOON)
        await self.orders.save(it)


@pytest.fixture
async def desk() -> Desk:
    return await Desk().open()


@pytest.mark.parametrize("who", [OWNER, STAFF])
async def test_its_reader_and_staff_may_cancel_an_order(desk: Desk, who: Principal) -> None:
    assert (await desk.cancel(desk.order_id, who)).status == "cancelled"


async def test_somebody_elses_order_does_not_exist(desk: Desk) -> None:
    with pytest.raises(OrderNotFound):
        await desk.cancel(desk.order_id, STRANGER)
    assert desk.processes.cancelled == []


async def test_cancelling_again_is_answered_alike_and_asks_nobody(desk: Desk) -> None:
    first = await desk.cancel(desk.order_id, OWNER)
    assert await desk.cancel(desk.order_id, OWNER) == first
    assert len(desk.processes.cancelled) == 1


async def test_a_twin_that_was_quicker_has_done_it_for_both(desk: Desk) -> None:
    desk.processes.too_late = True
    assert (await desk.cancel(desk.order_id, OWNER)).status == "cancelled"


async def test_what_has_left_is_not_called_back(desk: Desk) -> None:
    async def has_left(_: OrderId) -> None:
        return

    desk.processes.too_late, desk.processes.at_cancel = True, has_left
    with pytest.raises(TooLateToCancel):
        await desk.cancel(desk.order_id, OWNER)


async def test_what_ended_otherwise_cannot_be_cancelled_any_more(desk: Desk) -> None:
    it = await desk.orders.get(desk.order_id)
    it.decline("No.", NOON)
    await desk.orders.save(it)
    with pytest.raises(TooLateToCancel):
        await desk.cancel(desk.order_id, OWNER)


async def test_what_is_declined_while_it_is_being_cancelled_was_not_cancelled(desk: Desk) -> None:
    async def declined(order_id: OrderId) -> None:
        it = await desk.orders.get(order_id)
        it.decline("No.", NOON)
        await desk.orders.save(it)

    desk.processes.at_cancel = declined
    with pytest.raises(TooLateToCancel, match="another end"):
        await desk.cancel(desk.order_id, OWNER)


async def test_without_the_engine_nothing_is_decided(desk: Desk) -> None:
    desk.processes.down = True
    with pytest.raises(ProcessesUnavailable):
        await desk.cancel(desk.order_id, OWNER)
    assert (await desk.orders.get(desk.order_id)).status == "pending"
