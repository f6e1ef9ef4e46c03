"""Prices that processes remember together: the newest, whoever heard it, and asked for once."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from domain.prices.estimates.change_rate import ChangeRate
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Known, StoreMemory, Trouble
from domain.prices.store import Missing
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.contract.prices.conftest import Pair
from tests.price_builders import GALLEY, HARBOUR, an_isbn, failed, offer, told

LATER = NOON + timedelta(minutes=10)
LATEST = NOON + timedelta(minutes=20)
PATIENCE = timedelta(seconds=5)


def known(isbn: Isbn, *prices: int, at: datetime = NOON) -> Known:
    return Known(told(isbn, *prices, at=at), ChangeRate(1.5, 86_400.0))


async def recalled(processes: Pair, isbn: Isbn) -> StoreMemory:
    """By the other process than the one that kept it."""
    return (await processes[1].recall(isbn)).of(HARBOUR)


async def eventually(processes: Pair, isbn: Isbn, wanted: StoreMemory) -> None:
    async with asyncio.timeout(10):
        while (await recalled(processes, isbn)) != wanted:  # noqa: ASYNC110 - it travels through a server
            await asyncio.sleep(0.01)


async def test_what_one_keeps_all_recall_as_it_was(processes: Pair) -> None:
    isbn = an_isbn()
    other = told(isbn, offer(isbn, 900, store=GALLEY, offer_id="ä", shipping=99), store=GALLEY, at=LATER)
    nothing = await processes[0].recall(isbn)
    assert (nothing.stores, nothing.tier) == ({}, Tier.L3)
    await processes[0].keep([known(isbn, 1_200, 1_100), Known(other)])
    for process in processes:
        found = await process.recall(isbn)
        assert found.stores == {
            HARBOUR: StoreMemory(known(isbn, 1_200, 1_100)),
            GALLEY: StoreMemory(Known(other)),
        }


async def test_a_book_that_a_store_does_not_have_is_remembered_too(processes: Pair) -> None:
    isbn = an_isbn()
    await processes[0].recall(isbn)
    await processes[0].keep([known(isbn)])
    assert await recalled(processes, isbn) == StoreMemory(known(isbn))


async def test_other_processes_hear_of_news_at_once(processes: Pair) -> None:
    isbn = an_isbn()
    await recalled(processes, isbn)
    await processes[0].keep([known(isbn, 1_200)])
    await eventually(processes, isbn, StoreMemory(known(isbn, 1_200)))
    await processes[0].keep([known(isbn, 1_100, at=LATER)])
    await eventually(processes, isbn, StoreMemory(known(isbn, 1_100, at=LATER)))


async def test_the_later_answer_wins_in_whatever_order_they_come(processes: Pair) -> None:
    isbn = an_isbn()
    await processes[0].recall(isbn)
    await processes[0].keep([known(isbn, 1_100, at=LATER)])
    await processes[1].keep([known(isbn, 1_200)])
    await processes[0].keep([known(isbn, 1_100, at=LATER)])
    assert await recalled(processes, isbn) == StoreMemory(known(isbn, 1_100, at=LATER))


async def test_trouble_does_not_take_away_what_was_known(processes: Pair) -> None:
    isbn = an_isbn()
    await processes[0].recall(isbn)
    await processes[0].keep([known(isbn, 1_200), failed(isbn, Missing.BUSY, at=LATER)])
    await processes[0].keep([failed(isbn, at=LATEST), failed(isbn, at=LATEST), failed(isbn, at=NOON)])
    trouble = Trouble(Missing.SLOW, LATEST, failures=2)
    assert await recalled(processes, isbn) == StoreMemory(known(isbn, 1_200), trouble)


async def test_an_answer_ends_the_trouble_before_it_and_not_the_one_after(processes: Pair) -> None:
    isbn = an_isbn()
    await processes[0].recall(isbn)
    await processes[0].keep([failed(isbn, at=LATEST), known(isbn, 1_200, at=LATER)])
    trouble = Trouble(Missing.SLOW, LATEST, failures=1)
    assert await recalled(processes, isbn) == StoreMemory(known(isbn, 1_200, at=LATER), trouble)
    await processes[0].keep([known(isbn, 1_300, at=LATEST)])
    await eventually(processes, isbn, StoreMemory(known(isbn, 1_300, at=LATEST)))
    await processes[0].keep([failed(isbn, at=LATEST + PATIENCE)])
    again = Trouble(Missing.SLOW, LATEST + PATIENCE, failures=1)
    await eventually(processes, isbn, StoreMemory(known(isbn, 1_300, at=LATEST), again))


async def test_of_all_who_would_ask_one_may(processes: Pair) -> None:
    isbn = an_isbn()
    claims = await asyncio.gather(
        *(processes[turn % 2].claim(isbn, HARBOUR, since=None, within=PATIENCE) for turn in range(10))
    )
    assert sum(claim.ticket is not None for claim in claims) == 1
    assert {claim.news for claim in claims} == {None}
    assert (await processes[0].claim(isbn, GALLEY, since=None, within=PATIENCE)).ticket is not None


async def test_who_has_asked_leaves_it_to_another(processes: Pair) -> None:
    isbn = an_isbn()
    first = await processes[0].claim(isbn, HARBOUR, since=None, within=PATIENCE)
    await processes[1].leave(isbn, HARBOUR, "not theirs")
    assert (await processes[1].claim(isbn, HARBOUR, since=None, within=PATIENCE)).ticket is None
    await processes[0].leave(isbn, HARBOUR, str(first.ticket))
    assert (await processes[1].claim(isbn, HARBOUR, since=None, within=PATIENCE)).ticket is not None


async def test_what_others_heard_meanwhile_is_told_instead_of_asked(processes: Pair) -> None:
    isbn = an_isbn()
    await processes[0].recall(isbn)
    await processes[0].keep([known(isbn, 1_200)])
    heard = await processes[1].claim(isbn, HARBOUR, since=None, within=PATIENCE)
    assert (heard.news, heard.ticket) == (told(isbn, 1_200), None)
    await processes[0].keep([failed(isbn, Missing.BROKEN, at=LATER)])
    heard = await processes[1].claim(isbn, HARBOUR, since=NOON, within=PATIENCE)
    assert (heard.news, heard.ticket) == (failed(isbn, Missing.BROKEN, at=LATER), None)
    assert (await processes[1].claim(isbn, HARBOUR, since=LATER, within=PATIENCE)).ticket is not None


@pytest.mark.parametrize(("times", "tier"), [(10, Tier.L3), (20, Tier.L2), (150, Tier.L1), (420, Tier.L0)])
async def test_a_book_is_promoted_by_being_asked_for(
    processes: Pair, forgetful: Callable[[], None], times: int, tier: Tier
) -> None:
    isbn = an_isbn()
    for _ in range(times):
        await processes[0].recall(isbn)  # most are answered within the process, and count all the same
    forgetful()
    assert (await processes[0].recall(isbn)).tier is tier
