"""Keeping prices fresh: hours that are played in a moment, in a thread with a clock of its own."""

import asyncio
from dataclasses import dataclass, field, replace

from domain.prices.store import RateLimit, StoreSlow
from domain.shared.isbn import Isbn
from tests.bdd.story import Story
from tests.bdd.words import given, then, when
from tests.contract.turns.virtual import virtually
from tests.price_builders import an_isbn
from tests.price_world import BEGAN, LoopClock
from tests.refreshing_world import NAME, RefreshingWorld

BATCH = 5.0  # minutes


@dataclass
class Refreshing:
    """The shop of one scenario; its clock begins anew with each stretch of time, and goes on from there."""

    world: RefreshingWorld = field(default_factory=RefreshingWorld)
    titles: dict[str, Isbn] = field(default_factory=dict)
    wanted: dict[Isbn, int] = field(default_factory=dict)
    passed: float = 0.0

    def book(self, title: str) -> Isbn:
        return self.titles.setdefault(title, an_isbn())

    def asked(self, isbn: Isbn | None = None) -> int:
        return sum(isbn in {None, about} for _, about in self.world.store.asked_about)

    async def keep_fresh(self, minutes: float) -> None:
        self.world.stop = asyncio.Event()
        await asyncio.sleep(self.passed)
        if self.wanted:
            await self.world.kept.note(self.wanted, LoopClock().now())
            self.wanted = {}
        for _ in range(round(minutes / BATCH)):
            await self.world.batch(BATCH)
        await self.world.outages.settle()
        self.passed = (LoopClock().now() - BEGAN).total_seconds()


def kept(story: Story) -> Refreshing:
    assert isinstance(story.last, Refreshing)
    return story.last


def open_bookstore(story: Story, limit: RateLimit) -> None:
    story.last = Refreshing()
    store = kept(story).world.store
    store.terms = replace(store.terms, limits=(limit,))


@given("a bookstore that may be asked {calls:d} times a second")
async def _(story: Story, calls: int) -> None:
    open_bookstore(story, RateLimit(calls, 1))


@given("a bookstore that may be asked once a minute")
async def _(story: Story) -> None:
    open_bookstore(story, RateLimit(1, 60))


@given('readers compare the prices of "{title}" {times:d} times')
async def _(story: Story, title: str, times: int) -> None:
    kept(story).wanted[kept(story).book(title)] = times


@given('readers compare the prices of "{title}" once')
async def _(story: Story, title: str) -> None:
    kept(story).wanted[kept(story).book(title)] = 1


@given("readers compare the prices of {books:d} books")
async def _(story: Story, books: int) -> None:
    for number in range(books):
        kept(story).wanted[kept(story).book(f"book {number}")] = 1


@given("the shop is two minutes behind with its own work")
async def _(story: Story) -> None:
    kept(story).world.pressure.behind = 120.0


@given('the bookstore fails whenever it is asked about "{title}"')
async def _(story: Story, title: str) -> None:
    kept(story).world.store.hates = {kept(story).book(title)}


@given("the bookstore answers nobody")
async def _(story: Story) -> None:
    kept(story).world.store.fails = StoreSlow("Nobody there.")


@when("the bookstore is back")
async def _(story: Story) -> None:
    kept(story).world.store.fails = None


@when("the shop keeps its prices fresh for {hours:d} hours")
async def _(story: Story, hours: int) -> None:
    await asyncio.to_thread(virtually, kept(story).keep_fresh(60.0 * hours))


@when("the shop keeps its prices fresh for 1 hour")
async def _(story: Story) -> None:
    await asyncio.to_thread(virtually, kept(story).keep_fresh(60.0))


@when('staff has "{title}" sent again, and the bookstore knows it now')
async def _(story: Story, title: str) -> None:
    kept(story).world.store.hates = set()
    assert await kept(story).world.kept.send_again(NAME, kept(story).book(title)) == 1


@then('the bookstore was asked about "{more}" more often than about "{less}"')
async def _(story: Story, more: str, less: str) -> None:
    refreshing = kept(story)
    assert refreshing.asked(refreshing.book(more)) > refreshing.asked(refreshing.book(less))


@then('the bookstore was asked about "{title}" at least once')
async def _(story: Story, title: str) -> None:
    assert kept(story).asked(kept(story).book(title)) >= 1


@then('the bookstore was asked about "{title}" at least {times:d} times')
async def _(story: Story, title: str, times: int) -> None:
    assert kept(story).asked(kept(story).book(title)) >= times


@then('the bookstore was asked about "{title}" at most {times:d} times')
async def _(story: Story, title: str, times: int) -> None:
    assert kept(story).asked(kept(story).book(title)) <= times


@then("the bookstore was asked {times:d} times")
async def _(story: Story, times: int) -> None:
    assert kept(story).asked() == times


@then("the bookstore was asked at most {times:d} times")
async def _(story: Story, times: int) -> None:
    assert 1 <= kept(story).asked() <= times


@then("the bookstore was asked about all {books:d} books")
async def _(story: Story, books: int) -> None:
    told = {isbn for isbn, _ in kept(story).world.work.prices.kept}
    assert len(told) == books


@then('"{title}" is set aside at the bookstore, and nothing else')
async def _(story: Story, title: str) -> None:
    letters = await kept(story).world.kept.all(NAME, 10)
    assert [letter.isbn for letter in letters] == [kept(story).book(title)]


@then("nothing is set aside at the bookstore")
async def _(story: Story) -> None:
    assert await kept(story).world.kept.all(NAME, 10) == []
