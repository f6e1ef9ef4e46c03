"""The steps of watches over a shop in memory, and the relay that carries news between processes."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from temporalio.client import WorkflowFailureError, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from application.notifications.ports import Mail, MailNotAccepted
from application.orders.errors import ProcessesUnavailable
from application.watches.look_at_watch import CallOffCopy, LookAtWatch
from application.watches.park_watch import ParkWatch, TakeBackWatch
from application.watches.ports import WebhookNotAccepted
from application.watches.purchase_desk import PurchasesForWatches
from application.watches.steer_watch import CancelWatch, PauseWatch, ResumeWatch, VetoPurchase
from application.watches.tell_reader import CallWatcher, NoteTold, WriteToWatcher
from domain.purchases.errors import TooLateToCancelPurchase
from domain.purchases.purchase import Purchase
from domain.shared.ids import PurchaseId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from domain.watches.quiet_hours import QuietHours
from domain.watches.status import WatchStatus
from domain.watches.terms import Buying, Terms
from domain.watches.watch import Watch
from tests.builders import NOON, READER
from tests.watching import low, particulars, terms, watch
from workflows.purchase.contracts import PurchaseInput
from workflows.purchase.contracts import workflow_id as purchase_workflow_id
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.watch.activities import WatchActivities
from workflows.watch.contracts import WatchInput, workflow_id
from workflows.watch.workflow import WatchWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

Handle = WorkflowHandle[WatchWorkflow, Any]


class EngineClock(Interceptor):
    """Before each step it is asked of the engine, so that weeks that are skipped have passed in it."""

    def __init__(self, env: WorkflowEnvironment) -> None:
        self._env = env
        self._now = NOON

    def now(self) -> datetime:
        return self._now

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - Temporal's own name
        return _Looking(next, self)

    async def look(self) -> None:
        self._now = await self._env.get_current_time()


class _Looking(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, clock: EngineClock) -> None:
        super().__init__(following)
        self._clock = clock

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        await self._clock.look()
        return await self.next.execute_activity(input)


def _already() -> asyncio.Event:
    happened = asyncio.Event()
    happened.set()
    return happened


@dataclass
class Watchers:
    """Readers who watch: their mailboxes and their servers."""

    mails: list[Mail] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False  # no mail server takes anything
    away: bool = False  # no reader's server answers
    answers: asyncio.Event = field(default_factory=_already)  # until then they keep the shop waiting
    processes: list[str] = field(default_factory=list)  # all that were started

    async def send(self, mail: Mail) -> bool:
        if self.closed:
            raise MailNotAccepted("Not now.")
        self.mails.append(mail)
        return True

    def require_allowed(self, url: str) -> None:
        """Any."""

    async def post(self, url: str, body: bytes, *, key: str, signature: str) -> bool:
        if self.away:
            raise WebhookNotAccepted("Nobody answers.")
        self.calls.append((key, body.decode()))
        await self.answers.wait()
        return signature.startswith("t=")

    @property
    def subjects(self) -> list[str]:
        return [mail.letter.subject.split(" (")[0] for mail in self.mails]


class _Purchases:
    """The part of `PurchaseProcesses` that a watch uses."""

    def __init__(self, world: "World") -> None:
        self._world = world

    async def cancel(self, purchase_id: PurchaseId) -> None:
        handle = self._world.client.get_workflow_handle(purchase_workflow_id(purchase_id))
        try:
            await handle.execute_update("cancel")
        except WorkflowUpdateFailedError as error:
            raise TooLateToCancelPurchase("It is too late.") from error
        except RPCError as error:
            raise ProcessesUnavailable("It does not run yet, or no more.") from error


def watch_steps(world: "World") -> WatchActivities:
    """Every step of a watch."""
    work, clock, store = world.unit_of_work, world.engine_clock, world.work.watches
    desk = PurchasesForWatches(world.work.purchases, _Purchases(world), world.clock)  # type: ignore[arg-type] # all a watch uses
    return WatchActivities(
        look_at_watch=LookAtWatch(work, desk, clock),
        call_off_copy=CallOffCopy(work, desk),
        write_to_watcher=WriteToWatcher(work, world.watchers, clock),
        call_watcher=CallWatcher(work, world.watchers, clock),
        note_told=NoteTold(work, clock),
        pause_watch=PauseWatch(work, store, clock),
        resume_watch=ResumeWatch(work, store, clock),
        cancel_watch=CancelWatch(work, store, clock),
        veto_purchase=VetoPurchase(work, store, clock),
        park_watch=ParkWatch(work, clock),
        take_back_watch=TakeBackWatch(work, clock),
    )


@dataclass
class Watching:
    """One watch in a world, and what tests do with it."""

    world: "World"
    watch: Watch
    handle: Handle
    began: datetime
    _relayed: int = 0

    async def see(self) -> Watch:
        return await self.world.work.watches.get(self.watch.id)

    async def purchases(self) -> list[Purchase]:
        """Those it has begun, in their order."""
        kept = self.world.work.purchases
        begun = [event.aggregate_id for event in kept.events if event.name == "purchase_received"]
        return [await kept.get(PurchaseId(each)) for each in begun]

    async def hear(self, cents: int | None, minute: float = 0, *, wake: bool = True) -> None:
        """A store asks that, so many minutes after the watch began."""
        async with self.world.unit_of_work() as work:
            await work.watches.hear(low(cents, self.began + timedelta(minutes=minute)))
        if wake:
            await self.wake()

    async def wake(self) -> None:
        await self.handle.signal(WatchWorkflow.wake)

    async def do(self, verb: Callable[[Watch, datetime], None], *, wake: bool = True) -> None:
        """The reader does something, over HTTP."""
        async with self.world.unit_of_work() as work:
            it = await work.watches.get(self.watch.id)
            verb(it, await self.world.env.get_current_time())
            await work.watches.save(it)
        if wake:
            await self.wake()

    async def relay(self) -> None:
        """What the outbox would have carried: purchases are started, and watches told of their ends."""
        events = self.world.work.purchases.events
        for event in events[self._relayed :]:
            self._relayed += 1
            if event.name == "purchase_received":
                self.world.watchers.processes.append(purchase_workflow_id(event.aggregate_id))
                await self.world.client.start_workflow(
                    PurchaseWorkflow.run,
                    PurchaseInput(str(event.aggregate_id)),
                    id=purchase_workflow_id(event.aggregate_id),
                    task_queue=self.world.queue,
                    id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                )
            elif event.name in {"purchase_finished", "purchase_ended"}:
                await self.wake()

    async def until_a_purchase(self, what: Callable[[Purchase], object]) -> None:
        """Let the processes go on until it is so of one that was begun."""
        async with asyncio.timeout(20):
            while not any(what(each) for each in await self.purchases()):
                await self.relay()
                await asyncio.sleep(0.01)

    async def until(self, what: Callable[[Watch], object], *, skip: float = 0) -> Watch:
        """Let the processes go on until it is so; where they wait for a date, its time is skipped."""
        async with asyncio.timeout(20):
            while not what(it := await self.see()):
                await self.relay()
                await (self.world.env.sleep(skip) if skip else asyncio.sleep(0.01))
        return it


async def watching(
    world: "World", of: Callable[[datetime], Terms], *, webhook: str | None = None, user: UserId = READER
) -> Watching:
    """A watch as the front door leaves it, with its process; `of` makes its terms from the present moment."""
    now = await world.env.get_current_time()
    made = watch(of(now), number=uuid4().int, user=user, begun_at=now)
    reader = User.register(user, EmailAddress.parse("jane@example.org"), "Jane", PasswordHash("x"), NOON)
    async with world.unit_of_work() as work:
        if all(one.user_id != user for one in world.work.watches.every()):
            await work.users.add(reader)
        await work.watches.add(made, particulars(webhook))
    world.watchers.processes.append(workflow_id(made.id))
    handle = await world.client.start_workflow(
        WatchWorkflow.run, WatchInput(str(made.id)), id=workflow_id(made.id), task_queue=world.queue
    )
    return Watching(world, made, handle, now)


def wanting(
    buy: Buying | None = None, *, days: int = 30, quiet: QuietHours | None = None
) -> Callable[[datetime], Terms]:
    """Terms that begin now."""
    return lambda now: terms(buy, until=now + timedelta(days=days), quiet=quiet)


def is_(status: WatchStatus) -> Callable[[Watch], bool]:
    """Whether it stands there."""
    return lambda it: it.status is status


async def ended(it: Watching) -> str:
    """Its last words."""
    await it.until(lambda one: one.ended and not one.notices, skip=30)
    result: str = (await it.handle.result()).words
    return result


async def pays_with(it: Watching, token: str) -> None:
    """The reader's card is another."""
    kept = it.world.work.watches
    kept.give(it.watch.id, replace(await kept.particulars(it.watch.id), payment_token=token))


async def end_all(world: "World") -> None:
    """Whatever still runs comes to its end. What is terminated in the middle of a task keeps the server from
    skipping time ever after.
    """
    for process in world.watchers.processes:
        handle = world.client.get_workflow_handle(process)
        with suppress(RPCError, WorkflowFailureError):  # most have come to their end
            await handle.cancel()
            await handle.result()
