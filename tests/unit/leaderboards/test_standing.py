"""How readers stand beside each other: by numbers that can be worked out by hand."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.leaderboards.season import demand_season, season_of
from domain.leaderboards.standing import (
    SCALE,
    Ranking,
    Standing,
    brier,
    implied,
    ranked,
)
from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId


def standing(
    reader: int, *, settled: int = 5, staked: int = 100, returned: int = 100, **more: int
) -> Standing:
    return Standing(
        reader=UserId(UUID(int=reader)), settled=settled, staked=staked, returned=returned, **more
    )


@pytest.mark.parametrize(
    ("staked", "returned", "shrunk"),
    [(100, 200, 3_333), (10_000, 20_000, 9_804), (100, 0, -3_333), (0, 0, 0)],
)
def test_a_return_is_drawn_towards_nothing_while_little_was_staked(
    staked: int, returned: int, shrunk: int
) -> None:
    assert standing(1, staked=staked, returned=returned).shrunk_return == shrunk


@pytest.mark.parametrize(
    ("stake", "of_balance", "on_horse", "pool", "believed"),
    [
        (25, 100, 75, 225, 4_375),  # the others price it at ¼: ¼ + ¼ · ¾
        (25, 100, 25, 225, 2_500),  # nobody else believes in it
        (25, 100, 225, 225, SCALE),  # everybody does
        (25, 100, 25, 25, 6_250),  # there is no price but a half
    ],
)
def test_a_stake_tells_how_likely_its_bettor_held_it(
    stake: int, of_balance: int, on_horse: int, pool: int, believed: int
) -> None:
    assert implied(stake, of_balance, on_horse, pool) == believed


def test_a_pick_is_scored_by_the_square_of_its_distance_from_what_came_true() -> None:
    assert brier(6_250, won=True) == 1_406
    assert brier(6_250, won=False) == 3_906
    assert brier(SCALE, won=True) == 0


def test_nobody_is_ranked_by_bets_before_the_fifth_settled_market() -> None:
    few, enough = standing(1, settled=4, returned=900), standing(2)
    for by in (Ranking.PROFIT, Ranking.RETURN, Ranking.BRIER):
        assert [place.standing for place in ranked([few, enough], by)] == [enough]


def test_reading_is_ranked_apart_from_bets() -> None:
    reads, bets = standing(1, settled=0, reading=40), standing(2, returned=900)
    assert [place.standing for place in ranked([reads, bets], Ranking.READING)] == [reads]


def test_the_lower_brier_score_is_the_better_one() -> None:
    wild, wise = standing(1, brier_sum=20_000), standing(2, brier_sum=5_000)
    assert [place.standing for place in ranked([wild, wise], Ranking.BRIER)] == [wise, wild]


@given(st.permutations([standing(n, returned=100 + n % 3) for n in range(9)]), st.sampled_from(Ranking))
def test_nobody_shares_a_rank_and_ties_always_stand_the_same_way(
    standings: list[Standing], by: Ranking
) -> None:
    places = ranked(standings, by)
    assert [place.rank for place in places] == list(range(1, len(places) + 1))
    assert places == ranked(sorted(standings, key=lambda s: s.reader), by)


def test_a_season_is_a_quarter_of_a_year_in_utc() -> None:
    assert season_of(datetime(2026, 12, 31, 23, 59, tzinfo=UTC)) == "2026-Q4"
    still_december = datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert season_of(still_december) == "2026-Q4"
    assert season_of(datetime(2027, 1, 1, tzinfo=UTC)) == "2027-Q1"


@pytest.mark.parametrize("text", ["2026-Q5", "2026-Q", "26-Q1", "2026-q1", "2026Q1", "", "20x6-Q1"])
def test_a_season_is_named_one_way(text: str) -> None:
    assert demand_season("2026-Q4") == "2026-Q4"
    with pytest.raises(InvalidInput):
        demand_season(text)
