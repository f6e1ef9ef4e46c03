"""How often a price changes, from checks that only tell whether it did."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.change_rate import (
    MOST_CHANGES,
    UNKNOWN,
    ChangeRate,
    from_checks,
    from_equal_checks,
    learnt,
    prior_of,
)

DAY = 86_400.0
intervals = st.floats(1.0, 30 * DAY)
beliefs = st.builds(ChangeRate, st.floats(0.1, 40.0), st.floats(60.0, 100 * DAY))


def checked(rate: float, gaps: list[float], chance: random.Random) -> tuple[list[float], list[float]]:
    changed: list[float] = []
    unchanged: list[float] = []
    for gap in gaps:
        (changed if chance.random() < -math.expm1(-rate * gap) else unchanged).append(gap)
    return changed, unchanged


@given(st.integers(1, 30), st.integers(0, 30), intervals)
def test_checks_of_any_spacing_agree_with_equal_ones(checks: int, changes: int, interval: float) -> None:
    changes = min(changes, checks)
    apart = from_checks([interval] * changes, [interval] * (checks - changes))
    assert apart == pytest.approx(from_equal_checks(checks, changes, interval))


def test_a_price_that_changed_at_every_check_has_a_finite_rate_and_one_that_never_did_none() -> None:
    assert 0 < from_equal_checks(10, 10, DAY) < 4 / DAY
    assert from_checks([DAY] * 3, []) == pytest.approx(from_equal_checks(3, 3, DAY))
    assert from_checks([], [DAY]) == 0.0 == from_equal_checks(5, 0, DAY)


def test_changes_that_hide_behind_each_other_are_counted() -> None:
    # Three changes a day, looked at once a day: counting would say less than one.
    chance = random.Random(1)
    guesses = [from_checks(*checked(3 / DAY, [DAY] * 200, chance)) for _ in range(8)]
    assert sum(guesses) / len(guesses) == pytest.approx(3 / DAY, rel=0.1)


def test_uneven_checks_find_the_rate_that_even_ones_find() -> None:
    chance = random.Random(2)
    gaps = [DAY * chance.uniform(0.1, 3.0) for _ in range(1_000)]
    assert from_checks(*checked(0.5 / DAY, gaps, chance)) == pytest.approx(0.5 / DAY, rel=0.1)


@given(beliefs, intervals)
def test_a_change_makes_a_rate_likelier_to_be_high_and_no_change_to_be_low(
    belief: ChangeRate, interval: float
) -> None:
    nothing = ChangeRate()
    changed = belief + learnt(nothing, belief, interval=interval, changed=True)
    unchanged = belief + learnt(nothing, belief, interval=interval, changed=False)
    assert unchanged.per_second < belief.per_second <= changed.per_second * (1 + 1e-9)


@given(beliefs, intervals)
def test_a_check_is_worth_at_most_one_change_and_its_own_time(belief: ChangeRate, interval: float) -> None:
    gained = learnt(ChangeRate(), belief, interval=interval, changed=True)
    assert 0 <= gained.changes <= 1
    assert 0 <= gained.seconds <= interval


def test_a_change_seen_at_once_is_a_whole_one_and_a_certain_one_tells_nothing() -> None:
    belief = ChangeRate(2.0, 2 * DAY)
    at_once = learnt(ChangeRate(), belief, interval=1.0, changed=True)
    certain = learnt(ChangeRate(), belief, interval=10_000 * DAY, changed=True)
    assert at_once.changes == pytest.approx(1, abs=1e-3)
    assert certain.changes == pytest.approx(0, abs=1e-3)


def test_two_numbers_know_as_much_as_all_checks_together() -> None:
    chance = random.Random(3)
    evidence, rate = ChangeRate(), 0.7 / DAY
    gaps = [DAY * chance.uniform(0.1, 3.0) for _ in range(60)]
    changed, unchanged = [], []
    for gap in gaps:
        did = chance.random() < -math.expm1(-rate * gap)
        (changed if did else unchanged).append(gap)
        evidence = learnt(evidence, UNKNOWN, interval=gap, changed=did)
    assert (evidence + UNKNOWN).per_second == pytest.approx(from_checks(changed, unchanged), rel=0.05)


def test_two_checks_at_the_same_moment_are_one() -> None:
    assert learnt(UNKNOWN, UNKNOWN, interval=0.0, changed=True) == UNKNOWN


def test_a_store_that_changes_its_ways_is_believed_within_fifty_changes() -> None:
    evidence = ChangeRate()
    for _ in range(1_000):
        evidence = learnt(evidence, UNKNOWN, interval=60.0, changed=True)
    assert evidence.changes <= MOST_CHANGES
    for _ in range(60):
        evidence = learnt(evidence, UNKNOWN, interval=DAY, changed=False)
    assert evidence.per_second < 1.1 / DAY


def test_a_new_book_is_believed_to_be_like_the_others_of_its_kind() -> None:
    chance = random.Random(4)
    books = []
    for _ in range(200):
        rate, evidence = chance.gammavariate(2.0, 0.25 / DAY), ChangeRate()
        for _ in range(20):
            did = chance.random() < -math.expm1(-rate * DAY)
            evidence = learnt(evidence, UNKNOWN, interval=DAY, changed=did)
        books.append(evidence)
    prior = prior_of([*books, ChangeRate()])
    assert prior.per_second == pytest.approx(0.5 / DAY, rel=0.15)
    assert prior.changes == pytest.approx(2.0, rel=0.4)


def test_books_that_are_all_alike_do_not_forbid_the_next_to_be_different() -> None:
    prior = prior_of([ChangeRate(50.0, 50 * DAY)] * 100)
    assert prior.per_second == pytest.approx(1 / DAY, rel=0.02)
    assert prior.changes <= 10


def test_of_a_store_that_nobody_asked_yet_little_is_believed() -> None:
    assert prior_of([]) == prior_of([ChangeRate()]) == UNKNOWN
