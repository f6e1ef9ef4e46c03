"""The measurements measure what they say."""

import random
import xml.etree.ElementTree as ET

import pytest

from tests.quality.asking import Market, by_chance
from tests.quality.freshness import PLANS, Learning, World
from tests.quality.picture import Axis, drawn
from tests.quality.trusting import counted, plainly_low

WORLD = World.made(1, books=100)
CALLS = 1e-3


@pytest.mark.parametrize("plan", PLANS)
def test_every_plan_spends_the_same_calls(plan: str) -> None:
    assert sum(PLANS[plan](WORLD, CALLS)) == pytest.approx(CALLS, rel=0.02)


def test_nothing_is_fresher_than_the_optimum() -> None:
    reached = {name: WORLD.freshness(plan(WORLD, CALLS)) for name, plan in PLANS.items()}
    assert max(reached, key=lambda name: reached[name]) == "optimum"


def test_what_is_learnt_is_no_fresher_than_what_could_be_known() -> None:
    shop = Learning(WORLD, CALLS, random.Random(1))
    shop.run(20 * 86_400.0)
    shop.learn_priors()
    assert 0.3 < shop.measure(30 * 86_400.0) < WORLD.freshness(PLANS["optimum"](WORLD, CALLS))


def test_asking_all_stores_leaves_nothing_to_regret() -> None:
    market = Market(1)
    first = next(market.comparisons())
    assert first.cheapest == min(first.prices.values())
    assert by_chance(Market(1), len(market.stores), comparisons=20).whole == (100, 0)


def test_the_textbook_s_rule_is_the_textbook_s() -> None:
    assert plainly_low([1.0, 1.0, 1.0, 1.0, 0.75], None) == [False, False, False, False, True]
    assert plainly_low([1.0, 1.0, 1.0, 0.76], None) == [False] * 4
    assert plainly_low([1.0, 0.6], None) == [False, True]


def test_outcomes_are_counted_by_hundredths() -> None:
    assert counted([(0.501, True), (0.499, False), (0.9, True)]) == [(0.5, 1, 2), (0.9, 1, 1)]


def test_a_picture_has_a_line_for_each_name() -> None:
    drawing = ET.fromstring(  # noqa: S314 - our own
        drawn(
            {"one & only": [(1, 1), (10, 2)], "other": [(1, 2)]},
            Axis("x", (1, 10), logarithmic=True),
            Axis("y", (0, 2)),
        )
    )
    named = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {"one & only", "other", "x", "y"} <= set(named)
    assert len(list(drawing.iter("{http://www.w3.org/2000/svg}polyline"))) == 2
