"""What readers are told about their orders."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from application.notifications.letters import LETTERS
from application.orders.views import LineView, OrderView, RefundView
from domain.shared.ids import BookId, OrderId, RefundId
from domain.shared.money import Money

ONE_REFUND, OTHER_REFUND = RefundId(UUID(int=1)), RefundId(UUID(int=2))
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def _usd(cents: int) -> Money:
    return Money(cents, "USD")


def _refund(refund_id: RefundId, cents: int) -> RefundView:
    return RefundView(
        refund_id=refund_id, status="done", amount=_usd(cents), reason="Damaged.", requested_at=NOON
    )


LINE = LineView(
    book_id=BookId(UUID(int=3)),
    isbn="9780141439518",
    title="Pride and Prejudice",
    format="paperback",
    quantity=2,
    unit_price=_usd(799),
    discount=_usd(0),
    tax=_usd(0),
    total=_usd(1598),
)
ORDER = OrderView(
    order_id=OrderId(UUID(int=4)),
    status="confirmed",
    payment_status="authorised",
    fulfilment_status="unshipped",
    total=_usd(1998),
    shipping_method="standard",
    shipping=_usd(350),
    shipping_tax=_usd(50),
    coupon=None,
    placed_at=NOON,
    action_url=None,
    tracking_number="SC-1",
    needs_attention=None,
    ended_because="The card was declined.",
    process="order-4",
    lines=[LINE],
    refunds=[_refund(ONE_REFUND, 500), _refund(OTHER_REFUND, 700)],
    timeline=[],
)


def test_a_confirmation_adds_up_to_the_total() -> None:
    letter = LETTERS["confirmed"](ORDER, None)
    assert letter.rows == [
        ("2 x Pride and Prejudice (paperback)", "15.98 USD"),
        ("Shipping (standard)", "4.00 USD"),
        ("Total", "19.98 USD"),
    ]


def test_an_order_without_parcel_mentions_no_shipping() -> None:
    letter = LETTERS["confirmed"](replace(ORDER, shipping=_usd(0), shipping_tax=_usd(0)), None)
    assert not [what for what, _ in letter.rows if "Shipping" in what]


def test_a_dispatch_names_the_tracking_number() -> None:
    assert "SC-1" in LETTERS["dispatched"](ORDER, None).closing
    assert LETTERS["dispatched"](replace(ORDER, tracking_number=None), None).closing == ""


def test_an_ended_order_says_why_and_that_no_money_is_held() -> None:
    letter = LETTERS["ended"](ORDER, None)
    assert letter.opening == "The card was declined."
    assert "No money is held" in letter.closing
    assert "None" not in LETTERS["ended"](replace(ORDER, ended_because=None), None).opening


def test_each_refund_is_told_with_its_own_amount() -> None:
    assert LETTERS["refunded"](ORDER, ONE_REFUND).rows == [("Refund", "5.00 USD")]
    assert LETTERS["refunded"](ORDER, OTHER_REFUND).rows == [("Refund", "7.00 USD")]


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_every_letter_names_the_order_in_its_subject(kind: str) -> None:
    assert str(ORDER.order_id) in LETTERS[kind](ORDER, ONE_REFUND).subject
