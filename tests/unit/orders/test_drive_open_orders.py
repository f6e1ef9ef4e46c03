"""Whatever becomes of the engine, every accepted order is seen to and no copy stays held for ever."""

from datetime import timedelta

import pytest

from application.orders import drive_open_orders
from application.orders.drive_open_orders import LAPSED_FOR_LONG, OPEN_FOR_LONG, DriveOpenOrders
from application.orders.errors import ProcessesUnavailable
from application.orders.request_refund import RequestRefund
from domain.inventory.hold import HoldState
from domain.shared.ids import OrderId
from tests.builders import EMMA, NOON, order, particulars
from tests.fakes.processes import InMemoryProcesses
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


class House:
    """A shop at noon, and somebody who keeps it."""

    def __init__(self) -> None:
        self.clock, self.processes, self.work = StandingClock(NOON), InMemoryProcesses(), InMemoryWork()
        self.work.inventory.put(EMMA, 10)
        self.keep = DriveOpenOrders(
            InMemoryUnitOfWork(self.work), self.processes, self.work.orders, self.clock
        )

    async def placed(self, number: int, age: timedelta, hold: timedelta = timedelta(minutes=15)) -> OrderId:
        made = order(number=number, placed_at=NOON - age, hold=hold)
        await self.work.orders.add(made, particulars())
        await self.work.inventory.hold(made.id, {EMMA: 1}, expires_at=made.hold_expires_at, at=made.placed_at)
        return made.id

    def held(self) -> int:
        return self.work.inventory.stock[EMMA].held


@pytest.fixture
def house() -> House:
    return House()


async def test_an_order_open_for_long_gets_its_process_and_a_young_one_is_left_alone(house: House) -> None:
    old = await house.placed(1, OPEN_FOR_LONG + timedelta(seconds=1))
    await house.placed(2, OPEN_FOR_LONG)
    assert await house.keep() == (1, 0)
    assert house.processes.started == [old]


async def test_an_ended_order_is_not_started_again(house: House) -> None:
    order_id = await house.placed(1, timedelta(hours=1), hold=timedelta(hours=2))
    it = await house.work.orders.get(order_id)
    it.decline("No.", NOON)
    await house.work.orders.save(it)
    assert await house.keep() == (0, 0)


async def test_a_hold_nobody_will_commit_goes_back_once_its_process_had_its_time(house: House) -> None:
    lapsed = timedelta(minutes=1) + LAPSED_FOR_LONG
    await house.placed(1, lapsed + timedelta(seconds=1), hold=timedelta(minutes=1))
    await house.placed(2, lapsed, hold=timedelta(minutes=1))
    _, released = await house.keep()
    assert (released, house.held()) == (1, 1)


async def test_a_paid_hold_never_goes_back(house: House) -> None:
    order_id = await house.placed(1, timedelta(days=1))
    await house.work.inventory.commit(order_id, NOON)
    _, released = await house.keep()
    assert released == 0
    assert house.work.inventory.holds[order_id, EMMA].state is HoldState.COMMITTED


async def test_holds_go_back_also_while_the_engine_is_down(house: House) -> None:
    await house.placed(1, timedelta(days=1))
    house.processes.down = True
    with pytest.raises(ProcessesUnavailable):
        await house.keep()
    assert house.held() == 0


async def test_however_many_are_open_every_one_is_seen_to_in_turn(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drive_open_orders, "AT_A_TIME", 2)
    ids = [await house.placed(number, timedelta(hours=1), hold=timedelta(days=1)) for number in range(1, 6)]
    for _ in range(3):
        await house.keep()
    assert house.processes.started == ids
    await house.keep()
    assert house.processes.started == [*ids, *ids[:2]]


async def test_an_outage_in_the_middle_passes_nobody_over(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drive_open_orders, "AT_A_TIME", 2)
    ids = [await house.placed(number, timedelta(hours=1), hold=timedelta(days=1)) for number in range(1, 4)]
    await house.keep()
    house.processes.down = True
    with pytest.raises(ProcessesUnavailable):
        await house.keep()
    house.processes.down = False
    await house.keep()
    assert house.processes.started == ids


async def test_a_refund_whose_process_was_lost_is_started_again_until_its_end_is_known(house: House) -> None:
    order_id = await house.placed(1, timedelta(hours=1), hold=timedelta(hours=2))
    it = await house.work.orders.get(order_id)
    it.confirm("pay_1", NOON)
    it.capture(NOON)
    it.deliver(NOON)
    await house.work.orders.save(it)
    ask = RequestRefund(InMemoryUnitOfWork(house.work), house.clock, CountingIds(7))
    refund_id = await ask(order_id, "once", [], "Damaged.")
    assert await house.keep() == (0, 0)
    house.clock.move(OPEN_FOR_LONG + timedelta(seconds=1))
    assert await house.keep() == (1, 0)
    assert house.processes.refunds == [refund_id]
    it = await house.work.orders.get(order_id)
    it.settle_refund(it.refunds[0], NOON, succeeded=True)
    await house.work.orders.save(it)
    assert await house.keep() == (0, 0)
