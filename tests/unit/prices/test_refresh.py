"""Which price is worth the next call."""

import heapq
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.prices.estimates.refresh import (
    BUCKETS,
    LONGEST,
    SHORTEST,
    Waiting,
    bucket,
    choose,
    follow,
    harmonic_rate,
    shadow_price,
    value,
)

DAY = 86_400.0
demands = st.floats(1e-7, 1.0)
rates = st.floats(1e-8, 1e-3)
ages = st.floats(1.0, 100 * DAY)


@given(demands, rates, ages)
def test_a_book_is_due_when_its_value_reaches_the_price_of_a_call(
    demand: float, rate: float, age: float
) -> None:
    assert harmonic_rate(demand, rate, value(demand, rate, age)) == pytest.approx(1 / age, rel=1e-3)


@given(demands, rates, ages, st.floats(1.01, 10))
def test_value_grows_with_age_with_demand_and_with_change(
    demand: float, rate: float, age: float, more: float
) -> None:
    now = value(demand, rate, age)
    assert value(demand, rate, age * more) > now
    assert value(demand * more, rate, age) > now
    assert value(demand, rate * more, age) > now


@given(demands, rates)
def test_no_book_starves_however_seldom_it_is_asked_for(demand: float, rate: float) -> None:
    dear = 1_000.0
    assert value(demand, rate, 2 * dear / demand + 2 / rate) > dear
    assert harmonic_rate(demand, rate, dear) > 0


@given(st.lists(st.tuples(demands, rates), min_size=1, max_size=8), st.floats(1e-5, 1e-2))
def test_at_the_shadow_price_all_calls_are_spent_and_no_more(
    books: list[tuple[float, float]], calls: float
) -> None:
    price = shadow_price(books, calls)
    assert sum(harmonic_rate(*book, price) for book in books) == pytest.approx(calls, rel=0.01)


def test_a_call_is_worth_more_where_there_are_fewer() -> None:
    books = [(1 / rank / DAY, 1 / DAY) for rank in range(1, 100)]
    assert shadow_price(books, 1e-4) > shadow_price(books, 1e-3) > shadow_price(books, 1e-2) > 0
    assert shadow_price([], 1.0) == 0.0


def test_the_price_of_a_call_follows_what_calls_are_spent_on() -> None:
    price = 1.0
    for _ in range(1_000):
        price = follow(price, 3.0)
    assert price == pytest.approx(3.0)
    assert follow(1.0, 1.0) == 1.0


@given(demands, rates, st.floats(1e-3, 10))
def test_books_of_one_bucket_are_due_after_nearly_the_same_time(
    demand: float, rate: float, price: float
) -> None:
    place = bucket(demand, rate, price)
    period = 1 / harmonic_rate(demand, rate, price)
    assert 0 <= place < BUCKETS
    step = (LONGEST / SHORTEST) ** (1 / (BUCKETS - 1))
    if 0 < place < BUCKETS - 1:
        assert SHORTEST * step ** (place - 0.51) <= period <= SHORTEST * step ** (place + 0.51)


def test_a_book_nobody_asks_for_waits_in_the_last_bucket_and_calls_that_cost_nothing_in_none() -> None:
    assert bucket(0.0, 1 / DAY, 1.0) == BUCKETS - 1
    assert bucket(1.0, 1 / DAY, 0.0) == bucket(1e6, 1.0, 1e-9) == 0


@given(st.lists(st.lists(ages, max_size=5), min_size=1, max_size=5), st.integers(0, 30))
def test_the_dearest_heads_are_chosen_first_and_one_more_is_looked_at_for_each(
    ages_of_queues: list[list[float]], calls: int
) -> None:
    looked = 0
    total = sum(map(len, ages_of_queues))

    def queue(number: int):  # noqa: ANN202 - a generator
        nonlocal looked
        for place, age in enumerate(sorted(ages_of_queues[number], reverse=True)):
            looked += 1
            yield Waiting((number, place), 1e-3 * (number + 1), 1e-5, age)

    chosen = list(choose([queue(number) for number in range(len(ages_of_queues))], calls))

    assert len(chosen) == min(calls, total)
    assert [one.value for one in chosen] == sorted((one.value for one in chosen), reverse=True)
    assert looked <= len(ages_of_queues) + len(chosen)
    everything = [value(1e-3 * (n + 1), 1e-5, age) for n, ages_ in enumerate(ages_of_queues) for age in ages_]
    assert [one.value for one in chosen] == pytest.approx(heapq.nlargest(calls, everything))


def test_buckets_choose_nearly_as_well_as_looking_at_everything() -> None:
    chance = random.Random(5)
    books = [(chance.paretovariate(0.9) * 1e-6, chance.lognormvariate(0, 1.4) / DAY) for _ in range(400)]
    price = shadow_price(books, 400 / DAY)
    waiting = [
        Waiting(n, demand, rate, chance.random() / harmonic_rate(demand, rate, price))
        for n, (demand, rate) in enumerate(books)
    ]
    queues: list[list[Waiting[int]]] = [[] for _ in range(BUCKETS)]
    for one in sorted(waiting, key=lambda one: -one.age):
        queues[bucket(one.demand, one.change_rate, price)].append(one)

    chosen = sum(one.value for one in choose(queues, 40))

    assert chosen >= 0.9 * sum(heapq.nlargest(40, (one.value for one in waiting)))
