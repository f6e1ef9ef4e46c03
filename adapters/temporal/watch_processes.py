"""Watch processes on Temporal: business ids, signal-with-start, one bounded call each."""

import asyncio
from collections.abc import Sequence
from typing import Final

from temporalio.client import Client
from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError

from adapters.temporal.client import TemporalConnection
from adapters.temporal.order_processes import AGAIN, CALL
from application.orders.errors import ProcessesUnavailable
from application.watches.views import WatchViews
from domain.shared.ids import WatchId
from domain.watches.watch import Watch
from workflows.checkout.contracts import TASK_QUEUE
from workflows.shared.policies import TASK_TIMEOUT
from workflows.shared.search_attributes import CUSTOMER_ID, ISBN, ORDER_STATUS, ORDER_TOTAL
from workflows.watch.contracts import WatchInput, workflow_id
from workflows.watch.workflow import WatchWorkflow

AT_ONCE: Final = 16  # enough to hide the latency of a call, few enough to leave the engine to readers


class TemporalWatchProcesses:
    """The `WatchProcesses` port."""

    def __init__(self, connection: TemporalConnection, views: WatchViews) -> None:
        self._connection = connection
        self._views = views

    async def wake(self, watch_ids: Sequence[WatchId]) -> None:
        """Signal each, and start those that do not run: one that has ended would see it and end at once."""
        found = await self._views.some(watch_ids)
        client = await self._connection.client()
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(watch: Watch) -> None:
            async with slots:
                await _wake(client, watch)

        await asyncio.gather(*(one(watch) for watch in found.values()))


async def _wake(client: Client, watch: Watch) -> None:
    try:
        await client.start_workflow(
            WatchWorkflow.run,
            WatchInput(str(watch.id)),
            id=workflow_id(watch.id),
            task_queue=TASK_QUEUE,
            task_timeout=TASK_TIMEOUT,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=AGAIN,
            start_signal="wake",
            search_attributes=_attributes(watch),
            static_summary=f"{watch.isbn} at {watch.terms.target} or less",
            rpc_timeout=CALL,
        )
    except WorkflowAlreadyStartedError:
        return  # it has come to its end
    except RPCError as error:
        raise ProcessesUnavailable("The process engine does not answer; watches look later.") from error


def _attributes(watch: Watch) -> TypedSearchAttributes:
    return TypedSearchAttributes(
        [
            SearchAttributePair(ORDER_STATUS, watch.status.value),
            SearchAttributePair(CUSTOMER_ID, str(watch.user_id)),
            SearchAttributePair(ISBN, [watch.isbn.value]),
            SearchAttributePair(ORDER_TOTAL, watch.terms.target.amount),
        ]
    )
