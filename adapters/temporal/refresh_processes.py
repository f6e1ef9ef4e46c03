"""The processes that keep stores' prices fresh, on Temporal."""

import asyncio
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any, Final

from temporalio.client import (
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from application.orders.errors import ProcessesUnavailable
from application.prices.refreshing.processes import (
    NothingToResume,
    NotRefreshed,
    Refreshing,
    StoppedAlready,
)
from domain.prices.offer import StoreName
from domain.shared.errors import DomainError, InvalidInput
from workflows.refresh.contracts import PREFIX, TASK_QUEUE, Note, RefreshInput, Standing, workflow_id
from workflows.refresh.workflow import RefreshWorkflow
from workflows.shared.policies import TASK_TIMEOUT

CALL: Final = timedelta(seconds=10)  # a query or an update needs a worker, which may have to replay first
_RUNNING: Final = "WorkflowType = 'Refresh' AND ExecutionStatus = 'Running'"
_REFUSALS: Final[dict[str | None, Callable[[], DomainError]]] = {
    NothingToResume.code: lambda: NothingToResume("Nobody stopped the refreshing of this store."),
    StoppedAlready.code: lambda: StoppedAlready("The refreshing of this store is stopped already."),
    InvalidInput.code: lambda: InvalidInput("note", "Say in the note why."),
}


class TemporalRefreshProcesses:
    """The `RefreshProcesses` port."""

    def __init__(self, connection: TemporalConnection) -> None:
        self._connection = connection

    async def running(self) -> Collection[StoreName]:
        """The list may lag a second behind; starting twice is harmless."""
        client = await self._connection.client()
        try:
            return {
                StoreName(found.id.removeprefix(PREFIX)) async for found in client.list_workflows(_RUNNING)
            }
        except RPCError as error:
            raise _unavailable() from error

    async def start(self, store: StoreName) -> None:
        """See the port."""
        client = await self._connection.client()
        try:
            await client.start_workflow(
                RefreshWorkflow.run,
                RefreshInput(store),
                id=workflow_id(store),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                static_summary=f"The prices of {store} are kept fresh",
                rpc_timeout=CALL,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise _unavailable() from error

    async def pause(self, store: StoreName, note: str) -> None:
        """See the port."""
        await self._tell(store, "pause", Note(note))

    async def drain(self, store: StoreName, note: str) -> None:
        """See the port."""
        await self._tell(store, "drain", Note(note))

    async def resume(self, store: StoreName) -> None:
        """See the port."""
        await self._tell(store, "resume")

    async def standing(self, store: StoreName) -> Refreshing:
        """See the port."""
        client = await self._connection.client()
        try:
            said = await client.get_workflow_handle(workflow_id(store)).query(
                "standing", result_type=Standing, rpc_timeout=CALL
            )
        except RPCError as error:
            raise _missing(error) from error
        except WorkflowQueryFailedError as error:
            raise _unavailable() from error
        return Refreshing(store, said.state, said.words, said.batch)

    async def _tell(self, store: StoreName, what: str, *said: Any) -> None:  # noqa: ANN401 - a message's
        client = await self._connection.client()
        handle = client.get_workflow_handle(workflow_id(store))
        try:
            # Temporal's client asks anew after each of its own time-outs, for as long as no worker answers.
            async with asyncio.timeout(CALL.total_seconds()):
                await handle.execute_update(what, args=said, rpc_timeout=CALL)
        except WorkflowUpdateFailedError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type in _REFUSALS:
                refusal = _REFUSALS[error.cause.type]()
                raise refusal from error
            raise _unavailable() from error
        except RPCError as error:
            raise _missing(error) from error
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
            raise _unavailable() from error


def _missing(error: RPCError) -> DomainError:
    if error.status is RPCStatusCode.NOT_FOUND:
        return NotRefreshed("No process keeps the prices of this store fresh.")
    return _unavailable()


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable("The process engine or its workers do not answer.")
