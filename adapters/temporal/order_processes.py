"""Checkout and refund processes on Temporal: business ids, start-or-attach, one bounded call each."""

import asyncio
from datetime import timedelta
from typing import Final

from temporalio.client import Client, WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import ApplicationError, WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from adapters.temporal.client import TemporalConnection
from application.orders.errors import ProcessesUnavailable
from application.orders.views import CheckoutFacts, OrderViews
from domain.orders.errors import TooLateToCancel
from domain.orders.status import TERMINAL, OrderStatus
from domain.shared.ids import OrderId, RefundId
from workflows.checkout.contracts import TASK_QUEUE, TOO_LATE, Checkout, workflow_id
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.refund.contracts import RefundInput
from workflows.refund.contracts import workflow_id as refund_workflow_id
from workflows.refund.workflow import RefundWorkflow
from workflows.shared.policies import TASK_TIMEOUT
from workflows.shared.search_attributes import CUSTOMER_ID, ISBN, ORDER_STATUS, ORDER_TOTAL

CALL: Final = timedelta(seconds=2)  # a start or a signal takes milliseconds, or the outbox relay repeats it
DECISION: Final = timedelta(seconds=15)  # a cancellation asks provider and carrier before it answers
# What was terminated, cancelled or failed before its end is carried on from what the order says.
AGAIN: Final = WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY
SUMMARY: Final = 100  # characters of at most four bytes; the server refuses summaries over 400 bytes
_NOT_RUNNING: Final = frozenset({RPCStatusCode.NOT_FOUND})


class TemporalOrderProcesses:
    """The `OrderProcesses` port."""

    def __init__(self, connection: TemporalConnection, views: OrderViews) -> None:
        self._connection = connection
        self._views = views

    async def start_checkout(self, order_id: OrderId) -> None:
        """Start it, or find it started (or finished) already: both are success. The engine forgets finished
        processes after a day, the order does not.
        """
        order = await self._views.facts(order_id)
        if OrderStatus(order.status) in TERMINAL:
            return
        client = await self._connection.client()
        try:
            await client.start_workflow(
                CheckoutWorkflow.run,
                Checkout(str(order_id), order.digital, order.hold_expires_at),
                id=workflow_id(order_id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=AGAIN,
                search_attributes=_attributes(order),
                static_summary=f"{order.total}: {order.contents[0]}"[:SUMMARY],
                static_details=_details(order),
                rpc_timeout=CALL,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise _unavailable() from error

    async def start_refund(self, order_id: OrderId, refund_id: RefundId) -> None:
        """Start it, or find it started already."""
        client = await self._connection.client()
        try:
            await client.start_workflow(
                RefundWorkflow.run,
                RefundInput(str(order_id), str(refund_id)),
                id=refund_workflow_id(refund_id),
                task_queue=TASK_QUEUE,
                task_timeout=TASK_TIMEOUT,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                id_reuse_policy=AGAIN,
                static_summary=f"Refund for order {order_id}",
                rpc_timeout=CALL,
            )
        except WorkflowAlreadyStartedError:
            return
        except RPCError as error:
            raise _unavailable() from error

    async def cancel(self, order_id: OrderId) -> None:
        """Ask the process and wait for its word."""
        client = await self._connection.client()
        handle = client.get_workflow_handle_for(CheckoutWorkflow.run, workflow_id(order_id))
        try:
            # Temporal's client asks anew after each of its own time-outs, for as long as nobody decides.
            async with asyncio.timeout(DECISION.total_seconds()):
                await handle.execute_update("cancel", rpc_timeout=DECISION)
        except WorkflowUpdateFailedError as error:
            if isinstance(error.cause, ApplicationError) and error.cause.type == TOO_LATE:
                raise TooLateToCancel("This order can no longer be cancelled; ask for a return.") from error
            raise _unavailable() from error
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as error:
            raise _unavailable() from error

    async def payment_moved(self, order_id: OrderId) -> None:
        """Pass on the hint."""
        await self._tell(await self._connection.client(), order_id)

    async def parcel_moved(self, order_id: OrderId) -> None:
        """Pass on the hint."""
        await self._tell(await self._connection.client(), order_id)

    async def _tell(self, client: Client, order_id: OrderId) -> None:
        handle = client.get_workflow_handle_for(CheckoutWorkflow.run, workflow_id(order_id))
        try:
            await handle.signal(CheckoutWorkflow.news, rpc_timeout=CALL)
        except RPCError as error:
            if error.status not in _NOT_RUNNING:  # news for a finished process is no news
                raise _unavailable() from error


def _unavailable() -> ProcessesUnavailable:
    return ProcessesUnavailable("The process engine does not answer; your order is kept and will go on.")


def _attributes(order: CheckoutFacts) -> TypedSearchAttributes:
    return TypedSearchAttributes(
        [
            SearchAttributePair(ORDER_STATUS, order.status),
            SearchAttributePair(CUSTOMER_ID, str(order.user_id)),
            SearchAttributePair(ISBN, order.isbns),
            SearchAttributePair(ORDER_TOTAL, order.total.amount),
        ]
    )


def _details(order: CheckoutFacts) -> str:
    lines = "\n".join(f"- {line}" for line in order.contents)
    return f"{lines}\n\nShipping: {order.shipping_method}"
