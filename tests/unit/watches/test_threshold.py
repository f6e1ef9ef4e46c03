"""When a price is news to somebody who waits for it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.shared.money import Money
from domain.watches.threshold import Alert
from tests.watching import usd

THRESHOLD = Money(1_000, "USD")


def told(*prices: int, threshold: int = 1_000) -> list[int]:
    """At which looks it is news."""
    alert, when = Alert(), []
    for number, cents in enumerate(prices):
        if alert.is_news(usd(cents), usd(threshold)):
            alert = alert.fire(usd(cents))
            when.append(number)
        elif cents > threshold:
            alert = alert.clear(usd(cents), usd(threshold))
        else:
            alert = alert.below()
    return when


def test_the_first_look_tells_if_the_price_is_already_there() -> None:
    # dgtlmoon/changedetection.io#3851: no alert on the first run.
    assert told(990, 990, 990) == [0]
    assert told(1_000) == [0]


def test_it_is_news_again_the_next_time() -> None:
    # dgtlmoon/changedetection.io#2715: it fired only once.
    assert told(1_100, 990, 1_100, 980) == [1, 3]


def test_a_price_that_dances_round_the_threshold_is_told_once() -> None:
    # gupsammy/mkt-cli#31, chmonitor/chmonitor#2775.
    assert told(999, 1_001, 999, 1_002, 1_001, 998, 1_019, 999) == [0]


def test_two_percent_above_or_three_looks_above_make_it_news_again() -> None:
    assert told(999, 1_019, 999) == [0]
    assert told(999, 1_020, 999) == [0, 2]
    assert told(999, 1_001, 1_001, 1_001, 999) == [0, 4]


def test_a_price_much_lower_than_told_is_news() -> None:
    assert told(990, 980, 970, 900) == [0, 2, 3]


@settings(max_examples=50)
@given(st.lists(st.integers(900, 1_100), max_size=12), st.integers(900, 1_100))
def test_nobody_is_told_of_a_price_above_the_threshold_nor_twice_of_about_the_same(
    prices: list[int], threshold: int
) -> None:
    alert = Alert()
    for cents in prices:
        price, limit = usd(cents), usd(threshold)
        if alert.is_news(price, limit):
            assert price <= limit
            assert alert.fired_at is None or cents * 100 <= alert.fired_at.amount * 98
            alert = alert.fire(price)
            assert not alert.is_news(price, limit)
        elif limit < price:
            alert = alert.clear(price, limit)
        else:
            alert = alert.below()
            assert not alert.armed  # whoever waits has been told when the price is there
