"""Processes on Temporal's time-skipping server, their steps on the shop in memory."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from application.carts.remove_ordered import RemoveOrdered
from application.orders.await_payment_action import AwaitPaymentAction
from application.orders.call_off_order import CallOffOrder
from application.orders.confirm_order import ConfirmOrder
from application.orders.deliver_order import DeliverOrder
from application.orders.dispatch_order import DispatchOrder
from application.orders.end_order import EndOrder
from application.orders.note_on_order import NoteOnOrder
from application.orders.park_order import ParkOrder, ResumeOrder
from application.payments.abandon_payment import AbandonPayment
from application.payments.ask_payment import AskPayment
from application.payments.authorise_payment import AuthorisePayment
from application.payments.capture_payment import CapturePayment
from application.payments.give_refund import GiveRefund
from application.shipping.book_parcel import BookParcel, shipment_key
from application.shipping.follow_parcel import CallOffParcel, FollowParcel
from domain.orders.line import OrderLine
from domain.orders.order import Order
from domain.shared.ids import OrderId, RefundId
from entrypoints.worker.main import steps_of
from tests.builders import DRACULA, EMMA, NOON, order, particulars
from tests.fakes.carts import InMemoryCarts
from tests.fakes.orders import ListeningInMemory
from tests.fakes.payments import InMemoryPaymentGateway
from tests.fakes.shipping import InMemoryCarrier
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.search_attributes import know_search_attributes
from tests.workflows.purchase_world import Bookshops, purchase_steps
from tests.workflows.refresh_world import RefreshDesk
from tests.workflows.suspicion_world import Suspects, suspicion_steps
from tests.workflows.watch_world import EngineClock, Watchers, watch_steps
from workflows.checkout.activities import CheckoutActivities
from workflows.checkout.contracts import Checkout, workflow_id
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.refresh.activities import RefreshActivities
from workflows.refund.activities import RefundActivities
from workflows.registry import WORKFLOWS
from workflows.shared.attention import AttentionActivities
from workflows.shared.failures import DomainErrors


class _Clock:
    """Stands at noon: what is told in a story does not hang on how fast the test runs."""

    def now(self) -> datetime:
        return NOON


class Letters:
    """Remembers what was written; `refuse` makes the mail server refuse."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    async def __call__(self, order_id: OrderId, kind: str, *, refund_id: RefundId | None = None) -> None:
        self.sent.append(kind)


