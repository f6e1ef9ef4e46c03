"""How fast a store may be called, and whose turn it is."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.lanes import SHARES, Pace, leased, safe_pace, shared_out
from domain.prices.store import Lane, RateLimit
from domain.shared.errors import InvalidInput

SECOND = 1_000_000
limits = st.builds(RateLimit, st.integers(1, 1_000), st.integers(1, 86_400))


def sent(pace: Pace, until: int) -> list[int]:
    """When an impatient caller's calls leave, in microseconds, by GCRA."""
    calls, next_free = [], 0
    now = 0
    while now < until:
        calls.append(now)
        next_free = max(next_free, now) + pace.interval
        now = max(now, next_free - (pace.burst - 1) * pace.interval)
    return calls


def most_in_a_window(calls: list[int], limit: RateLimit, jitter: int) -> int:
    """The worst that a network can make of it: the first of a window late by all, the last by nothing."""
    window = limit.seconds * SECOND + jitter
    return max(sum(first <= call < first + window for call in calls) for first in calls)


@given(st.integers(1, 10), st.integers(1, 3), st.integers(0, 500))
def test_no_window_on_the_store_s_clock_sees_more_than_its_limit(calls: int, burst: int, jitter: int) -> None:
    limit = RateLimit(calls, 1)
    pace = safe_pace(limit, burst=min(burst, calls), jitter=timedelta(milliseconds=jitter))
    assert most_in_a_window(sent(pace, 4 * SECOND), limit, jitter * 1_000) <= calls


def test_a_plain_bucket_lets_nineteen_calls_into_a_second_of_ten() -> None:
    assert most_in_a_window(sent(Pace(100_000, 10), 3 * SECOND), RateLimit(10, 1), 0) == 19


@given(limits, st.integers(1, 5), st.integers(0, 10**6))
def test_the_pace_is_the_fastest_that_is_safe(limit: RateLimit, burst: int, jitter: int) -> None:
    burst = min(burst, limit.calls)
    pace = safe_pace(limit, burst=burst, jitter=timedelta(microseconds=jitter))
    ceiling = Fraction(limit.calls - burst + 1, limit.seconds * SECOND + jitter)
    assert Fraction(1, pace.interval) < ceiling
    assert pace.interval == 1 or Fraction(1, pace.interval - 1) >= ceiling


@pytest.mark.parametrize(("calls", "burst", "rate"), [(10, 1, 8.33), (1, 1, 0.83), (5, 2, 3.33)])
def test_a_fifth_of_a_second_of_jitter_costs_a_sixth_of_the_rate(calls: int, burst: int, rate: float) -> None:
    pace = safe_pace(RateLimit(calls, 1), burst=burst, jitter=timedelta(milliseconds=200))
    assert SECOND / pace.interval == pytest.approx(rate, abs=0.005)


def test_a_burst_is_no_larger_than_the_limit() -> None:
    for burst in (0, 3):
        with pytest.raises(InvalidInput):
            safe_pace(RateLimit(2, 1), burst=burst, jitter=timedelta())
    with pytest.raises(InvalidInput):
        safe_pace(RateLimit(2, 1), burst=1, jitter=timedelta(seconds=-1))


@given(limits, st.integers(1, 20))
def test_shares_of_a_limit_never_add_up_to_more_than_it(limit: RateLimit, processes: int) -> None:
    share = leased(limit, processes)
    assert (share.calls if share else 0) * processes <= limit.calls
    assert (share is None) == (limit.calls < processes)


def test_dividing_the_rate_alone_would_exceed_the_limit() -> None:
    # Three processes with a third of the safe rate each: their bursts add up.
    whole = safe_pace(RateLimit(10, 1), burst=1, jitter=timedelta(milliseconds=200))
    third = sent(Pace(whole.interval * 3, 1), 3 * SECOND)
    assert most_in_a_window(sorted(third * 3), RateLimit(10, 1), 200_000) > 10


wanted = st.dictionaries(st.sampled_from(Lane), st.integers(0, 100), max_size=3)


@given(st.integers(0, 100), wanted)
def test_no_call_is_withheld_while_somebody_wants_it_and_none_is_given_twice(
    calls: int, wanted: dict[Lane, int]
) -> None:
    granted = shared_out(calls, wanted)
    assert sum(granted.values()) == min(calls, sum(wanted.values()))
    assert all(granted[lane] <= wanted.get(lane, 0) for lane in Lane)


@given(st.integers(0, 100), wanted)
def test_every_lane_has_its_share_whatever_the_others_want(calls: int, wanted: dict[Lane, int]) -> None:
    granted = shared_out(calls, wanted)
    for lane, percent in SHARES.items():
        assert granted[lane] >= min(wanted.get(lane, 0), calls * percent // 100)


def test_what_one_lane_leaves_the_next_may_take() -> None:
    charge, reader, refresh = Lane
    assert shared_out(10, dict.fromkeys(Lane, 10)) == {charge: 1, reader: 6, refresh: 3}
    assert shared_out(10, {reader: 8, refresh: 10}) == {charge: 0, reader: 7, refresh: 3}
    assert shared_out(10, {refresh: 10}) == {charge: 0, reader: 0, refresh: 10}
    assert shared_out(10, {charge: 10, refresh: 10}) == {charge: 7, reader: 0, refresh: 3}
    assert shared_out(1, dict.fromkeys(Lane, 1)) == {charge: 0, reader: 1, refresh: 0}
