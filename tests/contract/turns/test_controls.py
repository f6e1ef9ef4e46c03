"""Each rule that keeps the limit is needed: with one of them broken the same story ends red."""

import asyncio

import pytest

from domain.prices.store import Lane, RateLimit
from tests.contract.turns.conftest import Play
from tests.contract.turns.house import House

FIVE, ONE = RateLimit(5, 1), RateLimit(1, 1)
HONEST = ("", "")
AVOIDED = ("if not near then return from end", "if true then return from end")
FEARED = ("seats.born + feared_for", "-1")
SETTLED = ("began + ARGV[10] * apart", "0")
SPACED = ("whole(from + cost * step)", "whole(from + cost * step / 2)")


async def cut_off(house: House) -> None:
    """One process is out of reach, and uses its lease beside the others."""
    house.processes[2].line.cut = True
    house.crowd([Lane.READER, Lane.READER])
    await asyncio.sleep(20)


async def loss(house: House) -> None:
    """Valkey forgets everything between two calls, again and again."""
    house.crowd([Lane.READER])
    for _ in range(10):
        await asyncio.sleep(1.3)
        house.server.kill()
        await asyncio.sleep(0.01)
        house.server.rise(empty=True)


async def loss_while_leased(house: House) -> None:
    """It forgets who holds leases, and one of them does not come back."""
    house.processes[2].line.cut = True
    house.crowd([Lane.READER, Lane.READER])
    house.server.kill()
    await asyncio.sleep(5)
    house.server.rise(empty=True)
    await asyncio.sleep(15)


@pytest.mark.parametrize(
    ("story", "limit", "rule"),
    [
        (cut_off, FIVE, AVOIDED),
        (loss, ONE, SETTLED),
        (loss_while_leased, FIVE, FEARED),
        (cut_off, ONE, SPACED),
    ],
)
def test_without_this_rule_it_would_be_too_often(
    play: Play, story: "object", limit: RateLimit, rule: tuple[str, str]
) -> None:
    seen = {}

    def told(spoil: tuple[str, str]) -> None:
        async def spoilt(house: House) -> None:
            house.server.spoil = spoil
            await story(house)  # type: ignore[operator] # it is one of those above
            seen[spoil] = house.most

        play(spoilt, limit)

    told(HONEST)
    told(rule)
    assert seen[HONEST] <= limit.calls < seen[rule]
