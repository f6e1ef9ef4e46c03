"""One story of a price out of several."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.prices.best import LAST_COUNTS, cheapest, joined
from domain.prices.history import PriceRun, held
from domain.prices.months import month_of, months_from, months_on
from tests.builders import NOON, usd

DAY = timedelta(days=1)
END = NOON + 100 * DAY


def run(price: int | None, first: int, last: int, seen: int = 1) -> PriceRun:
    return PriceRun(None if price is None else usd(price), NOON + first * DAY, NOON + last * DAY, seen)


def test_what_a_month_parted_is_joined() -> None:
    assert joined([run(10, 0, 2, 3), run(10, 3, 4, 2), run(9, 5, 5), run(10, 6, 6)]) == [
        run(10, 0, 4, 5),
        run(9, 5, 5),
        run(10, 6, 6),
    ]
    assert joined([]) == []


def test_the_cheapest_store_makes_the_price() -> None:
    dear, cheap = [run(12, 0, 100)], [run(15, 0, 10), run(11, 20, 30), run(13, 40, 100)]
    best = cheapest([dear, cheap], END)
    assert [(one.price, one.since) for one in best] == [
        (usd(12), NOON),
        (usd(11), NOON + 20 * DAY),
        (usd(12), NOON + 40 * DAY),
    ]


def test_what_nobody_has_has_no_price() -> None:
    best = cheapest([[run(12, 0, 5), run(None, 6, 6)], [run(None, 0, 9), run(20, 10, 100)]], END)
    assert [(one.price, one.since) for one in best] == [
        (usd(12), NOON),
        (None, NOON + 6 * DAY),
        (usd(20), NOON + 10 * DAY),
    ]
    assert cheapest([], END) == cheapest([[run(None, 0, 9)], []], END) == []


def test_a_store_that_is_not_heard_of_any_more_counts_for_a_while() -> None:
    best = cheapest([[run(5, 0, 3)], [run(9, 0, 100)]], END)
    assert [(one.price, one.since) for one in best] == [
        (usd(5), NOON),
        (usd(9), NOON + 3 * DAY + LAST_COUNTS),
    ]


_prices = st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=6)


@given(st.lists(_prices, min_size=1, max_size=4))
def test_at_every_moment_it_is_the_least_of_all_stores(stories: list[list[int | None]]) -> None:
    told = [
        [run(price, 7 * week + store, 7 * week + store) for week, price in enumerate(prices)]
        for store, prices in enumerate(stories)
    ]
    at = NOON + 45 * DAY
    best = cheapest(told, at)
    for day in range(45):
        moment = NOON + day * DAY
        asked = []
        for story in told:
            if story[-1].until + LAST_COUNTS > moment:
                now = [one.price for one in held(story, moment, moment + DAY)][:1]
                asked += [price.amount for price in now if price is not None]
        price = [one.price for one in held(best, moment, moment + DAY)][:1]
        assert [one.amount for one in price if one is not None] == ([min(asked)] if asked else [])


def test_months_are_counted_in_utc_over_years() -> None:
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert month_of(eve.astimezone()) == datetime(2026, 12, 1, tzinfo=UTC)
    assert months_from(eve, 2) == [datetime(2026, 12, 1, tzinfo=UTC)] + [
        datetime(2027, month, 1, tzinfo=UTC) for month in (1, 2)
    ]
    assert months_on(eve, -12) == datetime(2025, 12, 1, tzinfo=UTC)
