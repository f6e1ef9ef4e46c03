"""What every archive of purchases must do, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.purchases.caps import Caps
from domain.purchases.errors import PurchaseNotFound
from domain.purchases.ledger import is_settled
from domain.purchases.purchase import Purchase
from domain.purchases.reckoning import faults
from domain.purchases.status import PurchaseStatus
from domain.shared.errors import StaleVersion
from domain.shared.ids import PurchaseId, UserId
from domain.shared.money import Money
from tests.builders import NOON, usd
from tests.buying import particulars, placed, purchase, quote
from tests.contract.purchases.conftest import Desk

LATER = NOON + timedelta(minutes=1)


def wanted(reader: UserId, number: int | None = None, **more: object) -> Purchase:
    return purchase(number=number or uuid4().int, user=reader, **more)  # type: ignore[arg-type] # the builder's own


async def test_a_purchase_comes_back_at_every_step_of_its_way(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader(), conditions=frozenset({"new", "good"})))
    assert await desk.get(made) == made
    steps = (
        lambda it: it.reserve_cap(NOON),
        lambda it: it.bind(quote(), quote(800), NOON),
        lambda it: it.require_action("pay_0", "https://bank.example/3ds", NOON),
        lambda it: it.authorise("pay_1", NOON),
        lambda it: it.look(quote(905, seen_at=LATER), NOON),
        lambda it: it.send_order(LATER),
        lambda it: it.place(placed(1_010), LATER),
        lambda it: it.refuse_capture(),
        lambda it: it.capture(LATER),
        lambda it: it.recharge(placed(1_000), LATER),
        lambda it: it.refund(it.refund_due, LATER),
        lambda it: it.park("nobody can say", LATER),
        lambda it: it.finish(LATER),
    )
    for step in steps:
        it = await desk.get(made)
        step(it)
        await desk.save(it)
        assert await desk.get(made) == it
    found = await desk.get(made)
    assert (found.status, found.kept, found.captures_refused) == (PurchaseStatus.DONE, usd(1_000), 1)
    receipt = await desk.views.receipt(made.id, made.user_id)
    assert (receipt.purchase, is_settled(receipt.ledger), list(faults(found, receipt.ledger))) == (
        found,
        True,
        [],
    )
    async with desk.unit_of_work() as work:
        assert await work.purchases.ledger(made.id) == receipt.ledger
    assert [line.movement for line in receipt.ledger] == [
        "authorised", "store_paid", "captured", "voided", "store_refunded", "refunded",
    ]  # fmt: skip
    assert receipt.timeline[0].text == "You want 9780141439587 for 15.00 USD or less."
    events = ["purchase_received", "purchase_captured", "purchase_refunded", "purchase_finished"]
    assert await desk.events(made) == events


async def test_how_a_purchase_ended_comes_back_with_both_numbers(desk: Desk) -> None:
    made = wanted(await desk.reader())
    made.reserve_cap(NOON)
    made.bind(quote(), quote(), NOON)
    made.authorise("pay_1", NOON)
    made.look(quote(), NOON)
    made.send_order(NOON)
    made.place(placed(1_300), NOON)
    await desk.add(made)
    it = await desk.get(made)
    it.return_order(usd(1_300), LATER)
    it.void(LATER)
    it.end(PurchaseStatus.REFUNDED, "It charged more.", LATER)
    await desk.save(it)
    found = await desk.get(made)
    assert (found, found.ended_because) == (it, "It charged more.")
    assert "13.00 USD instead of the agreed 10.00" in (found.discrepancy or "")


async def test_particulars_come_back_word_for_word_and_nobody_is_made_up(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader()))
    async with desk.unit_of_work() as work:
        assert await work.purchases.particulars(made.id) == particulars()
        assert await work.purchases.knows(made.id)
        nobody = PurchaseId(uuid4())
        assert not await work.purchases.knows(nobody)
        for look in (work.purchases.get, work.purchases.particulars):
            with pytest.raises(PurchaseNotFound):
                await look(nobody)
    for see in (desk.views.outcome, desk.views.facts):
        with pytest.raises(PurchaseNotFound):
            await see(nobody)
    with pytest.raises(PurchaseNotFound):
        await desk.views.receipt(made.id, UserId(uuid4()))
    assert (await desk.views.receipt(made.id, None)).purchase == made


async def test_of_two_changes_made_from_one_reading_the_second_is_refused(desk: Desk) -> None:
    made = await desk.add(wanted(await desk.reader()))
    one, another = await desk.get(made), await desk.get(made)
    one.reserve_cap(NOON)
    await desk.save(one)
    another.end(PurchaseStatus.CANCELLED, "Enough.", NOON)
    with pytest.raises(StaleVersion):
        await desk.save(another)
    assert (await desk.get(made)).status is PurchaseStatus.CAP_RESERVED
    assert await desk.events(made) == ["purchase_received"]


async def test_purchases_are_listed_newest_first_and_open_ones_found_page_by_page(desk: Desk) -> None:
    reader, first = await desk.reader(), uuid4().int >> 8 << 8
    long_ago = NOON - timedelta(days=3650)
    made = [await desk.add(wanted(reader, first + turn, received_at=long_ago)) for turn in range(3)]
    ended = await desk.get(made[1])
    ended.end(PurchaseStatus.CAP_DENIED, "No.", NOON)
    await desk.save(ended)
    page = await desk.views.of_reader(reader, before=None, limit=2)
    assert [row.purchase_id for row in page] == [made[2].id, made[1].id]
    rest = await desk.views.of_reader(reader, before=page[-1].purchase_id, limit=2)
    assert [row.purchase_id for row in rest] == [made[0].id]
    before = long_ago + timedelta(seconds=1)
    assert await desk.views.open_since(before, 1, after=None) == [made[0].id]
    assert await desk.views.open_since(before, 9, after=made[0].id) == [made[2].id]
    day = await desk.views.received_between(long_ago, before, after=None, limit=2)
    assert [receipt.purchase for receipt in day] == [made[0], ended]
    assert (await desk.views.facts(made[0].id)).max_price == usd(1_500)
    for each in (made[0], made[2]):
        it = await desk.get(each)
        it.end(PurchaseStatus.CANCELLED, "Enough.", NOON)
        await desk.save(it)


async def test_what_counts_against_the_caps_is_the_maximum_and_then_what_was_kept(desk: Desk) -> None:
    reader = await desk.reader()
    day = timedelta(days=1)
    for number, at in enumerate((NOON - 30 * day, NOON - day, NOON, NOON)):
        made = await desk.add(wanted(reader, uuid4().int))
        it = await desk.get(made)
        it.reserve_cap(at)
        if number == 3:
            it.end(PurchaseStatus.NO_OFFER, "Nothing.", at)
        await desk.save(it)
    other = await desk.add(wanted(reader, currency="EUR"))
    it = await desk.get(other)
    it.reserve_cap(NOON)
    await desk.save(it)
    async with desk.unit_of_work() as work:
        budget = await work.budgets.of(reader, "USD", NOON)
        assert (budget.own, budget.today, budget.this_month) == (None, usd(1_500), usd(3_000))
        caps = Caps(per_purchase=usd(1), per_day=usd(2), per_month=usd(3))
        await work.budgets.set_caps(reader, caps)
        assert (await work.budgets.of(reader, "USD", NOON)).own == caps
        assert (await work.budgets.of(reader, "EUR", NOON)).today == Money(1_500, "EUR")
    euros, dollars = await desk.views.budgets(reader, NOON)
    assert (dollars.own, dollars.today, dollars.this_month) == (caps, usd(1_500), usd(3_000))
    assert (euros.own, euros.today) == (None, Money(1_500, "EUR"))
