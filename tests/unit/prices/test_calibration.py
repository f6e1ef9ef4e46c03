"""Whether what is said to be 90 % sure is right nine times in ten."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.calibration import Outcomes, brier, fit, reliability

counts = st.tuples(st.integers(0, 100), st.integers(0, 20), st.integers(0, 20)).map(
    lambda one: Outcomes(one[0] / 100, one[1], one[1] + one[2])
)


@given(st.lists(counts, max_size=12), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_score_never_means_less(outcomes: list[Outcomes], one: float, two: float) -> None:
    fitted = fit(outcomes)
    if fitted is None:
        assert sum(outcome.of for outcome in outcomes) == 0
        return
    low, high = (fitted.probability(score) for score in sorted((one, two)))
    assert 0 <= low <= high + 1e-12 <= 1 + 2e-12


def test_violators_are_pooled() -> None:
    fitted = fit([Outcomes(0.2, 1, 10), Outcomes(0.5, 8, 10), Outcomes(0.6, 4, 10), Outcomes(0.9, 9, 10)])
    assert fitted is not None
    assert list(fitted.probabilities) == pytest.approx([0.1, 0.6, 0.9])
    assert list(fitted.scores) == pytest.approx([0.2, 0.55, 0.9])
    assert [fitted.probability(score) for score in (0.0, 0.375, 0.9, 1.0)] == pytest.approx(
        [0.1, 0.35, 0.9, 0.9]
    )


def test_the_same_score_told_in_parts_is_one() -> None:
    assert fit([Outcomes(0.5, 1, 1), Outcomes(0.5, 0, 3)]) == fit([Outcomes(0.5, 1, 4)])


def test_calibration_makes_an_overconfident_score_honest() -> None:
    chance = random.Random(1)
    past = [
        Outcomes(said, sum(chance.random() < said**2 for _ in range(200)), 200) for said in (0.3, 0.6, 0.9)
    ]
    fitted = fit(past)
    assert fitted is not None
    now = [Outcomes(fitted.probability(said), right, of) for said, right, of in past]
    assert brier(now) < brier(past)


def test_brier_knows_an_oracle_and_a_coin() -> None:
    assert brier([Outcomes(1.0, 5, 5), Outcomes(0.0, 0, 5)]) == 0.0
    assert brier([Outcomes(0.5, 3, 10)]) == 0.25
    assert brier([]) == 0.0


def test_the_table_tells_what_was_said_and_what_came_true() -> None:
    table = reliability(
        [Outcomes(0.9, 8, 10), Outcomes(0.94, 10, 10), Outcomes(1.0, 1, 1), Outcomes(0.1, 0, 2)]
    )
    assert [row.of for row in table] == [2, 21]
    assert table[-1].said == pytest.approx((9 + 9.4 + 1) / 21)
    assert table[-1].came_true == pytest.approx(19 / 21)
