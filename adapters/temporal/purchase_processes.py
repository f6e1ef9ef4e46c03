"""Purchase processes on Temporal: business ids, start-or-attach, one bounded call each."""

import asyncio
from typing import Final

from temporalio.client import WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from adapters.temporal.order_processes import AGAIN, CALL, DECISION
from application.orders.errors import ProcessesUnavailable
from application.purchases.views import PurchaseFacts, PurchaseViews
from domain.purchases.errors import TooLateToCancelPurchase
from domain.purchases.status import TERMINAL
from domain.shared.ids import PurchaseId
from workflows.checkout.contracts import TASK_QUEUE
from workflows.purchase.contracts import TOO_LATE, PurchaseInput, correction_id, workflow_id
from workflows.purchase.correction import PurchaseCorrectionWorkflow
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.shared.policies import TASK_TIMEOUT
from workflows.shared.search_attributes import CUSTOMER_ID, ISBN, ORDER_STATUS, ORDER_TOTAL

_LATE: Final = "This purchase can no longer be cancelled."


class TemporalPurchaseProcesses:
    """The `PurchaseProcesses` port."""

    def __init__(self, connection: TemporalConnection, views: PurchaseViews) -> None:
        self._connection = connection
        self._views = views

    async def start_purchase(self, purchase_id: PurchaseId) -> None:
        """Start it, or find it started (or finished) already: both are success. The engine forgets finished
        processes after a day, the purchase does not.
        """
        purchase = await self._views.facts(purchase_id)
        if purchase.status in TERMINAL:
            return
        client = await self._connection.client()
        try:
            await client.start_workflow(
                PurchaseWorkflow.run,
                PurchaseInput(str(purchase_id)),
                id=workflow_id(purchase_id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=AGAIN,
                search_attributes=_attributes(purchase),
                static_summary=f"{purchase.isbn} for {purchase.max_price} or less",
                rpc_timeout=CALL,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise _unavailable() from error

    async def correct(self, purchase_id: PurchaseId) -> None:
        """Start it, or find it at work: both are success. One that ended may be needed once more."""
        purchase = await self._views.facts(purchase_id)
        client = await self._connection.client()
        try:
            await client.start_workflow(
                PurchaseCorrectionWorkflow.run,
                PurchaseInput(str(purchase_id)),
                id=correction_id(purchase_id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                search_attributes=_attributes(purchase),
                static_summary=f"Correction: {purchase.isbn} for {purchase.max_price} or less",
                rpc_timeout=CALL,
            )
        except RPCError as error:
            raise _unavailable() from error

    async def cancel(self, purchase_id: PurchaseId) -> None:
        """Ask the process and wait for its word."""
        client = await self._connection.client()
        handle = client.get_workflow_handle_for(PurchaseWorkflow.run, workflow_id(purchase_id))
        try:
            # Temporal's client asks anew after each of its own time-outs, for as long as nobody decides.
            async with asyncio.timeout(DECISION.total_seconds()):
                await handle.execute_update("cancel", rpc_timeout=DECISION)
        except WorkflowUpdateFailedError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type == TOO_LATE:
                raise TooLateToCancelPurchase(_LATE) from error
            raise _unavailable() from error
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
            raise _unavailable() from error

    async def payment_moved(self, purchase_id: PurchaseId) -> None:
        """Pass on the hint."""
        client = await self._connection.client()
        handle = client.get_workflow_handle_for(PurchaseWorkflow.run, workflow_id(purchase_id))
        try:
            await handle.signal(PurchaseWorkflow.news, rpc_timeout=CALL)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:  # news for a finished process is no news
                raise _unavailable() from error


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable("The process engine does not answer; your purchase is kept and will go on.")


def _attributes(purchase: PurchaseFacts) -> TypedSearchAttributes:
    return TypedSearchAttributes(
        [
            SearchAttributePair(ORDER_STATUS, purchase.status.value),
            SearchAttributePair(CUSTOMER_ID, str(purchase.user_id)),
            SearchAttributePair(ISBN, [purchase.isbn.value]),
            SearchAttributePair(ORDER_TOTAL, purchase.max_price.amount),
        ]
    )
