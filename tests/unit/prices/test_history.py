"""What a price has been, and whether a reduction is one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.chart import ChartPoint, chart
from domain.prices.history import PriceRun, median_price, observed
from domain.prices.reductions import Discount, discount, reduction
from domain.shared.errors import InvalidInput
from domain.shared.money import Money

START = datetime(2026, 1, 1, tzinfo=UTC)
prices = st.one_of(st.none(), st.integers(900, 1_100))


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def usd(cents: int | None) -> Money | None:
    return None if cents is None else Money(cents, "USD")


def history(*seen: tuple[float, int | None]) -> list[PriceRun]:
    """What is kept of answers on these days."""
    runs: list[PriceRun] = []
    for number, cents in seen:
        run = observed(runs[-1] if runs else None, usd(cents), day(number))
        if run is not None:
            runs = [*(runs[:-1] if runs and run.since == runs[-1].since else runs), run]
    return runs


def daily(*spans: tuple[int, int | None]) -> list[PriceRun]:
    """A price for so many days, and so on."""
    everyday = [cents for days, cents in spans for _ in range(days)]
    return history(*enumerate(everyday))


def test_the_same_price_continues_its_run_and_another_begins_one() -> None:
    runs = history((0, 1_000), (1, 1_000), (2, 1_000), (3, 900), (4, None), (5, 900))
    assert runs == [
        PriceRun(usd(1_000), day(0), day(2), 3),
        PriceRun(usd(900), day(3), day(3)),
        PriceRun(None, day(4), day(4)),
        PriceRun(usd(900), day(5), day(5)),
    ]


def test_an_answer_told_twice_or_late_writes_nothing() -> None:
    runs = history((0, 1_000), (5, 1_000))
    assert observed(runs[-1], usd(1_000), day(5)) is None
    assert observed(runs[-1], usd(500), day(3)) is None


def test_a_price_written_with_more_zeros_is_the_same_price() -> None:
    # dgtlmoon/changedetection.io#2637: "2879.2" and "2879.20" were two prices.
    assert len(history((0, 287_920), (1, 287_920))) == 1


def test_a_failed_ask_between_two_good_ones_looks_like_no_change() -> None:
    # Cybrarist/Discount-Bandit#108: a failure writes nothing, so the next answer continues the run.
    assert history((0, 1_000), (2, 1_000)) == [PriceRun(usd(1_000), day(0), day(2), 2)]


def test_a_book_that_is_not_offered_is_a_state_and_no_price() -> None:
    # jez500/pricebuddy#222: a missing price was no reason to look for another one.
    runs = daily((10, 1_000), (10, None))
    assert discount(runs, day(20)) is Discount.NONE
    assert chart(runs, day(0), day(20), 9) == [ChartPoint(day(0), usd(1_000)), ChartPoint(day(10), None)]


@given(st.lists(prices, min_size=1, max_size=12))
def test_runs_tell_everything_that_was_seen(seen: list[int | None]) -> None:
    runs = history(*enumerate(seen))
    told = [run.price for run in runs for _ in range(run.seen)]
    assert told == [usd(cents) for cents in seen]
    assert all(one.price != two.price for one, two in pairwise(runs))


def test_the_median_goes_by_how_long_a_price_stood() -> None:
    runs = history((0, 2_000), (1, 2_000), (2, 1_500), (3, 1_000), (4, 1_000), (80, 1_000))
    assert median_price(runs, day(80)) == usd(1_000)


def test_four_observations_make_no_median_and_what_is_older_than_90_days_does_not_count() -> None:
    assert median_price(history((0, 1), (1, 2), (2, 3), (3, 4)), day(4)) is None
    runs = daily((30, 2_000), (95, 1_000))
    assert median_price(runs, day(125)) == usd(1_000)
    assert median_price([], day(1)) is None


def test_the_reference_is_the_low_of_the_30_days_before_the_cut_not_of_the_last_30_days() -> None:
    # iworks/omnibus#30: the sale itself became its own reference.
    runs = daily((40, 1_000), (5, 900), (40, 1_200), (20, 950))
    found = reduction(runs, day(104))
    assert found is not None
    assert found.since == day(85)
    assert found.reference == usd(1_200)
    assert found.basis_points == 2_083
    assert found.label is Discount.REAL


def test_a_price_raised_before_it_was_cut_is_no_discount() -> None:
    assert discount(daily((60, 1_000), (5, 1_500), (5, 1_000)), day(70)) is Discount.RAISED_FIRST
    assert discount(daily((60, 1_000), (5, 1_500), (5, 1_100)), day(70)) is Discount.RAISED_FIRST


def test_a_reduction_in_steps_is_one_reduction() -> None:
    found = reduction(daily((60, 1_000), (5, 900), (5, 800)), day(70))
    assert found is not None
    assert (found.since, found.reference) == (day(60), usd(1_000))


def test_a_price_that_has_stood_for_30_days_is_the_price() -> None:
    runs = daily((60, 1_000), (31, 800))
    assert discount(runs, day(89)) is Discount.REAL
    assert discount(runs, day(91)) is Discount.NONE
    again = reduction([*runs, PriceRun(usd(700), day(91), day(91))], day(92))
    assert again is not None
    assert again.reference == usd(800)


def test_what_is_not_known_for_30_days_is_not_called_a_discount() -> None:
    assert discount(daily((10, 1_000), (5, 800)), day(15)) is Discount.UNKNOWN
    assert discount(daily((5, 800), (5, 1_000), (5, 800)), day(15)) is Discount.RAISED_FIRST


def test_a_rise_a_first_price_and_a_cent_less_are_no_discount() -> None:
    assert discount(daily((60, 1_000), (5, 1_100)), day(65)) is Discount.NONE
    assert discount(daily((60, 1_000)), day(60)) is Discount.NONE
    assert discount([], day(60)) is Discount.NONE
    assert discount(daily((60, 1_000), (5, 999)), day(65)) is not Discount.REAL


def test_a_book_that_was_not_offered_before_has_no_reference() -> None:
    found = reduction(daily((10, 1_000), (45, None), (5, 800)), day(60))
    assert found is not None
    assert (found.reference, found.basis_points, found.label) == (None, 0, Discount.UNKNOWN)


@given(st.lists(prices, min_size=1, max_size=16), st.integers(1, 12))
def test_a_chart_is_bounded_and_loses_no_low(seen: list[int | None], most: int) -> None:
    runs = history(*enumerate(seen))
    points = chart(runs, day(0), day(len(seen)), most)
    assert 1 <= len(points) <= most
    lows = [cents for cents in seen if cents is not None]
    assert min((p.price.amount for p in points if p.price), default=None) == min(lows, default=None)
    assert [point.at for point in points] == sorted({point.at for point in points})


@given(st.lists(prices, min_size=1, max_size=12))
def test_a_chart_with_room_is_exact(seen: list[int | None]) -> None:
    points = chart(history(*enumerate(seen)), day(0), day(len(seen)), 20)
    for number, cents in enumerate(seen):
        shown = [point.price for point in points if point.at <= day(number)][-1]
        assert shown == usd(cents)


def test_a_chart_shows_what_counted_when_it_begins() -> None:
    runs = history((0, 1_000), (10, 900))
    assert chart(runs, day(5), day(20), 9) == [ChartPoint(day(5), usd(1_000)), ChartPoint(day(10), usd(900))]
    assert chart(runs, day(-5), day(-1), 9) == []
    with pytest.raises(InvalidInput):
        chart(runs, day(0), day(1), 0)
