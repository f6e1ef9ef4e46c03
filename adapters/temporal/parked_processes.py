"""What is parked on Temporal: found by its search attribute, asked for its words, told to go on."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from temporalio.client import (
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from application.orders.errors import ProcessesUnavailable
from application.orders.parked import ParkedProcess
from workflows.shared.attention import Progress
from workflows.shared.search_attributes import NEEDS_ATTENTION

CALL: Final = timedelta(seconds=10)  # a query or an update needs a worker, which may have to replay first
_PARKED: Final = f"{NEEDS_ATTENTION.name} = true AND ExecutionStatus = 'Running'"


class TemporalParkedProcesses:
    """The `ParkedProcesses` port."""

    def __init__(self, connection: TemporalConnection) -> None:
        self._connection = connection

    async def all(self) -> AsyncIterator[ParkedProcess]:
        """The list may lag a second behind, so each is asked whether it still is."""
        client = await self._connection.client()
        try:
            async for found in client.list_workflows(_PARKED):
                progress = await client.get_workflow_handle(found.id).query(
                    "progress", result_type=Progress, rpc_timeout=CALL
                )
                if progress.parked:
                    yield ParkedProcess(found.id, progress.parked)
        except (RPCError, WorkflowQueryFailedError) as error:
            raise _unavailable() from error

    async def retry(self, process_id: str) -> bool:
        """By the same update that an operator sends from the UI."""
        client = await self._connection.client()
        try:
            # Temporal's client asks anew after each of its own time-outs, for as long as no worker answers.
            async with asyncio.timeout(CALL.total_seconds()):
                await client.get_workflow_handle(process_id).execute_update("retry", rpc_timeout=CALL)
        except WorkflowUpdateFailedError:
            return False  # its validator: nothing is parked
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return False
            raise _unavailable() from error
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
            raise _unavailable() from error
        return True


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable(
        "The process engine or its workers do not answer; look again before you retry."
    )
