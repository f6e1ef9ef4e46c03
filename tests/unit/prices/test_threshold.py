"""When to tell somebody who waits for a price."""

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from domain.prices.threshold import Alert, QuietHours
from domain.shared.money import Money


def usd(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents, "USD")


def told(*prices: int | None, target: int = 1_000, quiet: frozenset[int] = frozenset()) -> list[int]:
    """At which looks she is told."""
    alert, when = Alert(Money(target, "USD")), []
    for number, cents in enumerate(prices):
        alert, tell = alert.look(usd(cents), quiet=number in quiet)
        if tell:
            when.append(number)
    return when


def test_the_first_look_tells_if_the_price_is_already_there() -> None:
    # dgtlmoon/changedetection.io#3851: no alert on the first run.
    assert told(990, 990, 990) == [0]
    assert told(1_000) == [0]


def test_an_alert_fires_again_the_next_time() -> None:
    # dgtlmoon/changedetection.io#2715: it fired only once.
    assert told(1_100, 990, 1_100, 980) == [1, 3]


def test_a_price_that_dances_round_the_target_is_told_once() -> None:
    # gupsammy/mkt-cli#31, chmonitor/chmonitor#2775.
    assert told(999, 1_001, 999, 1_002, 1_001, 998, 1_019, 999) == [0]


def test_two_percent_above_or_three_looks_above_make_it_news_again() -> None:
    assert told(999, 1_019, 999) == [0]
    assert told(999, 1_020, 999) == [0, 2]
    assert told(999, 1_001, 1_001, 1_001, 999) == [0, 4]


def test_a_price_much_lower_than_told_is_news() -> None:
    assert told(990, 980, 970, 900) == [0, 2, 3]


def test_a_missing_price_says_nothing() -> None:
    # A store that failed does not make a good answer after it look like a change.
    assert told(999, None, 999, None, None, None, 999) == [0]


def test_what_quiet_hours_held_back_is_told_after_them_if_it_is_still_so() -> None:
    assert told(1_100, 900, 900, 900, quiet=frozenset({1, 2})) == [3]
    assert told(1_100, 900, 1_100, quiet=frozenset({1})) == []


def test_quiet_hours_reach_over_midnight() -> None:
    night, lunch, none = (QuietHours(time(b), time(e)) for b, e in ((22, 7), (12, 14), (8, 8)))
    assert [night.cover(time(hour)) for hour in (21, 22, 0, 6, 7)] == [False, True, True, True, False]
    assert [lunch.cover(time(hour)) for hour in (11, 12, 13, 14)] == [False, True, True, False]
    assert not any(none.cover(time(hour)) for hour in range(24))


@given(st.lists(st.one_of(st.none(), st.integers(900, 1_100)), max_size=20), st.integers(900, 1_100))
def test_nobody_is_told_of_a_price_above_the_target_nor_twice_of_one(
    prices: list[int | None], target: int
) -> None:
    since_above: list[int] = []
    looks = set(told(*prices, target=target))
    clears = 0
    for number, cents in enumerate(prices):
        if number in looks:
            assert cents is not None
            assert cents <= target
            assert all(cents * 100 <= before * 98 for before in since_above)
            since_above.append(cents)
        if cents is None:
            continue
        clears = clears + 1 if cents > target else 0
        if clears == 3 or cents * 100 >= target * 102:
            since_above, clears = [], 0


@given(st.lists(st.integers(900, 1_100), min_size=1, max_size=12))
def test_whoever_waits_has_been_told_when_the_price_is_there(prices: list[int]) -> None:
    alert = Alert(Money(1_000, "USD"))
    for cents in prices:
        alert, _ = alert.look(usd(cents))
        assert (alert.told is not None) or cents > 1_000
