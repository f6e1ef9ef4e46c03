"""Prices in layers, seen from one process."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from application.prices.ports import Shared
from application.prices.tiers import IN_PROCESS_FOR, TieredPriceMemory
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.memory import Known, Layer, Remembered
from domain.shared.isbn import Isbn
from tests.builders import NOON, usd
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.prices import InMemoryPriceRecords, InMemorySharedPrices
from tests.price_builders import HARBOUR, an_isbn, failed, told

LATER = NOON + timedelta(minutes=1)


class Gated(InMemorySharedPrices):
    """Looking takes as long as the gate is shut, and tells what was there when it began."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    async def recall(self, isbn: Isbn, times: int) -> Shared | None:
        found = await super().recall(isbn, times)
        await self.gate.wait()
        return found


class World:
    """A process, what it shares and what lasts."""

    def __init__(self, room: int = 2**20) -> None:
        self.now = 0.0
        self.shared, self.lasting = Gated(), InMemoryPriceRecords()
        self.measurements = InMemoryMeasurements()
        self.memory = self.process(room)

    def process(self, room: int = 2**20) -> TieredPriceMemory:
        return TieredPriceMemory(self.shared, self.lasting, self.measurements, lambda: self.now, room=room)

    def write(self, known: Known) -> None:
        self.lasting.kept[known.told.isbn, known.told.store] = known


def prices(found: Remembered) -> Sequence[object]:
    known = found.of(HARBOUR).known
    return [offer.item for offer in known.told.offers] if known else []


async def test_a_process_asks_the_others_again_after_a_while() -> None:
    world, isbn = World(), an_isbn()
    layers = []
    for seconds in (0.0, 1.0, IN_PROCESS_FOR, IN_PROCESS_FOR + 1):
        world.now = seconds
        layers.append((await world.memory.recall(isbn)).layer)
    assert layers == [Layer.LASTING, Layer.PROCESS, Layer.SHARED, Layer.PROCESS]
    assert world.measurements.counts["prices from process L3"] == 2
    assert (world.shared.recalls, world.lasting.recalls) == (2, 1)


async def test_many_who_recall_the_same_look_once() -> None:
    world, isbn = World(), an_isbn()
    await asyncio.gather(*(world.memory.recall(isbn) for _ in range(50)))
    assert (world.shared.recalls, world.lasting.recalls) == (1, 1)


async def test_what_changed_while_somebody_looked_is_looked_at_anew() -> None:
    world, isbn = World(), an_isbn()
    await world.memory.recall(isbn)
    world.now += 20
    world.shared.gate.clear()
    looking = asyncio.create_task(world.memory.recall(isbn))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await world.memory.keep([Known(told(isbn, 900))])
    world.shared.gate.set()
    assert prices(await looking) == []
    found = await world.memory.recall(isbn)
    assert (prices(found), found.layer) == ([usd(900)], Layer.SHARED)


async def test_news_of_other_processes_ends_what_is_kept_here_and_news_of_other_books_does_not() -> None:
    world, isbn, another = World(), an_isbn(), an_isbn()
    process = world.process()
    async with world.memory.listening():
        for book in (isbn, another):
            await world.memory.recall(book)
        await process.keep([Known(told(isbn, 900))])
        assert prices(await world.memory.recall(isbn)) == [usd(900)]
        assert (await world.memory.recall(another)).layer is Layer.PROCESS


async def test_the_room_of_a_process_is_bounded() -> None:
    world = World(room=20 * 500)
    books = [an_isbn() for _ in range(200)]
    for book in books:
        await world.memory.recall(book)
    near = [book for book in books if (await world.memory.recall(book)).layer is Layer.PROCESS]
    assert len(near) <= 20


async def test_what_others_could_not_be_told_they_are_told_later() -> None:
    world, isbn = World(), an_isbn()
    await world.memory.recall(isbn)
    world.shared.lost = True
    world.write(Known(told(isbn, 900)))
    await world.memory.keep([Known(told(isbn, 900)), failed(isbn, at=LATER)])
    assert prices(await world.memory.recall(isbn)) == [usd(900)]
    world.shared.lost = False
    assert prices(await world.process().recall(isbn)) == []  # as far as others know
    world.now += 20
    assert (await world.memory.recall(isbn)).layer is Layer.LASTING
    assert prices(await world.process().recall(isbn)) == [usd(900)]


async def test_a_lost_database_is_not_missed_while_something_nearer_remembers() -> None:
    world, isbn = World(), an_isbn()
    await world.memory.recall(isbn)
    world.lasting.lost = True
    world.now += 20
    assert (await world.memory.recall(isbn)).layer is Layer.SHARED
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable):
            await world.memory.recall(an_isbn())


async def test_a_popular_book_stays_so_while_valkey_is_gone() -> None:
    world, isbn = World(), an_isbn()
    for _ in range(100):
        await world.memory.recall(isbn)
    world.now += 20
    tier = (await world.memory.recall(isbn)).tier
    world.shared.lost = True
    world.now += 20
    assert (await world.memory.recall(isbn)).tier is tier
    assert tier.name == "L2"
