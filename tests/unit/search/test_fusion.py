"""Rankings of different engines become one by places alone."""

from hypothesis import given
from hypothesis import strategies as st

from domain.search.fusion import fuse

RANKINGS = st.lists(st.integers(0, 30), unique=True, max_size=20)


def test_what_both_find_stands_before_what_one_finds() -> None:
    assert fuse((1, ["a", "b"]), (1, ["b", "c"])) == ["b", "a", "c"]


def test_the_weightier_ranking_wins_where_they_disagree() -> None:
    assert fuse((2, ["a", "b"]), (1, ["b", "a"])) == ["a", "b"]


@given(RANKINGS)
def test_one_ranking_keeps_its_order(ranking: list[int]) -> None:
    assert fuse((3, ranking)) == ranking
    assert fuse((1, ranking), (2, [])) == ranking


@given(RANKINGS, RANKINGS)
def test_everything_found_is_there_once(one: list[int], other: list[int]) -> None:
    fused = fuse((1, one), (1, other))

    assert sorted(fused) == sorted({*one, *other})