@dataclass
class World:
    """A shop in memory and the worker over it."""

    client: Client
    env: WorkflowEnvironment
    work: InMemoryWork = field(default_factory=InMemoryWork)
    gateway: InMemoryPaymentGateway = field(default_factory=InMemoryPaymentGateway)
    carrier: InMemoryCarrier = field(default_factory=InMemoryCarrier)
    letters: Letters = field(default_factory=Letters)
    shops: Bookshops = field(default_factory=Bookshops)
    watchers: Watchers = field(default_factory=Watchers)
    suspects: Suspects = field(default_factory=Suspects)
    desk: RefreshDesk = field(default_factory=RefreshDesk)
    clock: _Clock = field(default_factory=_Clock)
    queue: str = field(default_factory=lambda: f"checkout-{uuid4()}")

    def __post_init__(self) -> None:
        self.unit_of_work = InMemoryUnitOfWork(self.work)
        self.engine_clock = EngineClock(self.env)
        self.work.inventory.put(EMMA, 10)
        self.work.inventory.put(DRACULA, 10)

    async def placed(self, token: str = "tok_ok", *lines: OrderLine, country: str = "US") -> Order:
        """An order as the front door leaves it: written, its copies held."""
        made = order(*lines, number=uuid4().int, placed_at=await self.env.get_current_time())
        async with self.unit_of_work() as work:
            await work.orders.add(made, particulars(token, country))
            copies = made.copies_to_ship()
            if copies:
                await work.inventory.hold(made.id, copies, expires_at=made.hold_expires_at, at=made.placed_at)
        return made

    async def start(self, made: Order) -> WorkflowHandle[CheckoutWorkflow, Any]:
        """Its process."""
        return await self.client.start_workflow(
            CheckoutWorkflow.run,
            Checkout(str(made.id), made.digital, made.hold_expires_at),
            id=workflow_id(made.id),
            task_queue=self.queue,
        )

    async def see(self, made: Order) -> Order:
        """The order as it stands."""
        return await self.work.orders.get(made.id)

    def parcel_moves(self, made: Order) -> None:
        """The carrier takes or delivers it."""
        self.carrier.advance(shipment_key(made.id))

    def worker(self, runner: WorkflowRunner | None = None, **options: int) -> Worker:
        """A worker with the sandbox on, unless another `runner` is wanted."""
        return Worker(
            self.client,
            task_queue=self.queue,
            workflows=WORKFLOWS,
            activities=self._activities(),
            interceptors=[DomainErrors(), self.engine_clock],
            workflow_runner=runner or sandbox(),
            **options,
        )

    def _activities(self) -> list[Any]:
        work, clock, news = self.unit_of_work, self.clock, ListeningInMemory()
        remove_ordered = RemoveOrdered(InMemoryCarts(), clock)
        checkout = CheckoutActivities(
            authorise_payment=AuthorisePayment(work, self.gateway, clock),
            ask_payment=AskPayment(self.gateway),
            capture_payment=CapturePayment(work, self.gateway, clock, news),
            abandon_payment=AbandonPayment(work, self.gateway, clock),
            await_payment_action=AwaitPaymentAction(work, self.gateway, clock, news),
            confirm_order=ConfirmOrder(work, remove_ordered, clock, news),
            end_order=EndOrder(work, clock, news),
            book_parcel=BookParcel(work, self.carrier, clock, news),
            follow_parcel=FollowParcel(self.carrier),
            call_off_parcel=CallOffParcel(self.carrier),
            call_off_order=CallOffOrder(work, self.carrier),
            dispatch_order=DispatchOrder(work, clock, news),
            deliver_order=DeliverOrder(work, clock, news),
            send_order_mail=self.letters,  # type: ignore[arg-type] # stands in for the use case
        )
        refund = RefundActivities(
            give_refund=GiveRefund(work, self.gateway, clock, news),
            send_order_mail=self.letters,  # type: ignore[arg-type] # stands in for the use case
        )
        attention = AttentionActivities(
            park_order=ParkOrder(work, clock, news),
            resume_order=ResumeOrder(work, clock, news),
            note_on_order=NoteOnOrder(work, clock),
        )
        purchase = purchase_steps(work, clock, self.gateway, self.shops)
        watch, suspicion = watch_steps(self), suspicion_steps(work, clock, self.suspects)
        refresh = RefreshActivities(refresh_store=self.desk)  # type: ignore[arg-type] # stands in for the use case
        every = (checkout, refund, purchase, suspicion, watch, refresh, attention)
        return [step for steps in every for step in steps_of(steps)]


@asynccontextmanager
async def skipping_time() -> AsyncIterator[WorkflowEnvironment]:
    """A server on which weeks take milliseconds."""
    env = await WorkflowEnvironment.start_time_skipping(test_server_existing_path=_server_path())
    async with env:
        await know_search_attributes(env)
        yield env


@pytest.fixture(scope="session")
async def time_skipping() -> AsyncIterator[WorkflowEnvironment]:
    """One server for the run."""
    async with skipping_time() as env:
        yield env


@pytest.fixture
async def world(time_skipping: WorkflowEnvironment) -> AsyncIterator[World]:
    """A fresh shop with its worker running."""
    made = World(time_skipping.client, time_skipping)
    async with made.worker():
        yield made


def sandbox() -> SandboxedWorkflowRunner:
    """Every module that decides is loaded anew for each run and kept from clocks and chance; plain data, the
    pure core and the steps, which run outside, are shared.
    """
    shared = (
        "domain",
        "application",
        "workflows.checkout.contracts",
        "workflows.checkout.activities",
        "workflows.refund.contracts",
        "workflows.refund.activities",
        "workflows.purchase.contracts",
        "workflows.purchase.activities",
        "workflows.watch.contracts",
        "workflows.watch.activities",
        "workflows.suspicion.contracts",
        "workflows.suspicion.activities",
        "workflows.refresh.contracts",
        "workflows.refresh.activities",
        "workflows.shared.attention",
        "workflows.shared.search_attributes",
    )
    return SandboxedWorkflowRunner(restrictions=SandboxRestrictions.default.with_passthrough_modules(*shared))


def _server_path() -> str:
    return str(Path(sys.executable).with_name("temporal-test-server"))
