"""How often a book's price will be asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.demand import (
    HALF_LIFE,
    WINDOW,
    ClubPlan,
    Interest,
    WatchedPrice,
    crossing,
    forecast,
    season,
)

DAY = 86_400.0


def test_questions_of_yesterday_count_half() -> None:
    assert Interest(0.0, 0.0).asked(0.0, times=8).weight_at(3 * HALF_LIFE) == pytest.approx(1.0)


def test_a_steady_book_is_forecast_as_it_is() -> None:
    interest = Interest(0.0, 0.0)
    for hour in range(24 * 14):
        interest = interest.asked(hour * 3600.0, times=5)
    assert interest.per_second(14 * DAY, usual=0.0) == pytest.approx(5 / 3600, rel=0.05)


def test_a_book_nobody_asked_for_yet_is_thought_to_be_a_little_less_than_usual() -> None:
    usual = 1 / DAY
    assert 0 < Interest(0.0, 0.0).per_second(0.0, usual) < usual
    assert Interest(usual * WINDOW, 0.0).per_second(0.0, usual) == pytest.approx(usual)


@given(st.integers(1, 100), st.floats(0.0, 1.0), st.floats(0, 60 * DAY), st.floats(0, 60 * DAY))
def test_a_meeting_weighs_more_the_nearer_it_is(members: int, p: float, one: float, two: float) -> None:
    far, near = max(one, two), min(one, two)
    assert ClubPlan(members, p, near).per_second >= ClubPlan(members, p, far).per_second


def test_a_price_near_the_target_of_a_watch_is_worth_more_than_one_far_away() -> None:
    assert crossing(1_000, 990) == crossing(1_000, 1_000) == 1.0
    assert 0.5 > crossing(1_000, 1_010) > crossing(1_000, 1_100) > crossing(1_000, 2_000) > 0
    assert WatchedPrice(1_000, 900).per_second == pytest.approx(1 / 3600)


def test_one_odd_week_is_no_season() -> None:
    assert season(0, 0) == 1.0
    assert 1.0 < season(6, 1) < 1.3
    assert season(8_000, 1_000) == 4.0
    assert season(0, 1_000) == 0.25


def test_what_others_bring_is_added_to_its_own() -> None:
    alone = forecast(1e-3)
    club, watch = ClubPlan(10, 0.5, 5 * DAY), WatchedPrice(1_000, 1_050)
    together = forecast(1e-3, season=2.0, related=[1e-2, 1e-2], clubs=[club], watches=[watch])
    assert alone == 1e-3
    assert together == pytest.approx(2e-3 + 1e-3 + club.per_second + watch.per_second)
