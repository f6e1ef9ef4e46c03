"""Workers die before, after and in the middle of every step, answers get lost, messages come twice: reader,
provider, store and books still tell one story.
"""

import asyncio
from contextlib import suppress
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from temporalio import activity
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
    Worker,
    WorkflowRunner,
)

from domain.purchases.purchase import Purchase
from domain.purchases.store_orders import StoreOrderOutcomeUnknown
from domain.shared.ids import UserId
from entrypoints.worker.main import workflow_runner
from tests.fakes.payments import Silence
from tests.workflows.conftest import World, sandbox
from tests.workflows.purchase_world import agree, purchase_steps, received, start
from workflows.purchase.activities import PurchaseActivities
from workflows.purchase.workflow import PurchaseWorkflow
from workflows.registry import WORKFLOWS
from workflows.shared.failures import DomainErrors

BEFORE, AFTER, TWICE = "before", "after", "twice"
AUTHORISE = "reserve the maximum at the bank"
MONEY_AND_ORDER = (
    AUTHORISE,
    "look at the offer once more",
    "order at the store",
    "take what the book costs",
)
ON_THE_WAY_BACK = (
    "give the store its order back",
    "call off the purchase",
    "let go of the reserved money",
    "end the purchase without a book",
)
Plan = dict[tuple[str, str], str]  # (purchase, step) → what befalls it the first time


class Befalling(Interceptor):
    """Lets steps die as planned, or everything happen twice."""

    def __init__(self, plan: Plan, everything: str | None = None) -> None:
        self.plan = plan
        self.everything = everything
        self.befallen: set[tuple[str, str]] = set()

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002 - Temporal's own name
        return _Befallen(next, self)


class _Befallen(ActivityInboundInterceptor):
    def __init__(self, following: ActivityInboundInterceptor, fate: Befalling) -> None:
        super().__init__(following)
        self._fate = fate

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - Temporal's own signature
        given = input.args[0]
        subject = given if isinstance(given, str) else getattr(given, "purchase_id", "")
        here = (subject, activity.info().activity_type)
        fate = self._fate.plan.get(here, self._fate.everything)
        if fate is None or here in self._fate.befallen:
            return await self.next.execute_activity(input)
        self._fate.befallen.add(here)
        if fate == BEFORE:
            raise RuntimeError
        result = await self.next.execute_activity(input)
        if fate == AFTER:
            raise RuntimeError
        return await self.next.execute_activity(input) if fate == TWICE else result


def worker(world: World, fate: Befalling, runner: WorkflowRunner | None = None) -> Worker:
    return Worker(
        world.client,
        task_queue=world.queue,
        workflows=WORKFLOWS,
        activities=world._activities(),
        interceptors=[DomainErrors(), fate],
        workflow_runner=runner or workflow_runner(),
    )


async def carried(world: World, made: list[Purchase], fate: Befalling) -> list[str]:
    """How each of them ended."""
    async with worker(world, fate):
        handles = [await start(world, each) for each in made]
        return [(await handle.result()).status for handle in handles]


@pytest.fixture
def world(time_skipping: WorkflowEnvironment) -> World:
    """A shop without a worker."""
    return World(time_skipping.client, time_skipping)


async def purchases(world: World, number: int) -> list[Purchase]:
    """Each of another reader: caps are not the point here."""
    return [await received(world, user=UserId(uuid4())) for _ in range(number)]


async def test_a_worker_that_dies_around_money_or_order_costs_nobody_a_cent(world: World) -> None:
    fates = list(product(MONEY_AND_ORDER, (BEFORE, AFTER)))
    made = await purchases(world, len(fates))
    fate = Befalling({(str(m.id), step): what for m, (step, what) in zip(made, fates, strict=True)})
    ended = await carried(world, made, fate)
    # An authorisation that was never heard of is asked about for a minute, and then given up.
    expected = ["declined" if fate == (AUTHORISE, BEFORE) else "done" for fate in fates]
    assert dict(zip(fates, ended, strict=True)) == dict(zip(fates, expected, strict=True))
    assert len(fate.befallen) == len(fates)
    for each in made:
        await agree(world, each)


async def test_a_worker_that_dies_at_every_step_of_the_way_back_gives_everything_back_once(
    world: World,
) -> None:
    world.shops.orders.more = 400
    fates = list(product((BEFORE, AFTER, TWICE), ON_THE_WAY_BACK))
    made = [each for each in await purchases(world, 3) for _ in ON_THE_WAY_BACK]
    fate = Befalling({(str(m.id), step): what for m, (what, step) in zip(made, fates, strict=True)})
    assert set(await carried(world, made[:: len(ON_THE_WAY_BACK)], fate)) == {"refunded"}
    assert len(fate.befallen) == len(fates)
    for each in made:
        await agree(world, each)


@pytest.mark.parametrize("everything", [BEFORE, AFTER, TWICE])
async def test_every_step_may_die_lose_its_answer_or_happen_twice(world: World, everything: str) -> None:
    [made] = await purchases(world, 1)
    # An authorisation that was never heard of is given up, which is told elsewhere.
    spared = {(str(made.id), AUTHORISE): AFTER} if everything == BEFORE else {}
    async with worker(world, Befalling(spared, everything), sandbox()):
        assert (await (await start(world, made)).result()).status == "done"
    await agree(world, made)


# -- lost memory -------------------------------------------------------------------------------------


async def steps_of_the_dead(world: World, made: Purchase, far: int, *, heard: bool) -> None:
    """What a worker did that nobody remembers: the first so many steps, the order's answer `heard` or not."""
    do = purchase_steps(world.unit_of_work, world.clock, world.gateway, world.shops)
    steps = (
        PurchaseActivities.reserve_cap,
        PurchaseActivities.find,
        PurchaseActivities.authorise,
        PurchaseActivities.look,
        PurchaseActivities.order,
        PurchaseActivities.capture,
        PurchaseActivities.finish,
    )
    for place, step in enumerate(steps[:far]):
        if place == 4 and not heard:
            world.shops.orders.fall_silent("place", Silence.AFTER)
        with suppress(StoreOrderOutcomeUnknown):
            await step(do, str(made.id))


async def test_a_successor_that_knows_nothing_finishes_what_was_begun_or_calls_it_off_whole(
    world: World,
) -> None:
    cases = [*product((0, 3, 4, 5, 6), (True, False), (True,)), *product((5,), (True, False), (False,))]
    made = await purchases(world, len(cases))
    for each, (far, _, heard) in zip(made, cases, strict=True):
        await steps_of_the_dead(world, each, far, heard=heard)
    handles = [await start(world, each) for each in made]
    wishes = [
        asyncio.ensure_future(handle.execute_update(PurchaseWorkflow.cancel))
        for handle, (_, cancelled, _) in zip(handles, cases, strict=True)
        if cancelled
    ]
    await asyncio.sleep(0.3)  # until the engine has them
    async with worker(world, Befalling({})):
        ended = [(await handle.result()).status for handle in handles]
        await asyncio.gather(*wishes, return_exceptions=True)  # what was granted is in the results
    for (far, cancelled, heard), how in zip(cases, ended, strict=True):
        assert how == ("cancelled" if cancelled and far < 5 else "done"), (far, cancelled, heard)
    for each in made:
        await agree(world, each)
