"""Money: no cent is lost, made or moved by dividing it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.shared.errors import InvalidInput
from domain.shared.money import EXPONENTS, Money, round_half_up, total

amounts = st.integers(0, 10**12)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(any)


def usd(amount: int) -> Money:
    return Money(amount, "USD")


@given(amounts, weights)
def test_what_is_allocated_is_the_whole(amount: int, parts: list[int]) -> None:
    assert total(usd(amount).allocate(parts), "USD") == usd(amount)


@given(amounts, weights)
def test_nobody_gets_a_unit_more_or_less_than_the_exact_share(amount: int, parts: list[int]) -> None:
    for weight, share in zip(parts, usd(amount).allocate(parts), strict=True):
        exact_times_whole = amount * weight
        assert abs(share.amount * sum(parts) - exact_times_whole) < sum(parts)


@given(amounts, weights)
def test_whoever_weighs_more_never_gets_less_and_nothing_gets_nothing(amount: int, parts: list[int]) -> None:
    shares = sorted(zip(parts, (share.amount for share in usd(amount).allocate(parts)), strict=True))
    by_weight = [share for _, share in shares]
    assert by_weight == sorted(by_weight)
    assert all(share == 0 for weight, share in shares if weight == 0)


@given(amounts, st.integers(1, 20))
def test_equal_parts_differ_by_a_unit_at_most_and_the_first_get_it(amount: int, number: int) -> None:
    shares = [share.amount for share in usd(amount).allocate([1] * number)]
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)


@given(amounts, weights, st.randoms(use_true_random=False))
def test_the_order_of_the_parts_moves_a_unit_at_most(amount: int, parts: list[int], shuffle: object) -> None:
    order = list(range(len(parts)))
    shuffle.shuffle(order)  # type: ignore[attr-defined] # Hypothesis gives a random.Random
    before = usd(amount).allocate(parts)
    after = usd(amount).allocate([parts[i] for i in order])
    assert all(abs(after[place].amount - before[i].amount) <= 1 for place, i in enumerate(order))


def test_money_is_allocated_over_something() -> None:
    for nothing in ([], [0, 0]):
        with pytest.raises(InvalidInput):
            usd(1).allocate(nothing)


@pytest.mark.parametrize(
    ("amount", "parts", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (5, [3, 7], [2, 3]),  # 1.5 and 3.5: a tie goes to the earlier line
        (1, [1, 2], [0, 1]),
        (0, [1, 2], [0, 0]),
        (1000, [1299, 499, 0], [722, 278, 0]),
        (7, [1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 0]),
    ],
)
def test_golden_allocations(amount: int, parts: list[int], shares: list[int]) -> None:
    assert [share.amount for share in usd(amount).allocate(parts)] == shares


@pytest.mark.parametrize(
    ("amount", "basis_points", "part"),
    [
        (1299, 1000, 130),  # 129.9
        (1250, 1000, 125),
        (1245, 1000, 125),  # 124.5: halves up
        (1244, 1000, 124),
        (999, 700, 70),  # 69.93
        (50, 100, 1),  # 0.5
        (49, 100, 0),
        (10**12, 10_000, 10**12),
        (1299, 0, 0),
    ],
)
def test_golden_shares(amount: int, basis_points: int, part: int) -> None:
    assert usd(amount).share(basis_points) == usd(part)


@given(amounts, st.integers(0, 10_000))
def test_a_share_is_rounded_once_to_the_nearest_unit(amount: int, basis_points: int) -> None:
    part = usd(amount).share(basis_points).amount
    assert -5_000 < part * 10_000 - amount * basis_points <= 5_000


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_halves_are_rounded_up(numerator: int, denominator: int) -> None:
    nearest = round_half_up(numerator, denominator)
    assert -denominator < 2 * (nearest * denominator - numerator) <= denominator


@given(amounts, amounts, st.integers(0, 1000))
def test_sums_differences_and_multiples_are_exact(one: int, other: int, times: int) -> None:
    assert usd(one) + usd(other) - usd(other) == usd(one)
    assert usd(one) * times == total([usd(one)] * times, "USD")
    assert (usd(one) < usd(other)) == (one < other)
    assert (usd(one) <= usd(other)) == (one <= other)


def test_currencies_do_not_mix() -> None:
    one, other = Money(1, "USD"), Money(1, "EUR")
    for mixed in (
        lambda: one + other,
        lambda: one - other,
        lambda: one < other,
        lambda: one <= other,
        lambda: total([other], "USD"),
    ):
        with pytest.raises(InvalidInput, match="do not mix"):
            mixed()
    assert one != other


@pytest.mark.parametrize("currency", ["", "usd", "XXX", "BTC"])
def test_an_unknown_currency_is_no_money(currency: str) -> None:
    with pytest.raises(InvalidInput):
        Money(1, currency)


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1299, "USD"), "12.99 USD"),
        (Money(5, "EUR"), "0.05 EUR"),
        (Money(-5, "EUR"), "-0.05 EUR"),
        (Money(1299, "JPY"), "1299 JPY"),
        (Money(-3, "JPY"), "-3 JPY"),
        (Money(1299, "KWD"), "1.299 KWD"),
        (Money(5, "KWD"), "0.005 KWD"),
        (Money(0, "KWD"), "0.000 KWD"),
    ],
)
def test_amounts_are_written_with_the_decimals_of_their_currency(money: Money, text: str) -> None:
    assert str(money) == text


def test_every_currency_has_an_exponent_between_0_and_3() -> None:
    assert set(EXPONENTS.values()) <= {0, 1, 2, 3}


def test_zero_is_nothing() -> None:
    assert not Money.zero("JPY")
    assert usd(1)
    assert total([], "JPY") == Money.zero("JPY")
