"""Suspicion processes on Temporal."""

from uuid import UUID

from temporalio.common import SearchAttributePair, TypedSearchAttributes, WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from adapters.temporal.order_processes import AGAIN, CALL
from application.orders.errors import ProcessesUnavailable
from domain.prices.doubt import Doubt
from workflows.checkout.contracts import TASK_QUEUE
from workflows.shared.policies import TASK_TIMEOUT
from workflows.shared.search_attributes import ISBN
from workflows.suspicion.contracts import Suspicion, workflow_id
from workflows.suspicion.workflow import SuspicionWorkflow


class TemporalDoubtProcesses:
    """The `DoubtProcesses` port."""

    def __init__(self, connection: TemporalConnection) -> None:
        self._connection = connection

    async def begin(self, doubt: Doubt) -> None:
        """Start it, or find it started (or finished) already: both are success."""
        client = await self._connection.client()
        offer = doubt.offer
        what = f"{offer.store}: {offer.isbn} for {offer.landed}"
        try:
            await client.start_workflow(
                SuspicionWorkflow.run,
                Suspicion(str(doubt.id), f"{what}; it usually costs {doubt.usual}."),
                id=workflow_id(doubt.id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=AGAIN,
                search_attributes=TypedSearchAttributes([SearchAttributePair(ISBN, [offer.isbn.value])]),
                static_summary=what,
                rpc_timeout=CALL,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise _unavailable() from error

    async def decided(self, doubt_id: UUID) -> None:
        """Pass on the hint; a process that has ended needs none."""
        client = await self._connection.client()
        try:
            await client.get_workflow_handle(workflow_id(doubt_id)).signal("news", rpc_timeout=CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise _unavailable() from error


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable("The process engine does not answer; the price waits all the same.")
