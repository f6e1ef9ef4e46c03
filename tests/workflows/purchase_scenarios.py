"""Stories of purchases worth remembering, carried to their end."""

from typing import TYPE_CHECKING

from application.purchases.keys import order_key
from domain.payments.gateway import PaymentReference
from domain.purchases.status import PurchaseStatus
from tests.builders import usd
from tests.buying import quote
from tests.fakes.payments import Silence
from tests.workflows.purchase_world import Handle, correct, received, start, until
from workflows.purchase.contracts import StoreSaid
from workflows.purchase.workflow import PurchaseWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World


async def bought(world: "World") -> Handle:
    """Set aside, compared, reserved, looked at, ordered, taken, checked."""
    return await start(world, await received(world))


async def too_dear(world: "World") -> Handle:
    """Nothing at that price."""
    return await start(world, await received(world, 999))


async def beyond_a_cap(world: "World") -> Handle:
    """Denied before anybody was asked."""
    return await start(world, await received(world, 5_001))


async def price_moved(world: "World") -> Handle:
    """Dearer at the last look."""
    world.shops.offers.moves_to(quote(), usd(1_300))
    return await start(world, await received(world))


async def confirmed_at_the_bank(world: "World") -> Handle:
    """3-D Secure, done."""
    made = await received(world, token="tok_3ds_required")
    handle = await start(world, made)
    await until(world, made, lambda it: it.action_url)
    reference = (await world.work.purchases.get(made.id)).payment_reference
    world.gateway.decide(PaymentReference(reference or ""), confirmed=True)
    await handle.signal(PurchaseWorkflow.news)
    return handle


async def cancelled(world: "World") -> Handle:
    """Called off before the order was sent."""
    made = await received(world, token="tok_3ds_required")
    handle = await start(world, made)
    await until(world, made, lambda it: it.action_url)
    await handle.execute_update(PurchaseWorkflow.cancel)
    return handle


async def answers_lost(world: "World") -> Handle:
    """Provider and store did their work and fell silent."""
    world.gateway.fall_silent("authorise", Silence.AFTER)
    world.shops.orders.fall_silent("place", Silence.AFTER)
    world.shops.orders.fall_silent("find", Silence.BEFORE)
    return await start(world, await received(world))


async def never_arrived(world: "World") -> Handle:
    """The store has no order and is told to have none."""
    world.shops.orders.fall_silent("place", Silence.BEFORE)
    return await start(world, await received(world))


async def told_by_an_operator(world: "World") -> Handle:
    """Asked three times, then by telephone."""
    world.shops.orders.fall_silent("place", Silence.AFTER)
    world.shops.orders.fall_silent("find", Silence.BEFORE, 3)
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.needs_attention, skip=30)
    await handle.execute_update(PurchaseWorkflow.store_said, StoreSaid("By telephone.", "no-1", 1_000))
    return handle


async def overcharged(world: "World") -> Handle:
    """The order goes back, nothing is taken."""
    world.shops.orders.more = 400
    return await start(world, await received(world))


async def overcharged_afterwards(world: "World") -> Handle:
    """The order goes back, and the money with it."""
    made = await received(world)
    handle = await start(world, made)
    await until(world, made, lambda it: it.status is PurchaseStatus.CAPTURED)
    world.shops.orders.charge(order_key(made.id), 1_300)
    return handle


async def called_off_when_done(world: "World") -> Handle:
    """The store called its order off days after it was paid: what was taken goes back."""
    made = await received(world)
    await (await start(world, made)).result()
    await world.shops.orders.cancel("harbour-books", order_key(made.id))
    return await correct(world, made)


async def cheaper_when_done(world: "World") -> Handle:
    """The store gave a part back days after it was paid."""
    made = await received(world)
    await (await start(world, made)).result()
    world.shops.orders.charge(order_key(made.id), 900)
    return await correct(world, made)


CORRECTIONS = (called_off_when_done, cheaper_when_done)
PURCHASES = (
    bought,
    too_dear,
    beyond_a_cap,
    price_moved,
    confirmed_at_the_bank,
    cancelled,
    answers_lost,
    never_arrived,
    told_by_an_operator,
    overcharged,
    overcharged_afterwards,
)
