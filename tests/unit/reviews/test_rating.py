"""Stars add up exactly, and a fair order listens to the many."""

from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reviews.rating import (
    FAIR_SCALE,
    PRIOR_RATINGS,
    PRIOR_STARS,
    STARS,
    StarCounts,
    average,
    demand_stars,
    fair_score,
)
from domain.reviews.work_rating import WorkRating
from domain.shared.errors import InvalidInput
from domain.shared.ids import WorkId
from tests.builders import NOON

A_WORK = WorkId(UUID(int=1))
GIVEN = st.lists(st.sampled_from(STARS), max_size=60)


def counted(given_stars: list[int]) -> StarCounts:
    counts = StarCounts()
    for one in given_stars:
        counts = counts.exchanged(None, one)
    return counts


@given(GIVEN)
def test_counts_and_stars_are_those_that_were_given(given_stars: list[int]) -> None:
    counts = counted(given_stars)
    assert (counts.count, counts.stars) == (len(given_stars), sum(given_stars))
    assert counts.in_order == tuple(given_stars.count(one) for one in STARS)


@given(GIVEN, st.sampled_from(STARS), st.sampled_from(STARS))
def test_a_changed_mind_counts_once(given_stars: list[int], before: int, after: int) -> None:
    changed = counted([*given_stars, before]).exchanged(before, after)
    assert changed == counted([*given_stars, after])
    assert changed.exchanged(after, None) == counted(given_stars)


@given(GIVEN)
def test_the_average_is_the_mean_rounded_once(given_stars: list[int]) -> None:
    counts = counted(given_stars)
    shown = average(counts.stars, counts.count)
    if not given_stars:
        assert shown is None
    else:
        assert shown is not None
        assert abs(Fraction(shown, 100) - Fraction(counts.stars, counts.count)) <= Fraction(1, 200)


@given(GIVEN)
def test_the_fair_score_is_the_bayesian_mean(given_stars: list[int]) -> None:
    counts = counted(given_stars)
    exact = Fraction(PRIOR_STARS + counts.stars, PRIOR_RATINGS + counts.count) * FAIR_SCALE
    assert 0 <= exact - fair_score(counts.stars, counts.count) < 1


def test_one_enthusiast_does_not_outweigh_a_hundred_readers() -> None:
    assert fair_score(5, 1) < fair_score(460, 100)
    assert fair_score(0, 0) < fair_score(40, 10)
    assert fair_score(1, 1) < fair_score(0, 0)


@pytest.mark.parametrize("stars", [0, 6, -1, 100])
def test_there_are_one_to_five_stars(stars: int) -> None:
    with pytest.raises(InvalidInput, match="1 to 5"):
        demand_stars(stars)


def test_a_summary_tells_of_changes_alone() -> None:
    rating = WorkRating(work_id=A_WORK)
    rating.exchange(None, None, NOON)
    rating.exchange(3, 3, NOON)
    assert rating.drain_events() == []
    rating.exchange(None, 5, NOON)
    [event] = rating.drain_events()
    assert (event.name, event.aggregate_id) == ("work_rated", A_WORK)
    assert rating.counts == StarCounts(fives=1)
