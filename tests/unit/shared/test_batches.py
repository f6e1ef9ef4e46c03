"""Whoever comes while some are served goes with the next batch."""

import asyncio
from collections.abc import Sequence

import pytest

from application.shared.batches import Batches


class Counter:
    """Serves slowly, and never a negative number."""

    def __init__(self) -> None:
        self.served: list[list[int]] = []

    async def __call__(self, numbers: Sequence[int]) -> None:
        await asyncio.sleep(0)
        if min(numbers) < 0:
            raise ValueError(numbers)
        self.served.append(list(numbers))


async def test_the_first_is_served_at_once_and_the_others_together() -> None:
    counter = Counter()
    together = Batches(counter, at_once=3)
    await asyncio.gather(*(together([number]) for number in range(6)))
    await together([6, 7])
    assert counter.served == [[0, 1, 2], [3, 4, 5], [6, 7]]


async def test_nothing_to_do_is_done() -> None:
    counter = Counter()
    await Batches(counter, at_once=3)([])
    assert counter.served == []


async def test_what_cannot_be_served_spoils_nothing_for_others() -> None:
    counter = Counter()
    together = Batches(counter, at_once=10)
    done = await asyncio.gather(*(together([number]) for number in (1, -2, 3)), return_exceptions=True)
    assert [type(one) for one in done] == [type(None), ValueError, type(None)]
    assert counter.served == [[1], [3]]
    with pytest.raises(ValueError, match="-5"):
        await together([4, -5])
    assert counter.served[-1] == [4]


async def test_who_leaves_holds_nobody_up() -> None:
    counter = Counter()
    together = Batches(counter, at_once=1)
    leaver, stayer = asyncio.create_task(together([1])), asyncio.create_task(together([2]))
    await asyncio.sleep(0)
    leaver.cancel()
    await stayer
    assert counter.served == [[1], [2]]
