"""Which stores to ask, in which order, and when to stop."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.asking import (
    FIRST_WAVE,
    IMPATIENCE,
    LARGEST_WAVE,
    Prospect,
    explores,
    next_wave,
    ranked,
    usual_price,
    wave_is_over,
)
from domain.prices.estimates.premium import WIDTH, Premiums
from domain.prices.estimates.reservation import (
    CHEAPEST_CALL,
    DEAREST_CALL,
    HALF_LIFE,
    StoreModel,
    cost_of_call,
    reservation_value,
)
from domain.prices.offer import StoreName

premiums = st.lists(st.floats(-1.0, 1.0), min_size=1, max_size=8)


def model(*seen: float, failures: int = 0) -> StoreModel:
    made = StoreModel()
    for premium in seen:
        made = made.answered(premium, 0.0)
    for _ in range(failures):
        made = made.answered(None, 0.0)
    return made


def prospects(*values: float) -> list[Prospect]:
    return [Prospect(StoreName(f"store-{number}"), value) for number, value in enumerate(values)]


@given(premiums, st.floats(0.0005, 0.2))
def test_at_its_reservation_value_asking_gains_what_it_costs(seen: list[float], cost: float) -> None:
    store = model(*seen)
    worth = reservation_value(store, cost)
    prices = {math.exp(place * WIDTH): count for place, count in store.premiums.counts.items()}
    gain = sum(count * max(worth - price, 0.0) for price, count in prices.items()) / store.premiums.weight
    assert store.success * gain == pytest.approx(cost)


@given(premiums, st.floats(0.001, 0.1), st.floats(0.01, 0.5))
def test_a_store_is_asked_later_if_it_is_dearer_costs_more_or_often_fails(
    seen: list[float], cost: float, more: float
) -> None:
    worth = reservation_value(model(*seen), cost)
    assert reservation_value(model(*(premium + more + WIDTH for premium in seen)), cost) >= worth
    assert reservation_value(model(*seen), cost * (1 + more)) > worth
    assert reservation_value(model(*seen, failures=3), cost) > worth


def test_an_erratic_store_is_worth_more_than_a_steady_one_of_the_same_mean() -> None:
    assert reservation_value(model(-0.4, 0.4), 0.01) < reservation_value(model(0.0, 0.0), 0.01)


def test_a_store_nobody_has_a_price_of_is_asked_last() -> None:
    assert reservation_value(StoreModel(), 0.01) == math.inf


def test_a_new_store_is_thought_to_be_as_all_others_together_and_so_gets_its_chance() -> None:
    others = model(-0.3, 0.0, 0.3, failures=1)
    assert reservation_value(StoreModel().among(others), 0.01) < reservation_value(model(0.0, 0.0, 0.0), 0.01)


def test_what_a_store_did_a_month_ago_counts_half_and_the_uncertain_gain_by_luck() -> None:
    store = model(*[0.1, 0.2, 0.3] * 10)
    aged = store.aged(HALF_LIFE)
    assert (aged.asked, aged.premiums.weight) == pytest.approx((15.0, 15.0))

    def luck(of: StoreModel) -> float:
        return reservation_value(of, 0.01) - reservation_value(of, 0.01, optimism=2.0)

    assert luck(store.aged(6 * HALF_LIFE)) > luck(store) > 0


@given(premiums, premiums)
def test_what_two_saw_merges_into_what_one_would_have_seen(one: list[float], two: list[float]) -> None:
    together, apart = Premiums(), (Premiums(), Premiums())
    for premium in one:
        together, apart = together.seen(premium), (apart[0].seen(premium), apart[1])
    for premium in two:
        together, apart = together.seen(premium), (apart[0], apart[1].seen(premium))
    assert apart[0].merged(apart[1]) == together == apart[1].merged(apart[0])


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=20))
def test_a_model_stays_small_and_its_median_close(seen: list[float]) -> None:
    made = Premiums()
    for premium in seen:
        made = made.seen(premium)
    assert len(made.counts) <= 129
    inside = sorted(min(max(premium, -1.28), 1.28) for premium in seen)
    assert inside[(len(inside) - 1) // 2] - WIDTH <= made.median() <= inside[len(inside) // 2] + WIDTH


def test_a_call_costs_what_it_displaces_and_the_time_it_takes() -> None:
    assert cost_of_call(0.0, 0.0) == CHEAPEST_CALL
    assert cost_of_call(2.0, 1.0) == pytest.approx(0.0025)
    assert cost_of_call(1e9, 1.0) == DEAREST_CALL


def test_stores_are_asked_by_what_they_are_worth_equals_by_name() -> None:
    values = {StoreName("b"): 0.9, StoreName("c"): 0.7, StoreName("a"): 0.9}
    assert [one.store for one in ranked(values)] == ["c", "a", "b"]


def test_the_first_wave_is_five_and_no_wave_is_more_than_eight() -> None:
    many = prospects(*(0.5 + n / 100 for n in range(20)))
    assert len(next_wave(many, None, 0)) == FIRST_WAVE
    assert next_wave(many, 2.0, 3) == many[:LARGEST_WAVE]
    assert next_wave([], 2.0, 0) == []


def test_asking_ends_when_the_next_could_not_beat_the_best_and_two_agree() -> None:
    waiting = prospects(0.9, 0.95, 1.0)
    assert next_wave(waiting, 0.88, 2) == []
    assert next_wave(waiting, 0.88, 1) == waiting[:1]
    assert next_wave(waiting, 0.88, 0) == waiting[:2]
    assert next_wave(waiting, 0.96, 2) == waiting[:2]


def test_a_wave_is_over_when_four_in_five_have_answered_or_patience_is() -> None:
    assert not wave_is_over(5, 3, 1.0, 0.9)
    assert wave_is_over(5, 4, 0.1, 0.9)
    assert wave_is_over(5, 0, 1.5, 0.9)


def test_without_any_price_nobody_is_patient() -> None:
    assert wave_is_over(5, 0, IMPATIENCE, None)
    assert not wave_is_over(5, 0, IMPATIENCE, 0.9)
    assert not wave_is_over(5, 3, IMPATIENCE / 2, None)


def test_one_comparison_in_twenty_explores() -> None:
    assert explores(0.0499)
    assert not explores(0.05)


def test_answers_correct_what_was_thought_to_be_the_usual_price() -> None:
    chance = random.Random(1)
    cheap = model(*(-0.3 + chance.gauss(0, 0.05) for _ in range(50)))
    answers = [(round(1_000 * math.exp(-0.3)), cheap)] * 3
    assert usual_price(2_000, 0.5, answers) == pytest.approx(1_000, rel=0.03)
    assert usual_price(1_000, 0.08, []) == pytest.approx(1_000)
