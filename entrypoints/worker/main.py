"""The worker process: carries checkouts, refunds, purchases and watches, and keeps prices fresh."""

import asyncio
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import uvloop
from temporalio.client import Client
from temporalio.worker import PollerBehaviorSimpleMaximum, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from adapters.telemetry.logging import configure_logging
from entrypoints.container import Container, asking_stores, opened
from entrypoints.settings import Settings
from entrypoints.worker.driving import driving_beside
from workflows.checkout.activities import CheckoutActivities
from workflows.checkout.contracts import TASK_QUEUE
from workflows.purchase.activities import PurchaseActivities
from workflows.refresh import contracts as refresh
from workflows.refresh.activities import RefreshActivities
from workflows.refresh.workflow import RefreshWorkflow
from workflows.refund.activities import RefundActivities
from workflows.registry import WORKFLOWS
from workflows.shared.attention import AttentionActivities
from workflows.shared.failures import DomainErrors
from workflows.suspicion.activities import SuspicionActivities
from workflows.watch.activities import WatchActivities

# A killed worker's workflows go to another one after this long instead of the SDK's 10 s: readers wait 2 s.
STICKY_FOR: Final = timedelta(seconds=2)
CACHED: Final = 1_000  # open processes kept in memory; the others are replayed when they are needed
AT_ONCE: Final = 50  # activities: each is a database step or a remote call, and the pool has 10 connections
MOST_STORES: Final = 500  # whose prices one worker keeps fresh; the others are for the next one
TASKS_AT_ONCE: Final = 20  # workflow tasks: pure computation, so a few keep one core busy
FINISH_WITHIN: Final = timedelta(seconds=10)  # at shutdown: longer than any single try of a step


def build_worker(client: Client, container: Container) -> Worker:
    """A worker over the container's use cases; tests build the same one."""
    return Worker(
        client,
        task_queue=TASK_QUEUE,
        workflows=WORKFLOWS,
        activities=[*_order_steps(container), *_price_steps(container)],
        interceptors=[DomainErrors()],
        workflow_runner=workflow_runner(),
        max_cached_workflows=CACHED,
        max_concurrent_workflow_tasks=TASKS_AT_ONCE,
        max_concurrent_activities=AT_ONCE,
        max_concurrent_local_activities=AT_ONCE,
        workflow_task_poller_behavior=PollerBehaviorSimpleMaximum(5),
        activity_task_poller_behavior=PollerBehaviorSimpleMaximum(5),
        sticky_queue_schedule_to_start_timeout=STICKY_FOR,
        graceful_shutdown_timeout=FINISH_WITHIN,
    )


def build_refresher(client: Client, container: Container) -> Worker:
    """A worker that keeps prices fresh: apart, for each store takes one of its places all the time. When it
    is told to end, its batches are told at once: what is on its way ends by itself, in seconds.
    """
    steps = RefreshActivities(refresh_store=container.use_cases.refresh_store())
    return Worker(
        client,
        task_queue=refresh.TASK_QUEUE,
        workflows=[RefreshWorkflow],
        activities=steps_of(steps),
        interceptors=[DomainErrors()],
        workflow_runner=workflow_runner(),
        max_cached_workflows=MOST_STORES,
        max_concurrent_activities=MOST_STORES,
        workflow_task_poller_behavior=PollerBehaviorSimpleMaximum(2),
        activity_task_poller_behavior=PollerBehaviorSimpleMaximum(2),
    )


def _order_steps(container: Container) -> list[Callable[..., Any]]:
    use = container.use_cases
    checkout = CheckoutActivities(
        authorise_payment=use.authorise_payment(),
        ask_payment=use.ask_payment(),
        capture_payment=use.capture_payment(),
        abandon_payment=use.abandon_payment(),
        await_payment_action=use.await_payment_action(),
        confirm_order=use.confirm_order(),
        end_order=use.end_order(),
        book_parcel=use.book_parcel(),
        follow_parcel=use.follow_parcel(),
        call_off_parcel=use.call_off_parcel(),
        call_off_order=use.call_off_order(),
        dispatch_order=use.dispatch_order(),
        deliver_order=use.deliver_order(),
        send_order_mail=use.send_order_mail(),
    )
    refund = RefundActivities(give_refund=use.give_refund(), send_order_mail=use.send_order_mail())
    attention = AttentionActivities(
        park_order=use.park_order(), resume_order=use.resume_order(), note_on_order=use.note_on_order()
    )
    return [*steps_of(checkout), *steps_of(refund), *steps_of(attention)]


def _price_steps(container: Container) -> list[Callable[..., Any]]:
    each = (_purchase_steps(container), _suspicion_steps(container), _watch_steps(container))
    return [step for steps in each for step in steps_of(steps)]


def _purchase_steps(container: Container) -> PurchaseActivities:
    use = container.use_cases
    return PurchaseActivities(
        reserve_cap=use.reserve_cap(),
        find_offer=use.find_offer(),
        authorise_purchase=use.authorise_purchase(),
        look_again=use.look_again(),
        order_at_store=use.order_at_store(),
        ask_store=use.ask_store(),
        capture_purchase=use.capture_purchase(),
        void_purchase=use.void_purchase(),
        call_off_purchase=use.call_off_purchase(),
        return_order=use.return_order(),
        check_charge=use.check_charge(),
        refund_purchase=use.refund_purchase(),
        end_purchase=use.end_purchase(),
        finish_purchase=use.finish_purchase(),
        send_purchase_mail=use.send_purchase_mail(),
        park_purchase=use.park_purchase(),
        resume_purchase=use.resume_purchase(),
    )


def _watch_steps(container: Container) -> WatchActivities:
    use = container.use_cases
    return WatchActivities(
        look_at_watch=use.look_at_watch(),
        call_off_copy=use.call_off_copy(),
        write_to_watcher=use.write_to_watcher(),
        call_watcher=use.call_watcher(),
        note_told=use.note_told(),
        pause_watch=use.pause_watch(),
        resume_watch=use.resume_watch(),
        cancel_watch=use.cancel_watch(),
        veto_purchase=use.veto_purchase(),
        park_watch=use.park_watch(),
        take_back_watch=use.take_back_watch(),
    )


def _suspicion_steps(container: Container) -> SuspicionActivities:
    use = container.use_cases
    return SuspicionActivities(ask_about_doubt=use.ask_about_doubt(), decide_as_staff=use.decide_as_staff())


def workflow_runner() -> SandboxedWorkflowRunner:
    """The tests load workflow code anew for each run and keep it from clocks and chance; here, where loading
    it for each order would cost more than the order, one copy of it serves all.
    """
    tested = SandboxRestrictions.default.with_passthrough_modules("domain", "application", "workflows")
    return SandboxedWorkflowRunner(restrictions=tested)


def steps_of(activities: object) -> list[Callable[..., Any]]:
    """The activity methods of an object."""
    methods = (getattr(activities, name) for name in dir(activities) if not name.startswith("_"))
    return [method for method in methods if hasattr(method, "__temporal_activity_definition")]


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then finish what was begun."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with opened(Container(settings=settings)) as container, asking_stores(container):
        connection = container.adapters.temporal()
        client = await connection.client()
        async with (
            build_worker(client, container),
            build_refresher(client, container),
            driving_beside(container),
        ):
            await stop.wait()


def main(settings: Settings) -> None:
    """The process."""
    configure_logging()
    uvloop.run(serve(settings))
