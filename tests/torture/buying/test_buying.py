"""Purchases whose steps die, come twice and lose their answers are one order each, within every limit; and a
judge who finds out each rule that is broken.
"""

from collections.abc import AsyncIterator
from dataclasses import fields
from uuid import uuid4

import pytest
from temporalio.testing import WorkflowEnvironment

from application.purchases.views import Receipt
from tests.buying import ordered, purchase
from tests.torture.buying import sabotage
from tests.torture.buying.trial import WEATHERS, Weather, fates, trial
from tests.torture.buying.verdict import Heard, Verdict, judge
from tests.workflows.conftest import skipping_time

AT_ONCE = 16  # fifty are in `--matrix`, in the storm and, in PostgreSQL, in tests/races
FAIR = Weather("fair")
LOST = Weather("lost", store="place")
UNHEARD = Weather("unheard", gateway="authorise")
DEAR = Weather("dear", more=400)

pytestmark = [pytest.mark.torture, pytest.mark.timeout(60)]


@pytest.fixture(scope="module")
async def env() -> AsyncIterator[WorkflowEnvironment]:
    async with skipping_time() as opened:
        yield opened


def guilty(verdict: Verdict) -> set[str]:
    """Of what."""
    return {part.name for part in fields(verdict) if getattr(verdict, part.name)}


@pytest.mark.parametrize("weather", WEATHERS, ids=lambda weather: weather.name)
async def test_every_step_may_die_or_come_twice_whoever_falls_silent(
    env: WorkflowEnvironment, weather: Weather
) -> None:
    verdict = await trial(env, weather, fates(WEATHERS.index(weather), len(WEATHERS)))
    assert verdict.clean, verdict


async def test_many_purchases_at_once_stay_within_the_caps_of_their_reader(env: WorkflowEnvironment) -> None:
    verdict = await trial(env, FAIR, [], at_once=AT_ONCE)
    assert verdict.clean, verdict


@pytest.mark.parametrize(
    ("change", "weather", "found_as"),
    [
        (sabotage.an_order_without_answer_is_sent_again, LOST, "doubled"),
        (sabotage.a_new_order_key_each_time, LOST, "kept"),
        (sabotage.no_compensation, DEAR, "kept"),
        (sabotage.the_maximum_is_taken, FAIR, "unbalanced"),
        (sabotage.more_than_the_maximum_is_reserved, FAIR, "overspent"),
        (sabotage.a_new_payment_key_each_try, UNHEARD, "kept"),
        (sabotage.caps_that_forget_what_is_on_its_way, FAIR, "over_cap"),
    ],
)
async def test_a_broken_rule_is_found_out(
    env: WorkflowEnvironment,
    change: sabotage.Change,
    weather: Weather,
    found_as: str,
) -> None:
    verdict = await trial(env, weather, [], change=change, at_once=4)
    assert found_as in guilty(verdict), verdict


def test_what_a_reader_was_told_in_vain_is_found_out() -> None:
    made = ordered()
    receipt = Receipt(purchase=made, timeline=[], ledger=made.drain_lines())
    it, gone = str(made.id), str(uuid4())
    told = [Heard("one", it, bought=True), Heard("one", gone, bought=None)]
    verdict = judge([receipt], [], [], told, {})
    assert {"lost", "doubled", "stuck", "unbalanced"} & guilty(verdict) == {"lost", "doubled", "stuck"}
    assert len(verdict.lost) == 2


def test_a_storm_in_which_nobody_bought_has_shown_nothing() -> None:
    receipt = Receipt(purchase=purchase(), timeline=[], ledger=[])
    assert "unproven" in guilty(judge([receipt], [], [], [], {}, fewest=1))
    assert "unproven" not in guilty(judge([receipt], [], [], [], {}))
