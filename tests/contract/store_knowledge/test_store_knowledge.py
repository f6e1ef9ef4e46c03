"""What is learnt of stores and doubted of their prices, in memory and in PostgreSQL."""

from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.postgres.repositories.price_doubts import PostgresDoubts
from adapters.postgres.repositories.store_experience import PostgresStoreExperiences
from application.prices.store_experience import StoreExperiences
from domain.prices.doubt import Doubt, DoubtNotFound, Doubts, SamePrice, Standing
from domain.prices.estimates.experience import Experience, Trade
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import StoreName
from domain.shared.money import Money
from tests.builders import NOON
from tests.fakes.store_knowledge import InMemoryDoubts, InMemoryStoreExperiences
from tests.price_builders import an_isbn, offer

AT = NOON.timestamp()


@pytest.fixture(params=["memory", "postgres"])
def experiences(request: pytest.FixtureRequest) -> StoreExperiences:
    if request.param == "memory":
        return InMemoryStoreExperiences()
    return PostgresStoreExperiences(request.getfixturevalue("database"))


@pytest.fixture(params=["memory", "postgres"])
def doubts(request: pytest.FixtureRequest) -> Doubts:
    if request.param == "memory":
        return InMemoryDoubts()
    return PostgresDoubts(request.getfixturevalue("database"))


def doubt() -> Doubt:
    return Doubt(uuid4(), offer(an_isbn(), 300), Money(2_000, "USD"), NOON)


async def test_lessons_add_up_whoever_learnt_them(experiences: StoreExperiences) -> None:
    store = StoreName(f"store-{uuid4().hex}")
    one = Experience(StoreModel(at=AT).answered(0.1, AT), right=1, calls=1, seconds=0.5)
    other = Experience(StoreModel(at=AT).answered(None, AT), wrong=2, calls=1, seconds=1.5)
    await experiences.add({(store, Trade.NEW): one})
    await experiences.add({(store, Trade.NEW): other, (store, Trade.SECOND_HAND): one})
    known = await experiences.all()
    assert known[store, Trade.NEW] == one.merged(other)
    assert known[store, Trade.SECOND_HAND] == one
    assert known[store, Trade.NEW].latency == 1.0


async def test_a_price_is_doubted_once(doubts: Doubts) -> None:
    first = doubt()
    await doubts.add([first])
    again = Doubt(uuid4(), first.offer, first.usual, NOON + timedelta(hours=1))
    await doubts.add([again])
    known = await doubts.about(first.offer.isbn)
    assert known == {SamePrice.of(first.offer): first}


async def test_what_staff_decided_outranks_what_the_store_says(doubts: Doubts) -> None:
    first = doubt()
    await doubts.add([first])
    told_by_store = await doubts.get(first.id)
    told_by_store.hear_again(None, NOON)
    first.reject(uuid4(), NOON)
    await doubts.save(first)
    await doubts.save(told_by_store)
    assert (await doubts.get(first.id)).standing is Standing.REJECTED


async def test_what_is_settled_waits_no_more(doubts: Doubts) -> None:
    first, second = doubt(), doubt()
    await doubts.add([first, second])
    first.approve(uuid4(), NOON)
    await doubts.save(first)
    waiting = {one.id for one in await doubts.waiting(1_000)}
    assert second.id in waiting
    assert first.id not in waiting


async def test_what_was_never_doubted_is_not_found(doubts: Doubts) -> None:
    with pytest.raises(DoubtNotFound):
        await doubts.get(uuid4())


async def test_old_doubts_are_forgotten_whatever_became_of_them(doubts: Doubts) -> None:
    old, decided, new = doubt(), doubt(), doubt()
    old.since = decided.since = NOON - timedelta(days=300)
    decided.reject(uuid4(), NOON)
    await doubts.add([old, decided, new])
    await doubts.save(decided)
    assert await doubts.forget(NOON - timedelta(days=299)) >= 2
    for forgotten in (old, decided):
        with pytest.raises(DoubtNotFound):
            await doubts.get(forgotten.id)
    assert await doubts.get(new.id) == new
