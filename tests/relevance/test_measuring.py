"""The measures measure what they say."""

import random
from uuid import UUID

import pytest

from tests.relevance.measures import known_item, ndcg
from tests.relevance.mistakes import dropped, mistyped, neighbouring, swapped

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def test_known_items_are_counted_by_their_place() -> None:
    found = known_item([1, 5, None, 6])

    assert (found.success_1, found.success_5) == (0.25, 0.5)
    assert found.mrr == pytest.approx((1 + 1 / 5 + 1 / 6) / 4)


def test_the_best_order_has_all_the_gain_and_a_worse_one_less() -> None:
    gains = {A: 3.0, B: 1.0}

    assert ndcg([A, B, C], gains) == pytest.approx(1.0)
    assert 0 < ndcg([C, B, A], gains) < 1
    assert ndcg([C], gains) == 0


@pytest.mark.parametrize("seed", range(20))
def test_an_error_is_one_error(seed: int) -> None:
    chance = random.Random(seed)

    assert len(dropped("dracula", chance)) == 6
    assert sorted(swapped("dracula", chance)) == sorted("dracula")
    assert sum(a != b for a, b in zip("dracula", neighbouring("dracula", chance), strict=True)) == 1


def test_short_words_stay_and_accents_go() -> None:
    assert mistyped("Été", 1, random.Random(1)) == "Ete"
    assert mistyped("Été", 0, random.Random(1)) == "Été"
    assert mistyped("The Brontë Sisters", 2, random.Random(1)).startswith("The ")
