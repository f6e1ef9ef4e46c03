"""What every `Turns` must keep: those of one process, and those in Valkey for all of them."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from domain.prices.pace import dearest, spacing
from domain.prices.ports import Turns
from domain.prices.store import Lane, RateLimit, StoreTerms
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House
from tests.contract.turns.virtual import seconds, virtually
from tests.fakes.turns import InMemoryTurns, terms

FIVE = RateLimit(5, 1)
NOW, LONG = timedelta(0), timedelta(minutes=5)
Fact = Callable[[Turns, StoreTerms], Awaitable[None]]
Hold = Callable[[Fact], None]


@pytest.fixture(params=["in process", "Valkey"])
def holds(request: pytest.FixtureRequest, play: Play) -> Hold:
    """Tries a fact."""

    def tried(fact: Fact) -> None:
        async def alone() -> None:
            await fact(InMemoryTurns(), terms("harbour-books", FIVE))

        async def shared(house: House) -> None:
            await fact(house.processes[0].turns, house.terms)

        if request.param == "in process":
            virtually(alone())
        else:
            play(shared, FIVE)

    return tried


async def waited(turns: Turns, shop: StoreTerms, *, cost: int = 1) -> float:
    began = seconds()
    assert await turns.take(shop, Lane.READER, within=LONG, cost=cost)
    return seconds() - began


def test_a_store_at_rest_is_asked_at_once_and_the_next_waits_its_turn(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        apart = spacing(shop).total_seconds()
        assert await waited(turns, shop) == pytest.approx(0.0, abs=0.02)
        assert await waited(turns, shop) == pytest.approx(apart, abs=0.06)
        assert await waited(turns, shop) == pytest.approx(apart, abs=0.06)

    holds(fact)


def test_of_many_at_once_each_has_a_turn_of_its_own(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        taken = await asyncio.gather(*(waited(turns, shop) for _ in range(6)))
        expected = [place * spacing(shop).total_seconds() for place in range(6)]
        assert sorted(taken) == pytest.approx(expected, abs=0.07)
        assert taken == sorted(taken)  # first come, first served

    holds(fact)


def test_who_cannot_have_a_turn_in_time_is_told_at_once_and_spends_none(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        await turns.take(shop, Lane.READER, within=NOW)
        began = seconds()
        for _ in range(10):
            assert not await turns.take(shop, Lane.READER, within=spacing(shop) / 3)
        assert seconds() - began < 0.15
        assert await waited(turns, shop) <= spacing(shop).total_seconds() + 1e-9

    holds(fact)


def test_a_call_that_counts_for_more_has_room_before_and_after(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        apart = spacing(shop).total_seconds()
        await waited(turns, shop)
        assert await waited(turns, shop, cost=3) == pytest.approx(3 * apart, abs=0.06)
        assert await waited(turns, shop) == pytest.approx(3 * apart, abs=0.06)

    holds(fact)


def test_a_call_that_counts_for_more_than_a_window_holds_is_never_made(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        assert not await turns.take(shop, Lane.CHARGE, within=LONG, cost=dearest(shop) + 1)

    holds(fact)


def test_a_store_that_wants_to_be_left_alone_is(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        await turns.hold_back(shop.name, retry_after=timedelta(seconds=30))
        assert not await turns.take(shop, Lane.CHARGE, within=timedelta(seconds=20))
        assert await waited(turns, shop) == pytest.approx(30.0, abs=0.1)

    holds(fact)


def test_a_store_that_does_not_say_for_how_long_is_left_alone_for_a_moment(holds: Hold) -> None:
    async def fact(turns: Turns, shop: StoreTerms) -> None:
        await turns.hold_back(shop.name, retry_after=None)
        assert await waited(turns, shop) == pytest.approx(1.0, abs=0.1)

    holds(fact)
