"""A comparison as it is followed: signs of life, and what becomes of it when nobody follows any more."""

import asyncio
from collections.abc import AsyncIterator

from litestar.response.sse import ServerSentEventMessage

from application.prices.price_question import PriceQuestion
from entrypoints.http.prices.stream import STILL_HERE, messages
from tests.price_world import EMMA, Market, without_waiting

QUESTION = PriceQuestion(isbn=EMMA, currency="USD")


def followed(market: Market) -> AsyncIterator[ServerSentEventMessage]:
    return messages(market.shop()(QUESTION), EMMA.value, "USD", None)


@without_waiting
async def test_every_two_seconds_of_silence_are_broken_by_a_sign_of_life() -> None:
    market = Market()
    market.sells("slow", 1_000, takes=3 * STILL_HERE + 0.5)
    told = [(one.comment, one.event) async for one in followed(market)]
    assert told[:3] == [("still here", None)] * 3
    assert [event for _, event in told[3:]] == ["quote", "best", "final", "end"]


@without_waiting
async def test_who_leaves_in_the_middle_ends_it_and_what_stores_still_say_is_remembered() -> None:
    market = Market()
    market.sells("quick", 1_000)
    market.sells("slow", 900, takes=5.0)
    heard: list[str | None] = []

    async def follow() -> None:
        async for one in followed(market):
            heard.append(one.event)  # noqa: PERF401 - it is cut short

    following = asyncio.create_task(follow())
    await asyncio.sleep(1)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)
    assert heard == ["quote", "best"]
    assert len(asyncio.all_tasks()) == 2  # we, and the question to the slow store
    await asyncio.sleep(5)
    assert set((await market.memory.recall(EMMA)).stores) == {"quick", "slow"}
    assert asyncio.all_tasks() == {asyncio.current_task()}
