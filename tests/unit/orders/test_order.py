"""An order moves only along its tables, and every cent of it is accounted for."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.orders.errors import IllegalMove, NothingToRefund, RefundTooLarge, TooLateToCancel
from domain.orders.order import Order
from domain.orders.refund import REFUND_MOVES, Refund, RefundLine, RefundStatus
from domain.orders.status import (
    FULFILMENT_BEHIND,
    FULFILMENT_MOVES,
    ORDER_BEHIND,
    ORDER_MOVES,
    PAYMENT_BEHIND,
    PAYMENT_MOVES,
    TERMINAL,
    FulfilmentStatus,
    OrderStatus,
    PaymentStatus,
)
from domain.shared.ids import BookId, RefundId
from tests.builders import DRACULA, EMMA, NOON, line, order, usd

LATER = NOON + timedelta(minutes=1)


def refund(of: Order, *lines: tuple[BookId | None, int], number: int = 1) -> Refund:
    return Refund(
        id=RefundId(UUID(int=number)),
        order_id=of.id,
        key=str(number),
        lines=tuple(RefundLine(book, usd(amount)) for book, amount in lines),
        amount=usd(sum(amount for _, amount in lines)),
        reason="damaged",
        requested_at=LATER,
    )


def delivered() -> Order:
    it = order(line(EMMA, quantity=2, price=1000), line(DRACULA, price=501))
    it.confirm("pay_1", LATER)
    it.book_parcel("TRACK1", LATER)
    it.dispatch(LATER)
    it.capture(LATER)
    it.deliver(LATER)
    return it


@pytest.mark.parametrize(
    ("table", "statuses"),
    [
        (ORDER_MOVES, OrderStatus),
        (PAYMENT_MOVES, PaymentStatus),
        (FULFILMENT_MOVES, FulfilmentStatus),
        (REFUND_MOVES, RefundStatus),
    ],
)
def test_every_status_stands_in_its_table(
    table: Mapping[Any, frozenset[Any]], statuses: type[StrEnum]
) -> None:
    assert set(table) == set(statuses)
    assert all(moves <= set(statuses) for moves in table.values())


@pytest.mark.parametrize(
    ("axis", "tables", "move"),
    [
        ("status", (ORDER_MOVES, ORDER_BEHIND), "_move"),
        ("payment", (PAYMENT_MOVES, PAYMENT_BEHIND), "_pay"),
        ("fulfilment", (FULFILMENT_MOVES, FULFILMENT_BEHIND), "_fulfil"),
    ],
)
def test_every_pair_of_statuses_moves_as_the_tables_say(
    axis: str, tables: tuple[Mapping[Any, Any], Mapping[Any, Any]], move: str
) -> None:
    table, behind = tables
    for before, after in product(table, table):
        it = order()
        setattr(it, axis, before)
        if after is before or after in behind.get(before, ()):
            assert getattr(it, move)(after) is False
        elif after in table[before]:
            assert getattr(it, move)(after) is True
            assert getattr(it, axis) is after
        else:
            with pytest.raises(IllegalMove):
                getattr(it, move)(after)
            assert getattr(it, axis) is before


def test_every_terminal_status_is_reachable_from_a_placed_order() -> None:
    reached, frontier = set(), {OrderStatus.PENDING}
    while frontier:
        reached |= frontier
        frontier = {after for before in frontier for after in ORDER_MOVES[before]} - reached
    assert reached == set(OrderStatus)
    assert {OrderStatus.COMPLETED, OrderStatus.DECLINED} <= TERMINAL


@pytest.mark.parametrize(
    "verb",
    [
        lambda it: it.confirm("pay_1", LATER),
        lambda it: it.decline("no money", LATER),
        lambda it: it.expire(LATER),
        lambda it: it.cancel("changed my mind", LATER),
        lambda it: it.require_action("pay_1", "https://bank.example", LATER),
        lambda it: it.park("the provider is silent", LATER),
    ],
)
def test_a_repeated_verb_changes_and_tells_nothing_more(verb: Callable[[Order], None]) -> None:
    it = order()
    verb(it)
    it.drain_events(), it.drain_story()
    verb(it)
    assert it.drain_events() == []
    assert it.drain_story() == []


def test_steps_taken_again_after_the_end_change_nothing() -> None:
    it = delivered()
    it.drain_events(), it.drain_story()
    for again in (
        lambda: it.confirm("pay_1", LATER),
        lambda: it.book_parcel("TRACK1", LATER),
        lambda: it.dispatch(LATER),
        lambda: it.capture(LATER),
    ):
        again()
    assert (it.drain_events(), it.drain_story()) == ([], [])


def test_the_first_ending_stands() -> None:
    it = order()
    it.cancel("changed my mind", LATER)
    it.decline("called off", LATER)
    it.expire(LATER)
    assert (it.status, it.ended_because) == (OrderStatus.CANCELLED, "changed my mind")


def test_the_total_is_the_sum_of_lines_and_shipping() -> None:
    it = order(line(quantity=3, price=1000, discount=100, tax=58), shipping=499)
    assert it.total == usd(3000 - 100 + 58 + 499)


def test_two_lines_of_one_book_are_counted_together_and_e_books_need_no_parcel() -> None:
    it = order(line(EMMA, quantity=2), line(EMMA), line(DRACULA, digital=True))
    assert it.copies_to_ship() == {EMMA: 3}
    assert not it.digital


def test_a_story_of_a_delivered_order_reads_in_order() -> None:
    told = [entry.text for entry in delivered().drain_story()]
    assert [text.split()[0] for text in told] == ["Order", "Payment", "The", "Your", "Payment", "Your"]


@pytest.mark.parametrize("last_step", ["dispatch", "deliver"])
def test_an_order_whose_parcel_has_left_cannot_be_cancelled(last_step: str) -> None:
    it = order()
    it.confirm("pay_1", LATER)
    it.book_parcel("TRACK1", LATER)
    it.dispatch(LATER)
    if last_step == "deliver":
        it.capture(LATER)
        it.deliver(LATER)
    with pytest.raises(TooLateToCancel):
        it.cancel("changed my mind", LATER)


def test_a_refund_needs_money_that_was_taken() -> None:
    with pytest.raises(NothingToRefund):
        order().request_refund(refund(order(), (EMMA, 100)))


def test_more_than_was_paid_for_a_line_is_never_refunded() -> None:
    it = delivered()
    it.request_refund(refund(it, (DRACULA, 500)))
    with pytest.raises(RefundTooLarge):
        it.request_refund(refund(it, (DRACULA, 2), number=2))
    it.request_refund(refund(it, (DRACULA, 1), number=3))


def test_a_failed_refund_gives_its_share_back() -> None:
    it = delivered()
    asked = refund(it, (DRACULA, 501))
    it.request_refund(asked)
    it.settle_refund(asked, LATER, succeeded=False)
    assert it.refundable(DRACULA) == usd(501)
    assert it.payment is PaymentStatus.CAPTURED


def test_refunding_everything_line_by_line_ends_refunded() -> None:
    it = delivered()
    for number, share in enumerate([(EMMA, 2000), (DRACULA, 501), (None, 499)], start=1):
        asked = refund(it, share, number=number)
        it.request_refund(asked)
        it.settle_refund(asked, LATER, succeeded=True)
    assert it.payment is PaymentStatus.REFUNDED


@given(amounts=st.lists(st.integers(min_value=1, max_value=2500), max_size=20))
def test_refunds_never_exceed_what_was_paid(amounts: list[int]) -> None:
    it, given_back = delivered(), 0
    for number, amount in enumerate(amounts, start=1):
        asked = refund(it, (EMMA, amount), number=number)
        try:
            it.request_refund(asked)
        except RefundTooLarge:
            continue
        it.settle_refund(asked, LATER, succeeded=True)
        given_back += amount
    assert given_back <= 2000
