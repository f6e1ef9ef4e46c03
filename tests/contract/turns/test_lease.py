"""A lease is read on a clock of our own, and of what that leaves open the worse is believed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.redis.turns.lease import SECOND, Lease
from adapters.redis.turns.policies import DRIFT
from domain.prices.pace import SETS_OUT_WITHIN

STARTS, ENDS, SAID = 103_000_000, 133_000_000, 100_000_000
APART = 240_001
LEASE = Lease(seat=1, seats=3, starts=STARTS, ends=ENDS, said=SAID, asked=10.0, heard=10.04)


@given(read_at=st.floats(10.0, 10.04), later=st.floats(0.04, 34.0), drift=st.floats(-DRIFT, DRIFT))
def test_valkey_s_clock_is_within_the_bounds(read_at: float, later: float, drift: float) -> None:
    now = 10.0 + later
    true = SAID + (now - read_at) * (1 + drift) * SECOND
    assert LEASE.at_least(now) <= true <= LEASE.at_most(now)


def test_it_begins_late_and_ends_early() -> None:
    assert not LEASE.has_begun(13.039)
    assert LEASE.has_begun(13.05)
    assert not LEASE.has_ended(42.97)
    assert LEASE.has_ended(42.999)


@given(st.floats(13.1, 41.0))
def test_a_moment_is_its_seat_s_own_and_can_still_be_kept(now: float) -> None:
    moment = LEASE.next_moment(APART, now, 0)
    assert moment is not None
    assert moment % APART == 0
    assert (moment // APART) % 6 == 3  # odd ones go round: 1, 3 and 5 of six
    assert STARTS <= moment < ENDS
    at = now + max(0.0, LEASE.seconds_until(moment, now)) + 1e-5
    if at < 40:
        assert LEASE.can_be_kept(moment, at)
        late = at + SETS_OUT_WITHIN.total_seconds()
        assert not LEASE.can_be_kept(moment, late)


def test_moments_of_all_seats_are_apart() -> None:
    seats = [Lease(seat, 3, STARTS, ENDS, SAID, 10.0, 10.0) for seat in range(3)]
    used = sorted(
        moment
        for lease in seats
        for after in range(STARTS, STARTS + 10_000_000, APART)
        if (moment := lease.next_moment(APART, 13.0, after)) is not None
    )
    gaps = {later - earlier for earlier, later in pairwise(dict.fromkeys(used))}
    assert gaps == {2 * APART}


@pytest.mark.parametrize("now", [43.5, 60.0])
def test_after_its_end_there_are_none(now: float) -> None:
    assert LEASE.next_moment(APART, now, 0) is None
