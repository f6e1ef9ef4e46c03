"""The steps of purchases over a shop, provider and bookstores in memory, and what tests do with them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from temporalio.client import WorkflowHandle

from application.purchases.ask_store import AskStore
from application.purchases.authorise_purchase import AuthorisePurchase
from application.purchases.call_off_purchase import CallOffPurchase
from application.purchases.capture_purchase import CapturePurchase
from application.purchases.check_charge import CheckCharge
from application.purchases.end_purchase import EndPurchase, FinishPurchase
from application.purchases.find_offer import FindOffer
from application.purchases.look_again import LookAgain
from application.purchases.order_at_store import OrderAtStore
from application.purchases.park_purchase import ParkPurchase, ResumePurchase
from application.purchases.refund_purchase import RefundPurchase
from application.purchases.reserve_cap import ReserveCap
from application.purchases.return_order import ReturnOrder
from application.purchases.void_purchase import VoidPurchase
from application.shared.unit_of_work import UnitOfWork
from domain.purchases.ledger import is_settled
from domain.purchases.purchase import Purchase
from domain.purchases.reckoning import faults
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId, UserId
from tests.builders import NOON, READER
from tests.buying import SHOP_CAPS, particulars, purchase, quote
from tests.fakes.best_offers import StandingOffers
from tests.fakes.orders import ListeningInMemory
from tests.fakes.payments import InMemoryPaymentGateway
from tests.fakes.store_orders import InMemoryStores
from workflows.purchase.activities import PurchaseActivities
from workflows.purchase.contracts import PurchaseInput, correction_id, workflow_id
from workflows.purchase.correction import PurchaseCorrectionWorkflow
from workflows.purchase.workflow import PurchaseWorkflow

if TYPE_CHECKING:
    from tests.workflows.conftest import World

Handle = WorkflowHandle[PurchaseWorkflow, Any]


class Letters:
    """Remembers what was written about which purchase."""

    def __init__(self) -> None:
        self.sent: list[tuple[PurchaseId, str]] = []

    async def __call__(self, purchase_id: PurchaseId, kind: str) -> None:
        self.sent.append((purchase_id, kind))

    def about(self, made: Purchase) -> list[str]:
        """In their order."""
        return [kind for purchase_id, kind in self.sent if purchase_id == made.id]


@dataclass
class Bookshops:
    """The stores of the world: what they offer, and what they do with orders."""

    offers: StandingOffers = field(
        default_factory=lambda: StandingOffers(quote(), quote(1_100, store="dear"))
    )
    orders: InMemoryStores = field(default_factory=InMemoryStores)
    letters: Letters = field(default_factory=Letters)


def purchase_steps(
    work: UnitOfWork,
    clock: Clock,
    gateway: InMemoryPaymentGateway,
    shops: Bookshops,
) -> PurchaseActivities:
    """Every step of a purchase."""
    news, stores = ListeningInMemory(), shops.orders
    return PurchaseActivities(
        reserve_cap=ReserveCap(work, clock, SHOP_CAPS),
        find_offer=FindOffer(work, shops.offers, clock),
        authorise_purchase=AuthorisePurchase(work, gateway, clock, news),
        look_again=LookAgain(work, shops.offers, clock),
        order_at_store=OrderAtStore(work, stores, clock, news),
        ask_store=AskStore(work, stores, clock, news),
        capture_purchase=CapturePurchase(work, gateway, clock, news),
        void_purchase=VoidPurchase(work, gateway, clock),
        call_off_purchase=CallOffPurchase(work),
        return_order=ReturnOrder(work, stores, clock),
        check_charge=CheckCharge(work, stores, clock),
        refund_purchase=RefundPurchase(work, gateway, clock, news),
        end_purchase=EndPurchase(work, clock, news),
        finish_purchase=FinishPurchase(work, clock, news),
        send_purchase_mail=shops.letters,  # type: ignore[arg-type] # stands in for the use case
        park_purchase=ParkPurchase(work, clock),
        resume_purchase=ResumePurchase(work, clock),
    )


async def received(
    world: "World", maximum: int = 1_500, *, token: str = "tok_ok", user: UserId = READER
) -> Purchase:
    """A purchase as the front door leaves it."""
    made = purchase(maximum, number=uuid4().int, user=user, received_at=NOON)
    async with world.unit_of_work() as work:
        await work.purchases.add(made, particulars(token))
    return made


async def start(world: "World", made: Purchase) -> Handle:
    """Its process."""
    return await world.client.start_workflow(
        PurchaseWorkflow.run,
        PurchaseInput(str(made.id)),
        id=workflow_id(made.id),
        task_queue=world.queue,
    )


async def correct(world: "World", made: Purchase) -> WorkflowHandle[Any, Any]:
    """The process that puts right what the store did when the purchase was done."""
    return await world.client.start_workflow(
        PurchaseCorrectionWorkflow.run,
        PurchaseInput(str(made.id)),
        id=correction_id(made.id),
        task_queue=world.queue,
    )


async def bought(world: "World", maximum: int = 1_500, *, token: str = "tok_ok") -> tuple[Purchase, str]:
    """A purchase carried to its end: how it stands, and what its process said."""
    made = await received(world, maximum, token=token)
    result = await (await start(world, made)).result()
    return await world.work.purchases.get(made.id), result.status


async def until(world: "World", made: Purchase, what: Callable[[Purchase], object], *, skip: int = 0) -> None:
    """Let the process go on until it is so; where it waits for a timer, its time is skipped."""
    async with asyncio.timeout(20):
        while not what(await world.work.purchases.get(made.id)):
            await (world.env.sleep(skip) if skip else asyncio.sleep(0.02))


def moved(world: "World", made: Purchase) -> dict[str, int]:
    """Money that moved at the payment provider for this purchase, by kind."""
    found: dict[str, int] = {}
    for movement in world.gateway.ledger:
        if movement.order_id == made.id:
            found[movement.kind] = found.get(movement.kind, 0) + movement.amount.amount
    return found


async def agree(world: "World", made: Purchase) -> None:
    """The purchase's end, its ledger, the provider's, and the store's books tell one story."""
    it = await world.work.purchases.get(made.id)
    lines, money = await world.work.purchases.ledger(made.id), moved(world, made)
    kept = money.get("capture", 0) - money.get("refund", 0)
    standing = [order for order in world.shops.orders.standing() if order.key.startswith(str(made.id))]
    assert it.ended
    assert is_settled(lines)
    assert list(faults(it, lines)) == []
    assert money.get("capture", 0) <= money.get("authorise", 0) <= made.max_price.amount
    assert money.get("authorise", 0) - money.get("void", 0) - money.get("capture", 0) == 0  # nothing is held
    assert kept == it.kept.amount == it.counts.amount
    received_by_store = [o for o in world.shops.orders.received if o.key.startswith(str(made.id))]
    assert len(received_by_store) <= 1
    assert len(standing) == (1 if it.status == "done" else 0)
