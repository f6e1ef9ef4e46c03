"""Purchases on Temporal's time-skipping server while their steps die, come twice, and answers get lost."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from uuid import uuid4

from temporalio.testing import WorkflowEnvironment

from domain.purchases.caps import Caps
from domain.purchases.purchase import Purchase
from domain.shared.ids import UserId
from tests.builders import usd
from tests.fakes.payments import Silence
from tests.torture.buying.sabotage import Change
from tests.torture.buying.verdict import AtStore, Heard, Moved, Verdict, judge
from tests.workflows.conftest import World
from tests.workflows.purchase_world import received, start
from tests.workflows.test_purchase_crashes import AFTER, AUTHORISE, BEFORE, TWICE, Befalling, worker

STEPS = (
    "set the maximum aside within the caps",
    "compare the stores",
    AUTHORISE,
    "ask about the reserved money",
    "look at the offer once more",
    "order at the store",
    "ask the store what became of the order",
    "take what the book costs",
    "look into the store's books",
    "give the store its order back",
    "call off the purchase",
    "let go of the reserved money",
    "end the purchase without a book",
    "close the books on the purchase",
)
FATES = tuple(product(STEPS, (AFTER, BEFORE, TWICE)))
LONG = 1_000  # calls
MAXIMUM = 1_500
PATIENCE = 50.0  # seconds a busy machine may take for what takes one


@dataclass(frozen=True)
class Weather:
    """Who falls silent, and when; or what stores do against the agreement."""

    name: str
    gateway: str | None = None
    store: str | None = None
    when: Silence = Silence.AFTER
    more: int = 0

    def strike(self, world: World, times: int) -> None:
        """So many calls get no answer."""
        if self.gateway:
            world.gateway.fall_silent(self.gateway, self.when, times)
        if self.store:
            world.shops.orders.fall_silent(self.store, self.when, times)
        world.shops.orders.more = self.more


WEATHERS = (
    Weather("fair"),
    Weather("the provider's word on the reservation is lost", gateway="authorise"),
    Weather("the provider's word on the payment is lost", gateway="capture"),
    Weather("the provider's word on letting go is lost", gateway="abandon", more=400),
    Weather("the store's word on the order is lost", store="place"),
    Weather("the order never arrives", store="place", when=Silence.BEFORE),
    Weather("stores charge more than they said", more=400),
)


def fates(number: int, of: int) -> list[tuple[str, str]]:
    """Every `of`-th, so that all rounds together meet each step with each fate."""
    return list(islice(FATES, number % of, None, of))


async def trial(
    env: WorkflowEnvironment,
    weather: Weather,
    strokes: Sequence[tuple[str, str]],
    *,
    change: Change | None = None,
    at_once: int = 0,
) -> Verdict:
    """A purchase for each stroke, each of another reader; `at_once` more of one reader whose caps leave room
    for three. All begin together; what they come to is judged.
    """
    world = World(env.client, env)
    weather.strike(world, len(strokes) + at_once)
    if change is not None:
        change(world)
    made = [await received(world, MAXIMUM, user=UserId(uuid4())) for _ in strokes]
    thrifty, caps = UserId(uuid4()), _caps()
    async with world.unit_of_work() as work:
        await work.budgets.set_caps(thrifty, caps)
    made += [await received(world, MAXIMUM, user=thrifty) for _ in range(at_once)]
    plan = {(str(each.id), step): fate for each, (step, fate) in zip(made, strokes, strict=False)}
    async with worker(world, Befalling(plan)):
        handles = [await start(world, each) for each in made]
        async with asyncio.timeout(PATIENCE):
            results = [(await handle.result()).status for handle in handles]
    heard = [
        Heard(str(each.id), str(each.id), ended == "done") for each, ended in zip(made, results, strict=True)
    ]
    return await _judged(world, made, heard, {str(thrifty): caps})


def _caps() -> Caps:
    return Caps(per_purchase=usd(MAXIMUM), per_day=usd(3 * 1_000 + 500), per_month=usd(90_000))


async def _judged(
    world: World, made: Sequence[Purchase], heard: Sequence[Heard], caps: dict[str, Caps]
) -> Verdict:
    receipts = [await world.work.purchases.receipt(each.id, None) for each in made]
    provider = [Moved(str(m.order_id), m.kind, m.amount.amount) for m in world.gateway.ledger]
    orders = world.shops.orders
    orders.hear_again()
    standing = {order.key for order in orders.standing()}
    at_stores = []
    for order in orders.received:
        placed = await orders.find(order.store, order.key)
        kept = placed.charged.amount if placed and order.key in standing else 0
        at_stores.append(AtStore(order.key[:36], order.key in standing, kept))
    return judge(receipts, provider, at_stores, heard, caps)
