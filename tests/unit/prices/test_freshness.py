"""How long a remembered price may be trusted."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.freshness import (
    LONGEST_ERROR_LIFE,
    NOT_SOLD_LIFE,
    Tier,
    due_early,
    error_life,
    life,
    stale_limit,
    still_right,
)
from domain.shared.errors import InvalidInput

DAY = 86_400.0
rates = st.floats(1e-9, 1.0)


def test_after_one_mean_time_between_changes_a_third_of_all_prices_still_stand() -> None:
    assert still_right(1 / DAY, DAY) == pytest.approx(math.exp(-1))
    assert still_right(1 / DAY, 0.0) == 1.0


@given(rates, st.sampled_from(Tier), st.floats(-1, 1))
def test_no_life_is_longer_than_its_tier_allows(rate: float, tier: Tier, jitter: float) -> None:
    assert 0 < life(rate, tier, jitter=jitter) <= tier.value * (1 + 1e-12)


@given(rates, st.sampled_from(Tier))
def test_a_life_ends_at_the_target_unless_the_tier_is_stricter(rate: float, tier: Tier) -> None:
    lived = life(rate, tier, jitter=0.0)
    assert still_right(rate, lived) == pytest.approx(0.95) or lived == pytest.approx(tier.value / 1.1)


def test_prices_asked_for_together_do_not_all_die_together() -> None:
    assert life(0.0, Tier.L1, jitter=-1.0) == pytest.approx(900 / 1.1 * 0.9)
    assert life(0.0, Tier.L1, jitter=1.0) == pytest.approx(900)
    with pytest.raises(InvalidInput):
        life(0.0, Tier.L1, jitter=1.5)


@pytest.mark.parametrize(
    ("asked", "tier"),
    [
        (1 / 60, Tier.L0),
        (1 / 300, Tier.L0),
        (1 / 600, Tier.L1),
        (1 / 3600, Tier.L2),
        (1e-9, Tier.L3),
        (0, Tier.L3),
    ],
)
def test_a_book_lives_in_the_tier_in_which_it_is_asked_for_once_a_life(asked: float, tier: Tier) -> None:
    assert Tier.of(asked) is tier


def test_a_stale_price_is_shown_for_four_lives() -> None:
    assert stale_limit(life(0.0, Tier.L2, jitter=1.0)) == pytest.approx(4 * 7200)


def test_an_error_is_not_kept_for_as_long_as_a_price() -> None:
    # airbnb/chronon#806: one error was remembered for the two hours of a good answer.
    assert [error_life(times) for times in (1, 2, 3, 4, 1_000)] == [5, 10, 20, 30, 30]
    assert LONGEST_ERROR_LIFE < Tier.L0.value < NOT_SOLD_LIFE


@pytest.mark.parametrize(
    ("left", "recompute", "probability"), [(0.4, 0.4, 0.37), (2, 0.4, 0.0067), (2, 3, 0.51)]
)
def test_early_renewal_is_as_rare_as_xfetch_says(left: float, recompute: float, probability: float) -> None:
    # -ln of an even chance is exponential, so the largest chance that is due tells the probability.
    due = [due_early(left, recompute, chance=step / 10_000) for step in range(1, 10_000)]
    assert sum(due) / len(due) == pytest.approx(probability, rel=0.02)


def test_what_is_dead_is_due() -> None:
    assert due_early(0.0, 0.4, chance=1.0)
    assert due_early(-1.0, 0.4, chance=1.0)
