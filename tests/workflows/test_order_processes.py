"""What the shop makes of a process engine that does not answer."""

from collections.abc import Callable
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.order_processes import TemporalOrderProcesses
from application.orders.errors import ProcessesUnavailable
from domain.shared.ids import OrderId
from tests.builders import NOON, order, particulars
from tests.fakes.orders import InMemoryOrders


class Engine:
    """A connection, client and handle in one, whose calls fail."""

    def __init__(self, failure: Callable[[], Exception]) -> None:
        self._failure = failure

    async def client(self) -> "Engine":
        return self

    def get_workflow_handle_for(self, *_: object) -> "Engine":
        return self

    async def execute_update(self, *_: object, **__: object) -> None:
        raise self._failure()

    async def start_workflow(self, *_: object, **__: object) -> None:
        raise self._failure()

    async def signal(self, *_: object, **__: object) -> None:
        raise self._failure()


def _lost(status: RPCStatusCode) -> Callable[[], Exception]:
    return lambda: RPCError("silence", status, b"")


def _processes(
    failure: Callable[[], Exception], orders: InMemoryOrders | None = None
) -> TemporalOrderProcesses:
    engine: Any = Engine(failure)
    return TemporalOrderProcesses(engine, orders or InMemoryOrders())


ORDER: OrderId = order().id


@pytest.mark.parametrize(
    "failure", [WorkflowUpdateRPCTimeoutOrCancelledError, _lost(RPCStatusCode.UNAVAILABLE)]
)
async def test_a_cancellation_that_gets_no_answer_may_be_asked_for_again(
    failure: Callable[[], Exception],
) -> None:
    with pytest.raises(ProcessesUnavailable):
        await _processes(failure).cancel(ORDER)


async def test_news_for_a_finished_process_is_no_news() -> None:
    await _processes(_lost(RPCStatusCode.NOT_FOUND)).parcel_moved(ORDER)


async def test_news_that_cannot_be_passed_on_is_sent_again_by_whoever_brought_it() -> None:
    with pytest.raises(ProcessesUnavailable):
        await _processes(_lost(RPCStatusCode.UNAVAILABLE)).payment_moved(ORDER)


@pytest.mark.parametrize("ended", [True, False])
async def test_an_order_that_has_ended_gets_no_process_though_the_engine_forgot_the_first(
    *, ended: bool
) -> None:
    orders, made = InMemoryOrders(), order()
    if ended:
        made.decline("The bank declined the card.", NOON)
    await orders.add(made, particulars())
    start = _processes(_lost(RPCStatusCode.UNAVAILABLE), orders).start_checkout
    if ended:
        await start(made.id)
    else:
        with pytest.raises(ProcessesUnavailable):
            await start(made.id)
