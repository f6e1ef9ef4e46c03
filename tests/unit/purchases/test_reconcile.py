"""Each day is held against the ledger and the stores' own books, and what is wrong is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from application.orders.errors import ProcessesUnavailable
from application.purchases import reconcile
from application.purchases.keys import order_key
from application.purchases.order_at_store import OrderAtStore
from application.purchases.reconcile import ReconcilePurchases
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus
from tests.builders import NOON
from tests.buying import particulars, purchase, quote
from tests.fakes.orders import ListeningInMemory
from tests.fakes.payments import Silence
from tests.fakes.reconciliations import InMemoryReconciliations
from tests.fakes.store_orders import RELIABLE, InMemoryStores
from tests.unit.purchases.world import FrontDoor

TODAY = NOON.date()


class Desk:
    """Yesterday's purchases, the stores, and the reckoning."""

    def __init__(self) -> None:
        self.door, self.stores, self.kept = FrontDoor(), InMemoryStores(), InMemoryReconciliations()
        self.reckon = ReconcilePurchases(
            views=self.door.work.purchases,
            stores=self.stores,
            processes=self.door.processes,
            kept=self.kept,
            clock=self.door.clock,
        )

    async def bought(self, number: int = 1) -> Purchase:
        """A purchase carried to its end at the store."""
        made = purchase(number=number)
        made.reserve_cap(NOON)
        made.bind(quote(), quote(), NOON)
        made.authorise("pay_1", NOON)
        made.look(quote(), NOON)
        await self.door.work.purchases.add(made, particulars())
        order = OrderAtStore(self.door.unit_of_work, self.stores, self.door.clock, ListeningInMemory())  # type: ignore[arg-type] # the news of orders
        await order(made.id)
        it = await self.door.work.purchases.get(made.id)
        it.capture(NOON)
        it.finish(NOON)
        await self.door.work.purchases.save(it)
        return it

    async def found(self) -> list[str]:
        return [finding.detail for finding in (await self.reckon(TODAY)).findings]


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_a_sound_day_is_clean_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconcile, "PAGE", 1)
    for number in (1, 2):
        await desk.bought(number)
    denied = purchase(number=3)
    denied.end(PurchaseStatus.CAP_DENIED, "No.", NOON)
    await desk.door.work.purchases.add(denied, particulars())
    found = await desk.reckon(TODAY)
    assert (found.purchases, found.asked, found.findings) == (3, 2, [])
    assert desk.kept.days == {TODAY: found}
    assert (await desk.reckon(TODAY - timedelta(days=1))).purchases == 0


async def test_a_store_that_took_more_or_lost_the_order_is_named(desk: Desk) -> None:
    made = await desk.bought()
    desk.stores.charge(order_key(made.id), 1_030)
    assert await desk.found() == ["harbour-books charges 10.30 USD, our books say 10.00 USD"]
    await desk.stores.cancel("harbour-books", order_key(made.id))
    assert await desk.found() == ["is done, but harbour-books has no order of it"]
    assert desk.door.processes.corrected == [made.id] * 2


async def test_a_correction_that_was_lost_on_its_way_is_begun_again(desk: Desk) -> None:
    made = await desk.bought()
    made.return_order(None, NOON)
    await desk.door.work.purchases.save(made)
    await desk.found()
    assert desk.door.processes.corrected == [made.id]


async def test_a_day_whose_corrections_cannot_begin_is_reckoned_up_later(desk: Desk) -> None:
    made = await desk.bought()
    desk.stores.charge(order_key(made.id), 900)
    desk.door.processes.down = True
    with pytest.raises(ProcessesUnavailable):
        await desk.reckon(TODAY)
    assert desk.kept.days == {}


async def test_a_purchase_that_never_ended_is_named(desk: Desk) -> None:
    made = purchase()
    made.park("nobody can say", NOON)
    await desk.door.work.purchases.add(made, particulars())
    assert await desk.found() == ["is still received (nobody can say)"]


async def test_a_store_that_does_not_answer_is_named_and_one_that_cannot_is_not(desk: Desk) -> None:
    await desk.bought()
    desk.stores.fall_silent("find", Silence.BEFORE)
    assert await desk.found() == ["harbour-books could not be asked: No answer."]
    desk.stores.of = replace(RELIABLE, finds_by_key=False)
    assert await desk.found() == []
    desk.stores.takes_orders = False
    assert "takes no orders" in (await desk.found())[0]


async def test_yesterday_is_due_until_it_was_reckoned_up(desk: Desk) -> None:
    yesterday = TODAY - timedelta(days=1)
    assert await desk.reckon.due() == yesterday
    await desk.reckon(yesterday)
    assert await desk.reckon.due() is None
    desk.door.clock.move(timedelta(days=1))
    assert await desk.reckon.due() == TODAY
