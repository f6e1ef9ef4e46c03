"""What readers, staff and processes see of orders, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from domain.orders.errors import OrderNotFound
from domain.orders.order import Order
from domain.orders.refund import Refund, RefundLine
from domain.shared.ids import OrderId, RefundId, UserId
from tests.builders import DRACULA, EMMA, NOON, line, order, usd
from tests.contract.orders.conftest import Archive


def an_order(reader: UserId, number: int | None = None) -> Order:
    return order(
        line(EMMA, quantity=2, discount=130, tax=17),
        line(DRACULA, digital=True, price=499),
        number=number or uuid4().int,
        user=reader,
    )


async def test_the_outcome_is_known_once_paid_for_ended_or_when_the_bank_wants_a_word(
    archive: Archive,
) -> None:
    made = an_order(await archive.reader())
    await archive.add(made)
    waiting = await archive.views.outcome(made.id)
    assert (waiting.known, waiting.status, waiting.total) == (False, "pending", made.total)
    it = await archive.get(made.id)
    it.require_action("pay_1", "https://bank.example/1", NOON)
    await archive.save(it)
    asked = await archive.views.outcome(made.id)
    assert (asked.known, asked.payment_status, asked.action_url) == (
        True,
        "action_required",
        "https://bank.example/1",
    )
    it.decline("Not confirmed.", NOON)
    await archive.save(it)
    ended = await archive.views.outcome(made.id)
    assert (ended.known, ended.status, ended.ended_because, ended.action_url) == (
        True,
        "declined",
        "Not confirmed.",
        None,
    )


async def test_a_process_is_told_amounts_titles_and_ids(archive: Archive) -> None:
    made = an_order(await archive.reader())
    await archive.add(made)
    facts = await archive.views.facts(made.id)
    assert (facts.order_id, facts.user_id, facts.total) == (made.id, made.user_id, made.total)
    assert (facts.digital, facts.hold_expires_at, facts.shipping_method) == (
        False,
        made.hold_expires_at,
        "standard",
    )
    assert list(facts.isbns) == ["9791234567896"]
    assert list(facts.contents) == ["2 x Emma (paperback)", "1 x Emma (ebook)"]


async def test_a_reader_sees_lines_refunds_and_the_story(archive: Archive) -> None:
    made = an_order(await archive.reader())
    await archive.add(made)
    it = await archive.get(made.id)
    it.confirm("pay_1", NOON)
    it.capture(NOON)
    for number in (2, 1):
        lines = (RefundLine(EMMA, usd(number)),)
        at = NOON + timedelta(minutes=number)
        it.request_refund(Refund(RefundId(uuid4()), it.id, f"key {number}", lines, usd(number), "Torn", at))
    await archive.save(it)
    seen = await archive.views.one(made.id, made.user_id)
    assert [one.total.amount for one in seen.lines] == [2 * 1299 - 130 + 17, 499]
    assert seen.total == made.total == usd(sum(one.total.amount for one in seen.lines) + 499)
    assert [refund.amount.amount for refund in seen.refunds] == [1, 2]
    assert seen.process == f"order-{made.id}"
    assert [sentence.text for sentence in seen.timeline] == await archive.story(made.id)


async def test_somebody_elses_order_is_not_found_by_readers_and_seen_by_staff(archive: Archive) -> None:
    made = an_order(await archive.reader())
    await archive.add(made)
    with pytest.raises(OrderNotFound):
        await archive.views.one(made.id, UserId(uuid4()))
    assert (await archive.views.one(made.id, None)).order_id == made.id


async def test_a_history_is_paged_newest_first_without_gap_or_repetition(archive: Archive) -> None:
    reader, number = await archive.reader(), uuid4().int >> 8 << 8
    ids = [await archive.add(an_order(reader, number + turn)) for turn in range(5)]
    seen, before = [], None
    while page := await archive.views.of_reader(reader, before=before, limit=2):
        seen += [row.order_id for row in page]
        before = OrderId(page[-1].order_id)
    assert seen == ids[::-1]
    assert [row.books for row in await archive.views.of_reader(reader, before=None, limit=1)] == [3]


async def test_a_follower_hears_only_what_is_new(archive: Archive) -> None:
    made = an_order(await archive.reader())
    await archive.add(made)
    [first] = await archive.views.timeline_after(made.id, 0)
    it = await archive.get(made.id)
    it.confirm("pay_1", NOON)
    await archive.save(it)
    [second] = await archive.views.timeline_after(made.id, first.id)
    assert second.id > first.id
    assert await archive.views.timeline_after(made.id, second.id) == []


async def test_open_orders_are_found_page_by_page_and_ended_ones_are_not(archive: Archive) -> None:
    reader, long_ago = await archive.reader(), NOON - timedelta(days=3650)
    ids = []
    first = uuid4().int >> 8 << 8
    for turn, minutes in enumerate((2, 1, 3)):
        placed_at = long_ago + timedelta(minutes=minutes)
        made = order(number=first + turn, user=reader, placed_at=placed_at)
        ids.append(await archive.add(made))
    ended = await archive.get(ids[2])
    ended.decline("No.", NOON)
    await archive.save(ended)
    confirmed = await archive.get(ids[0])
    confirmed.confirm("pay_1", NOON)
    await archive.save(confirmed)
    found, before = archive.views.open_since, long_ago + timedelta(hours=1)
    assert await found(before, 10, after=None) == ids[:2]
    assert await found(before, 1, after=None) == ids[:1]
    assert await found(before, 10, after=ids[0]) == ids[1:2]
    assert await found(before, 10, after=ids[1]) == []
    assert await found(long_ago + timedelta(minutes=2), 10, after=None) == [ids[1]]
    for order_id in ids[:2]:
        it = await archive.get(order_id)
        it.cancel("Enough.", NOON)
        await archive.save(it)


async def test_a_refund_is_found_as_long_as_its_end_is_not_known(archive: Archive) -> None:
    long_ago = NOON - timedelta(days=3650)
    made = an_order(await archive.reader())
    await archive.add(made)
    refund_id = RefundId(uuid4())
    it = await archive.get(made.id)
    it.confirm("pay_1", NOON)
    it.capture(NOON)
    share = RefundLine(EMMA, usd(1))
    it.request_refund(Refund(refund_id, made.id, "once", (share,), usd(1), "Damaged.", long_ago))
    await archive.save(it)
    found, before = archive.views.refunds_waiting_since, long_ago + timedelta(minutes=1)
    assert await found(before, 10) == [(made.id, refund_id)]
    assert await found(long_ago, 10) == []
    it = await archive.get(made.id)
    it.settle_refund(it.refunds[0], NOON, succeeded=True)
    await archive.save(it)
    assert await found(before, 10) == []
