"""However calls arrive, a store never counts more of them in any window than it allows."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.pace import (
    JITTER,
    SETS_OUT_WITHIN,
    SHARES,
    WAY_VARIES_BY,
    Pace,
    allowances,
    dearest,
    safe_pace,
    spacing,
)
from domain.prices.store import RateLimit
from domain.shared.errors import InvalidInput
from tests.fakes.turns import terms

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


def most_arrivals(arrivals: list[timedelta], seconds: int) -> int:
    width, ordered = timedelta(seconds=seconds), sorted(arrivals)
    return max(sum(at - width <= other <= at for other in ordered) for at in ordered)


@pytest.mark.parametrize(
    ("calls", "seconds", "milliseconds"), [(1, 1, 1_200), (5, 1, 240), (10, 1, 120), (60, 60, 1_003)]
)
def test_calls_are_spread_over_the_window_and_what_they_may_stray(
    calls: int, seconds: int, milliseconds: int
) -> None:
    apart = spacing(terms("s", RateLimit(calls, seconds))) // timedelta(milliseconds=1)
    assert apart == milliseconds


@given(st.integers(1, 12), st.integers(1, 5), st.data())
def test_no_window_holds_more_calls_than_allowed_however_late_they_are(
    calls: int, seconds: int, data: st.DataObject
) -> None:
    apart = spacing(terms("s", RateLimit(calls, seconds)))
    strays = st.sampled_from([timedelta(0), JITTER / 2, JITTER])
    arrivals = [number * apart + data.draw(strays) for number in range(4 * calls + 2)]
    assert most_arrivals(arrivals, seconds) <= calls


@given(st.integers(1, 10), st.data())
def test_neither_do_dear_calls(calls: int, data: st.DataObject) -> None:
    # Before a call that counts for more there is as much room as after it.
    shop = terms("s", RateLimit(calls, 1))
    costs = data.draw(st.lists(st.integers(1, dearest(shop)), min_size=2, max_size=30))
    due, arrivals = timedelta(0), []
    for cost in costs:
        moment = due + (cost - 1) * spacing(shop)
        due = moment + cost * spacing(shop)
        arrivals += [moment + data.draw(st.sampled_from([timedelta(0), JITTER]))] * cost
    assert most_arrivals(arrivals, 1) <= calls


@given(st.integers(1, 400), st.integers(61, 1_000))
def test_a_long_rule_allows_a_burst_and_one_loss_of_memory_and_still_keeps_every_window(
    calls: int, seconds: int
) -> None:
    (rule,) = allowances(terms("s", RateLimit(calls, seconds))).values()
    saved_up = [JITTER] * (rule.burst + rule.anew)  # all at once and late, then one after the other and early
    earned = [number * rule.interval * timedelta(microseconds=1) for number in range(1, calls + 1)]
    assert most_arrivals(saved_up + earned, seconds) <= calls


def test_the_strictest_short_rule_counts_and_long_ones_are_kept_apart() -> None:
    shop = terms("s", RateLimit(10, 1), RateLimit(60, 60), RateLimit(1_000, 86_400))
    assert spacing(shop) == spacing(terms("s", RateLimit(60, 60)))
    ((seconds, day),) = allowances(shop).items()
    assert (seconds, day.burst, day.anew) == (86_400, 250, 50)
    assert day.interval * 701 > 86_400 * SECOND


def test_a_store_with_a_daily_allowance_alone_is_asked_no_faster_than_others() -> None:
    assert spacing(terms("s", RateLimit(1_000, 86_400))) == spacing(terms("s", RateLimit(10, 1)))


def test_no_call_counts_for_more_than_a_window_holds() -> None:
    assert dearest(terms("s", RateLimit(10, 1))) == 5
    assert dearest(terms("s", RateLimit(2, 1))) == 2
    assert dearest(terms("s", RateLimit(10, 1), RateLimit(8, 3_600))) == 2


def test_everything_is_shared_out() -> None:
    assert sum(SHARES.values()) == 100
    assert SETS_OUT_WITHIN + WAY_VARIES_BY == JITTER
