"""Whoever waits for an outcome gets it as soon as it is known, and never waits for long."""

import asyncio

import pytest

from application.orders import follow_checkout
from application.orders.follow_checkout import SEATS, FollowCheckout
from domain.shared.ids import OrderId
from tests.builders import NOON, order, particulars
from tests.fakes.orders import InMemoryOrders, ListeningInMemory
from tests.fakes.processes import InMemoryProcesses


class Waiting:
    """A pending order and somebody who waits for it."""

    def __init__(self) -> None:
        self.orders, self.news, self.processes = InMemoryOrders(), ListeningInMemory(), InMemoryProcesses()
        self.follow = FollowCheckout(self.processes, self.news, self.orders)

    async def placed(self, number: int = 1) -> OrderId:
        made = order(number=number)
        await self.orders.add(made, particulars())
        return made.id

    async def confirm(self, order_id: OrderId) -> None:
        it = await self.orders.get(order_id)
        it.confirm("pay_1", NOON)
        await self.orders.save(it)
        await self.news.tell(order_id)

    async def ask_the_bank(self, order_id: OrderId) -> None:
        it = await self.orders.get(order_id)
        it.require_action("pay_1", "https://bank.example", NOON)
        await self.orders.save(it)


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow_checkout, "OUTCOME_WITHIN", 0.05)
    monkeypatch.setattr(follow_checkout, "LOOK_EVERY", 0.01)


async def test_the_process_is_started_and_its_outcome_answered(waiting: Waiting) -> None:
    order_id = await waiting.placed()
    waiting.processes.at_start = waiting.confirm
    assert (await waiting.follow(order_id)).status == "confirmed"
    assert waiting.processes.started == [order_id]


async def test_an_outcome_that_comes_later_wakes_whoever_waits(waiting: Waiting) -> None:
    order_id = await waiting.placed()
    asked = asyncio.create_task(waiting.follow(order_id))
    await asyncio.sleep(0.01)
    assert not asked.done()
    await waiting.confirm(order_id)
    assert (await asked).status == "confirmed"


async def test_news_that_got_lost_are_looked_for(waiting: Waiting, short_waits: None) -> None:
    order_id = await waiting.placed()

    async def confirm_silently(order_id: OrderId) -> None:
        it = await waiting.orders.get(order_id)
        it.confirm("pay_1", NOON)
        asyncio.get_running_loop().call_later(0.02, lambda: asyncio.ensure_future(waiting.orders.save(it)))

    waiting.processes.at_start = confirm_silently
    assert (await waiting.follow(order_id)).status == "confirmed"


async def test_the_banks_question_is_an_outcome(waiting: Waiting) -> None:
    order_id = await waiting.placed()
    waiting.processes.at_start = waiting.ask_the_bank
    outcome = await waiting.follow(order_id)
    assert (outcome.status, outcome.action_url) == ("pending", "https://bank.example")


async def test_who_waited_long_enough_is_told_that_it_is_pending(waiting: Waiting, short_waits: None) -> None:
    assert (await waiting.follow(await waiting.placed())).status == "pending"


async def test_when_the_engine_is_down_the_answer_is_pending_at_once(waiting: Waiting) -> None:
    waiting.processes.down = True
    async with asyncio.timeout(1):
        assert (await waiting.follow(await waiting.placed())).status == "pending"


async def test_who_finds_no_seat_is_told_at_once_and_the_relay_starts_the_process(
    waiting: Waiting, short_waits: None
) -> None:
    ids = [await waiting.placed(number) for number in range(1, SEATS + 2)]
    seated = [asyncio.create_task(waiting.follow(order_id)) for order_id in ids[:SEATS]]
    await asyncio.sleep(0)
    assert waiting.follow.full
    assert (await waiting.follow(ids[-1])).status == "pending"
    assert ids[-1] not in waiting.processes.started
    await asyncio.gather(*seated)
    assert not waiting.follow.full
