"""Coupons by example."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.promotions.coupon import Coupon, normalise_code
from domain.promotions.errors import CouponExhausted, CouponNotValid, CouponUsedUp
from domain.promotions.reduction import Fixed, Percentage, Reduction
from domain.shared.errors import DomainError
from domain.shared.money import Money

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def usd(amount: int) -> Money:
    return Money(amount, "USD")


def coupon(reduction: Reduction | None = None, **terms: object) -> Coupon:
    facts: dict[str, object] = {
        "code": "WELCOME10",
        "starts_at": NOW,
        "reduction": reduction or Percentage(1000),
    }
    return Coupon(**(facts | terms))  # type: ignore[arg-type] # a builder's liberty


def off(made: Coupon, subtotal: Money, at: datetime = NOW, used_by_reader: int = 0) -> Money:
    return made.discount_on(subtotal, at=at, used_by_reader=used_by_reader)


def test_a_percentage_is_rounded_once_halves_up() -> None:
    assert off(coupon(Percentage(1000)), usd(1235)) == usd(124)


def test_a_fixed_amount_never_exceeds_what_the_books_cost() -> None:
    assert off(coupon(Fixed(usd(500))), usd(1235)) == usd(500)
    assert off(coupon(Fixed(usd(500))), usd(300)) == usd(300)


def test_the_whole_price_may_be_taken_off() -> None:
    assert off(coupon(Percentage(10_000)), usd(999)) == usd(999)


@pytest.mark.parametrize(
    ("terms", "subtotal", "refusal"),
    [
        ({"total_limit": 3, "used": 3}, usd(1000), CouponExhausted),
        ({"per_user_limit": 1}, usd(1000), CouponUsedUp),
        ({"minimum_subtotal": usd(1001)}, usd(1000), CouponNotValid),
        ({"minimum_subtotal": Money(1, "EUR")}, usd(1000), CouponNotValid),
        ({"reduction": Fixed(Money(1, "EUR"))}, usd(1000), CouponNotValid),
        ({"starts_at": NOW + timedelta(seconds=1)}, usd(1000), CouponNotValid),
        ({"starts_at": NOW - timedelta(days=1), "ends_at": NOW}, usd(1000), CouponNotValid),
    ],
)
def test_a_coupon_that_does_not_apply_says_so(
    terms: dict[str, object], subtotal: Money, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        off(coupon(**terms), subtotal, used_by_reader=1)


def test_a_minimum_just_reached_is_reached() -> None:
    assert off(coupon(minimum_subtotal=usd(1000)), usd(1000)) == usd(100)


def test_a_code_has_one_spelling() -> None:
    assert normalise_code(" welcome10\n") == "WELCOME10"
