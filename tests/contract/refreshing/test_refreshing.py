"""Who waits at which store, what readers ask for, and when stores did badly."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from application.prices.refreshing.ports import NOWHERE, Wait
from application.prices.store_outages import Outage, WrittenOutages
from domain.prices.estimates.demand import Interest
from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.isbn import Isbn
from tests.builders import NOON
from tests.contract.refreshing.conftest import World
from tests.price_builders import an_isbn, told

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
LATER = NOON + DAY


@pytest.fixture
def store() -> StoreName:
    return StoreName(f"store-{uuid4().hex}")


async def waiting(world: World, store: StoreName, *isbns: Isbn) -> None:
    await world.interests.note(dict.fromkeys(isbns, 1), NOON)
    await join(world, store)


async def join(world: World, store: StoreName) -> None:
    """All that moved waits in the seventh bucket, unless it waits already."""
    heads = (await world.queue.moved(store, LATER)).heads
    new = [replace(head.wait, bucket=7) for head in heads if head.wait.bucket == NOWHERE]
    await world.queue.put(store, new)


async def heads_of(world: World, store: StoreName, *isbns: Isbn, depth: int = 10_000) -> list[Isbn]:
    found = [head.wait.isbn for head in await world.queue.heads(store, depth)]
    return [isbn for isbn in found if isbn in isbns]


async def test_a_book_that_readers_come_to_want_waits_at_every_store_as_if_asked_for_a_day_ago(
    world: World, store: StoreName
) -> None:
    isbn, other = an_isbn(), StoreName(f"{store}-2")
    await world.interests.note({isbn: 1}, NOON)
    for name in (store, other):
        moved = await world.queue.moved(name, LATER)
        (head,) = [one for one in moved.heads if one.wait.isbn == isbn]
        assert head.wait == Wait(isbn, NOWHERE, LATER - DAY)
        assert head.told_at is None
        assert (head.evidence.changes, head.evidence.seconds) == (0.0, 0.0)
        await world.queue.put(name, [replace(head.wait, bucket=7)])
        (head,) = [one for one in await world.queue.heads(name, 10_000) if one.wait.isbn == isbn]
        assert head.wait == Wait(isbn, 7, LATER - DAY)


async def test_a_store_that_has_caught_up_hears_of_what_moved_since(world: World, store: StoreName) -> None:
    one, other = an_isbn(), an_isbn()
    await world.interests.note({one: 1, other: 1}, NOON)
    moved = await world.queue.moved(store, NOON + MINUTE)
    assert {one, other} <= {head.wait.isbn for head in moved.heads}
    assert moved.until == NOON
    await world.queue.catch_up(store, moved.until)
    await world.interests.note({other: 1}, NOON + 2 * MINUTE)
    after = [head.wait.isbn for head in (await world.queue.moved(store, NOON + 2 * MINUTE)).heads]
    assert other in after
    assert one not in after


async def test_the_oldest_of_each_bucket_come_first_and_no_more_than_wanted(
    world: World, store: StoreName
) -> None:
    books = [an_isbn() for _ in range(4)]
    await waiting(world, store, *books)
    places = [(63, 3), (63, 1), (0, 2), (63, 2)]
    waits = [
        Wait(isbn, bucket, NOON - 100 * DAY + n * MINUTE)
        for isbn, (bucket, n) in zip(books, places, strict=True)
    ]
    await world.queue.put(store, waits)
    assert await heads_of(world, store, *books) == [books[2], books[1], books[3], books[0]]
    assert await heads_of(world, store, *books, depth=2) == [books[2], books[1], books[3]]


async def test_a_head_knows_what_the_store_told_and_what_readers_want(world: World, store: StoreName) -> None:
    isbn = an_isbn()
    await waiting(world, store, isbn)
    await world.remember(told(isbn, 1_000, store=store, at=NOON + MINUTE))
    await world.interests.expect({isbn: 0.5}, LATER)
    (head,) = [one for one in await world.queue.heads(store, 10_000) if one.wait.isbn == isbn]
    assert head.told_at == head.asked_at == NOON + MINUTE
    assert head.expected == 0.5
    assert head.interest.weight_at(NOON.timestamp()) == pytest.approx(1.0)


async def test_questions_weigh_half_after_a_day_and_add_up(world: World, store: StoreName) -> None:
    isbn = an_isbn()
    await world.interests.note({isbn: 8}, NOON)
    await world.interests.note({isbn: 2}, LATER)
    await join(world, store)
    (head,) = [one for one in await world.queue.heads(store, 10_000) if one.wait.isbn == isbn]
    expected = Interest(8, NOON.timestamp()).asked(LATER.timestamp(), 2)
    at = (LATER + DAY).timestamp()
    assert head.interest.weight_at(at) == pytest.approx(expected.weight_at(at))


async def test_what_was_set_aside_waits_no_more_is_listed_and_can_be_sent_again(
    world: World, store: StoreName
) -> None:
    one, other = an_isbn(), an_isbn()
    await waiting(world, store, one, other)
    aside = [Wait(isbn, 7, LATER, 5, Missing.BROKEN) for isbn in (one, other)]
    await world.queue.put(store, aside)
    assert await heads_of(world, store, one, other) == []
    letters = await world.letters.all(store, 10)
    assert {(letter.isbn, letter.failures, letter.why, letter.since) for letter in letters} == {
        (isbn, 5, Missing.BROKEN, LATER) for isbn in (one, other)
    }
    assert len(await world.letters.all(store, 1)) == 1
    assert (await world.queue.standing(store, LATER)).set_aside == 2

    assert await world.letters.send_again(store, one) == 1
    assert await world.letters.send_again(store, one) == 0
    (head,) = [head for head in await world.queue.heads(store, 10_000) if head.wait.isbn == one]
    assert head.wait == Wait(one, 7, NOON)
    assert await world.letters.send_again(store, None) == 1
    assert await world.letters.all(store, 10) == []


async def test_a_store_that_told_a_reader_about_it_is_asked_again(world: World, store: StoreName) -> None:
    isbn = an_isbn()
    await waiting(world, store, isbn)
    await world.queue.put(store, [Wait(isbn, 7, NOON, 5, Missing.SLOW)])
    await join(world, store)
    assert await heads_of(world, store, isbn) == []
    await world.remember(told(isbn, store=store, at=LATER))
    await join(world, store)
    assert await heads_of(world, store, isbn) == [isbn]


async def test_the_price_of_a_call_is_known_to_all(world: World, store: StoreName) -> None:
    assert await world.queue.price(store) is None
    await world.queue.save_price(store, 0.25)
    await world.queue.save_price(store, 0.5)
    assert await world.queue.price(store) == 0.5


async def test_freshness_is_told_by_what_readers_ask_for_most(world: World, store: StoreName) -> None:
    # Far ahead, so that no other test's books weigh anything.
    at = NOON + 4_000 * DAY
    popular, rare = an_isbn(), an_isbn()
    await world.interests.note({popular: 9_000_000, rare: 1_000_000}, at)
    assert (await world.queue.standing(store, at)).fresh == pytest.approx(0.0)
    await world.remember(told(popular, store=store, at=at))
    assert (await world.queue.standing(store, at)).fresh == pytest.approx(0.9, abs=0.01)
    later = (await world.queue.standing(store, at + DAY)).fresh
    assert later == pytest.approx(0.9 * 0.716, abs=0.01)  # e to the power of -1/3: a change in three days
    await world.interests.forget(at + DAY, 10_000)


async def test_only_what_nobody_wants_any_more_is_forgotten(world: World, store: StoreName) -> None:
    old, new, expected = an_isbn(), an_isbn(), an_isbn()
    await world.interests.note({old: 1, expected: 1}, NOON - 400 * DAY)
    await world.interests.note({new: 1}, NOON)
    await world.interests.expect({expected: 1e-6}, NOON)
    await join(world, store)
    await world.queue.save_price(store, 1.0)
    assert await world.interests.forget(NOON - 30 * DAY, 10_000) >= 1
    assert set(await heads_of(world, store, old, new, expected)) == {new, expected}


async def test_what_is_expected_no_more_is_forgotten_at_the_next_look(world: World, store: StoreName) -> None:
    isbn, other = an_isbn(), an_isbn()
    await world.interests.expect({isbn: 0.25, other: 0.5}, NOON)
    await world.interests.expect({other: 0.75}, NOON)
    await join(world, store)
    found = {head.wait.isbn: head.expected for head in await world.queue.heads(store, 10_000)}
    assert (found[isbn], found[other]) == (0.0, 0.75)


async def test_a_season_is_known_when_a_year_is(world: World) -> None:
    christmas = NOON.replace(year=2031, month=12, day=20)
    await world.interests.note({an_isbn(): 40}, christmas)
    assert "" not in await world.interests.seasons(christmas)
    for weeks in range(1, 5):
        await world.interests.note({an_isbn(): 10}, christmas + weeks * timedelta(weeks=1))
    then, usual = (await world.interests.seasons(christmas + timedelta(weeks=52)))[""]
    assert (then, usual) == (40, 16)


async def test_an_outage_lasts_until_the_store_is_well_again(
    outages: WrittenOutages, store: StoreName
) -> None:
    await outages.end(store, NOON)
    await outages.begin(store, NOON, refused=False)
    await outages.begin(store, NOON + MINUTE, refused=True)
    assert (await outages.since(LATER))[store] == [Outage(NOON, None, refused=True)]
    await outages.end(store, NOON + 2 * MINUTE)
    await outages.end(store, NOON + 3 * MINUTE)
    await outages.begin(store, NOON + DAY, refused=False)
    both = (await outages.since(NOON))[store]
    assert both == [
        Outage(NOON, NOON + 2 * MINUTE, refused=True),
        Outage(NOON + DAY, None, refused=False),
    ]
    assert (await outages.since(NOON + 3 * MINUTE))[store] == both[1:]
