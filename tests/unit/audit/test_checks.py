"""Every check of the audit is silent about a sound shop and speaks up about the one thing that is wrong."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from application.audit import money, orders, provider, stock
from application.audit.check import Check
from application.audit.facts import (
    BookFacts,
    CouponFacts,
    EntryFacts,
    HoldFacts,
    OrderFacts,
    OutboxFacts,
    PaidOrder,
    ProviderFacts,
    ProviderLine,
    RefundFacts,
    RequestFacts,
    StrayFacts,
)
from application.audit.provider import UnknownPayment
from domain.inventory.hold import HoldState
from domain.orders.refund import RefundStatus
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.payments.ledger import PaymentOperation, PaymentResult
from tests.builders import EMMA, NOON

ORDER = UUID(int=7)
TOTAL = 1798
BOOK = BookFacts(book_id=EMMA, on_hand=5, held=2, moved_on_hand=5, moved_held=2, in_open_holds=2)


def entry(operation: str, amount: int = TOTAL, result: str = "succeeded") -> EntryFacts:
    return EntryFacts(operation=PaymentOperation(operation), result=PaymentResult(result), amount=amount)


def hold(state: str, quantity: int = 2) -> HoldFacts:
    return HoldFacts(
        book_id=EMMA, quantity=quantity, state=HoldState(state), expires_at=NOON + timedelta(minutes=15)
    )


PENDING = OrderFacts(
    order_id=ORDER,
    status=OrderStatus.PENDING,
    payment=PaymentStatus.PENDING,
    fulfilment=FulfilmentStatus.UNFULFILLED,
    currency="USD",
    total=TOTAL,
    parts=TOTAL,
    coupon="SPRING",
    coupon_in_use=True,
    needs_attention=None,
    placed_at=NOON,
    read_at=NOON + timedelta(minutes=1),
    copies={EMMA: 2},
    holds=(hold("held"),),
)
CONFIRMED = replace(
    PENDING,
    status=OrderStatus.CONFIRMED,
    payment=PaymentStatus.AUTHORISED,
    holds=(hold("committed"),),
    entries=(entry("authorise"),),
)
COMPLETED = replace(
    CONFIRMED,
    status=OrderStatus.COMPLETED,
    payment=PaymentStatus.CAPTURED,
    fulfilment=FulfilmentStatus.DELIVERED,
    holds=(hold("shipped"),),
    entries=(entry("authorise"), entry("capture")),
)
REFUNDED = replace(
    COMPLETED,
    payment=PaymentStatus.PARTIALLY_REFUNDED,
    entries=(*COMPLETED.entries, entry("refund", 500)),
    refunds=(RefundFacts(amount=500, status=RefundStatus.SUCCEEDED),),
)
CANCELLED = replace(
    CONFIRMED,
    status=OrderStatus.CANCELLED,
    payment=PaymentStatus.RELEASED,
    fulfilment=FulfilmentStatus.CANCELLED,
    coupon_in_use=False,
    holds=(hold("released"),),
    entries=(entry("authorise"), entry("abandon")),
)
DECLINED = replace(
    CANCELLED,
    status=OrderStatus.DECLINED,
    payment=PaymentStatus.DECLINED,
    entries=(entry("abandon"),),
)
SOUND_ORDERS = (PENDING, CONFIRMED, COMPLETED, REFUNDED, CANCELLED, DECLINED)

AT_PROVIDER = ProviderFacts(
    authorisations=1,
    authorised=TOTAL,
    captures=1,
    captured=TOTAL,
    currencies=frozenset({"USD"}),
)
RESERVED = replace(AT_PROVIDER, captures=0, captured=0)
VOIDED = replace(RESERVED, voided=TOTAL)

OUTBOX = OutboxFacts(3, timedelta(seconds=1))
REQUEST = RequestFacts(key="k", order_id=ORDER, order_exists=True, keys_of_order=1, answered_order=ORDER)
COUPON = CouponFacts(code="SPRING", used=1, in_use=1)
STRAY = StrayFacts("holds", ORDER)


def red(checks: Iterable[Check[Any]], facts: object) -> set[str]:
    """The names of the checks that found something."""
    return {check.name for check in checks if list(check.look(facts))}


OF_ORDERS = (*stock.OF_ORDERS, *orders.OF_ORDERS, *money.OF_ORDERS)


@pytest.mark.parametrize("sound", SOUND_ORDERS, ids=lambda order: f"{order.status}, {order.payment}")
def test_a_sound_order_is_passed_over(sound: OrderFacts) -> None:
    assert red(OF_ORDERS, sound) == set()


@pytest.mark.parametrize(
    ("order", "at_provider"),
    [
        (PENDING, ProviderFacts()),
        (PENDING, RESERVED),
        (CONFIRMED, RESERVED),
        (COMPLETED, AT_PROVIDER),
        (REFUNDED, replace(AT_PROVIDER, refunded=500)),
        (CANCELLED, VOIDED),
        (CANCELLED, ProviderFacts()),
        (replace(COMPLETED, status=OrderStatus.CANCELLED, payment=PaymentStatus.RELEASED),
         replace(AT_PROVIDER, refunded=TOTAL)),
    ],
)  # fmt: skip
def test_two_ledgers_that_agree_are_passed_over(order: OrderFacts, at_provider: ProviderFacts) -> None:
    assert red(provider.OF_PAID_ORDERS, PaidOrder(order, at_provider)) == set()


def test_everything_else_that_is_sound_is_passed_over() -> None:
    assert red(stock.OF_BOOKS, BOOK) == set()
    assert red(money.OF_COUPONS, COUPON) == set()
    assert red(orders.OF_REQUESTS, REQUEST) == set()
    assert red(orders.OF_REQUESTS, replace(REQUEST, answered_order=None)) == set()
    assert red(orders.OF_OUTBOX, OUTBOX) == set()
    assert red(provider.OF_UNKNOWN_PAYMENTS, UnknownPayment("x", VOIDED)) == set()


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (replace(BOOK, on_hand=6), "counters-follow-the-ledger"),
        (replace(BOOK, moved_held=1), "counters-follow-the-ledger"),
        (replace(BOOK, held=6, moved_held=6, in_open_holds=6), "never-oversold"),
        (replace(BOOK, held=-1, moved_held=-1, in_open_holds=-1), "never-oversold"),
        (replace(BOOK, in_open_holds=1), "held-by-holds"),
    ],
)
def test_a_book_whose_stock_is_wrong_is_named(wrong: BookFacts, check: str) -> None:
    assert red(stock.OF_BOOKS, wrong) == {check}


LATE = timedelta(minutes=26)


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        (replace(PENDING, read_at=NOON + LATE), "no-hold-outlives-its-time"),
        (replace(CANCELLED, holds=(hold("committed"),)), "ended-holds-nothing"),
        (replace(DECLINED, holds=(hold("held"),)), "ended-holds-nothing"),
        (replace(CANCELLED, holds=(hold("shipped"),)), "ended-holds-nothing"),
        (replace(PENDING, holds=()), "sold-is-set-aside"),
        (replace(CONFIRMED, holds=(hold("released"),)), "sold-is-set-aside"),
        (replace(CONFIRMED, holds=(hold("committed", 1),)), "sold-is-set-aside"),
        (replace(COMPLETED, holds=(hold("committed"),)), "sold-is-set-aside"),
        (replace(CONFIRMED, read_at=NOON + timedelta(minutes=31)), "no-order-is-stuck"),
        (replace(CONFIRMED, fulfilment=FulfilmentStatus.BOOKED, read_at=NOON + timedelta(days=31)),
         "no-order-is-stuck"),
        (replace(CONFIRMED, needs_attention="the carrier is silent"), "no-order-is-parked"),
        (replace(CANCELLED, fulfilment=FulfilmentStatus.BOOKED), "one-story"),
        (replace(COMPLETED, fulfilment=FulfilmentStatus.BOOKED), "one-story"),
        (replace(PENDING, parts=TOTAL - 1), "totals-add-up"),
        (replace(CONFIRMED, entries=()), "payment-agrees-with-ledger"),
        (replace(CONFIRMED, entries=(entry("authorise"), entry("capture"))), "payment-agrees-with-ledger"),
        (replace(DECLINED, entries=()), "payment-agrees-with-ledger"),
        (replace(REFUNDED, refunds=()), "refunds-agree"),
        (replace(REFUNDED, payment=PaymentStatus.REFUNDED), "refunds-agree"),
        (replace(COMPLETED, entries=(*COMPLETED.entries, entry("capture"))), "charged-once"),
        (replace(CONFIRMED, entries=(entry("authorise", 1),)), "charged-once"),
        (replace(COMPLETED, entries=(entry("authorise"),)), "completed-is-paid"),
        (replace(CANCELLED, coupon_in_use=True), "coupon-follows-order"),
        (replace(CONFIRMED, coupon_in_use=False), "coupon-follows-order"),
    ],
)  # fmt: skip
def test_an_order_that_is_wrong_is_named(wrong: OrderFacts, check: str) -> None:
    assert check in red(OF_ORDERS, wrong)


def test_a_parcel_may_travel_for_weeks() -> None:
    travelling = replace(
        CONFIRMED,
        fulfilment=FulfilmentStatus.DISPATCHED,
        holds=(hold("shipped"),),
        read_at=NOON + timedelta(days=20),
    )
    assert red(OF_ORDERS, travelling) == set()


@pytest.mark.parametrize(
    ("order", "at_provider", "check"),
    [
        (COMPLETED, replace(AT_PROVIDER, authorisations=2), "provider-charged-once"),
        (COMPLETED, replace(AT_PROVIDER, captures=2), "provider-charged-once"),
        (COMPLETED, replace(AT_PROVIDER, captured=2 * TOTAL), "provider-charged-once"),
        (REFUNDED, replace(AT_PROVIDER, refunded=TOTAL + 1), "provider-charged-once"),
        (CANCELLED, RESERVED, "provider-let-go"),
        (CANCELLED, AT_PROVIDER, "provider-let-go"),
        (PENDING, AT_PROVIDER, "provider-let-go"),
        (COMPLETED, RESERVED, "provider-agrees"),
        (CONFIRMED, AT_PROVIDER, "provider-agrees"),
        (CONFIRMED, VOIDED, "provider-agrees"),
        (REFUNDED, AT_PROVIDER, "provider-agrees"),
        (COMPLETED, replace(AT_PROVIDER, currencies=frozenset({"EUR"})), "provider-agrees"),
    ],
)
def test_two_ledgers_that_disagree_are_named(
    order: OrderFacts, at_provider: ProviderFacts, check: str
) -> None:
    assert check in red(provider.OF_PAID_ORDERS, PaidOrder(order, at_provider))


@pytest.mark.parametrize("at_provider", [RESERVED, AT_PROVIDER])
def test_money_moved_for_an_order_that_does_not_exist_is_named(at_provider: ProviderFacts) -> None:
    assert red(provider.OF_UNKNOWN_PAYMENTS, UnknownPayment("x", at_provider)) == {"no-payment-of-nobody"}


@pytest.mark.parametrize(
    "wrong",
    [
        replace(REQUEST, order_exists=False),
        replace(REQUEST, keys_of_order=2),
        replace(REQUEST, answered_order=UUID(int=8)),
    ],
)
def test_a_request_with_two_answers_or_none_is_named(wrong: RequestFacts) -> None:
    assert red(orders.OF_REQUESTS, wrong) == {"one-answer-a-key"}


def test_a_coupon_that_miscounts_is_named() -> None:
    assert red(money.OF_COUPONS, replace(COUPON, used=2)) == {"coupons-add-up"}


def test_a_row_of_no_order_is_named() -> None:
    assert red(orders.OF_STRAYS, STRAY) == {"nothing-without-its-order"}


def test_an_event_that_waits_too_long_is_named() -> None:
    assert red(orders.OF_OUTBOX, OutboxFacts(1, timedelta(minutes=2))) == {"events-go-out"}


def test_the_providers_ledger_is_added_up_by_order() -> None:
    lines = [
        ProviderLine(kind=kind, order_id=order, amount=amount, currency="USD")
        for kind, order, amount in [
            ("authorise", "a", 900), ("capture", "a", 800), ("void", "a", 100), ("refund", "a", 300),
            ("decline", "b", 900),
        ]
    ]  # fmt: skip
    books = provider.by_order(lines)
    assert (books["a"].held, books["a"].kept, books["a"].captures) == (0, 500, 1)
    assert (books["b"].held, books["b"].kept, books["b"].authorisations) == (0, 0, 0)
