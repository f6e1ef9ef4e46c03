"""What the documents of a shop do, in memory and in PostgreSQL."""

from datetime import timedelta

import pytest

from tests.contract.search.catalogued import NOON, Catalogued, Documented, RememberedCatalogue

LATER = NOON + timedelta(hours=1)


@pytest.fixture(params=["memory", "postgres"])
def some_shop(request: pytest.FixtureRequest) -> Documented:
    """Where works may be left of other tests."""
    if request.param == "memory":
        return RememberedCatalogue()
    return Catalogued(request.getfixturevalue("catalogue_database"))


@pytest.fixture
async def shop(some_shop: Documented) -> Documented:
    return await some_shop.emptied()


async def test_a_marked_work_gets_its_document(shop: Documented) -> None:
    work = await shop.work("Emma")
    await shop.book(work, price=1299)
    await shop.book(work, price=499)
    assert await shop.everything() == {}
    assert (await shop.documents.renew(10, NOON)).marks == 1
    made = await shop.of(work)
    assert (made.version, made.document.prices) == (1, (499, 1299))
    assert made.document.title.startswith("Emma")
    assert (await shop.documents.renew(10, NOON)).marks == 0


async def test_only_what_differs_gets_another_version(shop: Documented) -> None:
    work = await shop.on_sale()
    await shop.documents.mark([work], NOON)
    await shop.renewed()
    assert (await shop.of(work)).version == 1
    await shop.changed(work, price=1)
    assert ((await shop.of(work)).version, (await shop.of(work)).document.prices) == (2, (1,))


async def test_a_work_that_leaves_the_shop_leaves_a_tombstone(shop: Documented) -> None:
    work, staying = await shop.on_sale(), await shop.on_sale()
    await shop.confirm()
    await shop.withdraw(work)
    await shop.documents.mark([work], NOON)
    await shop.renewed()
    [gone] = (await shop.documents.unindexed(10)).documents
    assert (gone.document.work_id, gone.document.on_sale, gone.version) == (work, False, 2)
    assert (await shop.everything()).keys() == {staying}
    assert set(await shop.documents.on_sale([work, staying])) == {staying}
    assert await shop.documents.count() == 1


async def test_the_longest_marked_is_renewed_first(shop: Documented) -> None:
    late, early = await shop.work(), await shop.work()
    await shop.unmark()
    await shop.documents.mark([late], NOON)
    await shop.documents.mark([early], NOON - timedelta(seconds=1))
    assert (await shop.documents.renew(1, NOON)).marks == 1
    assert await shop.waiting() == {early}


async def test_a_confirmed_document_waits_no_more(shop: Documented) -> None:
    work = await shop.on_sale()
    assert await shop.confirmed() == {work: 0}
    await shop.confirm()
    assert await shop.waiting() == set()
    assert await shop.confirmed() == {work: 1}
    await shop.changed(work, price=1)
    assert await shop.confirmed() == {work: 0}


async def test_the_longest_waiting_is_brought_first(shop: Documented) -> None:
    late, early = await shop.on_sale(), await shop.on_sale()
    await shop.confirm()
    await shop.changed(late, price=1, at=LATER)
    await shop.changed(early, price=1, at=NOON)
    [first] = (await shop.documents.unindexed(1)).documents
    assert first.document.work_id == early


async def test_the_word_of_an_older_version_does_not_count(shop: Documented) -> None:
    work = await shop.on_sale()
    old = await shop.documents.unindexed(10)
    await shop.changed(work, price=1)
    await shop.documents.indexed(old.generation, old.documents)
    assert await shop.waiting() == {work}


async def test_the_word_of_another_generation_does_not_count(shop: Documented) -> None:
    work = await shop.on_sale()
    old = await shop.documents.unindexed(10)
    await shop.documents.begin_generation("works_2", NOON - timedelta(days=1))
    await shop.documents.indexed(old.generation, old.documents)
    assert await shop.waiting() == {work}
    new = await shop.documents.unindexed(10)
    assert (new.collection, new.generation) == ("works_2", old.generation + 1)
    await shop.documents.indexed(new.generation, new.documents)
    assert await shop.waiting() == set()


async def test_a_new_generation_waits_for_what_changed_since_it_began_to_be_built(shop: Documented) -> None:
    _, new = await shop.on_sale(), await shop.on_sale()
    await shop.confirm()
    await shop.changed(new, price=1, at=LATER)
    await shop.confirm()
    await shop.documents.begin_generation("works_4", LATER)
    assert await shop.waiting() == {new}


async def test_what_the_index_lost_waits_for_it_anew(shop: Documented) -> None:
    lost, _ = await shop.on_sale(), await shop.on_sale()
    await shop.confirm()
    await shop.documents.forget_index([lost])
    assert await shop.waiting() == {lost}


async def test_the_backlog_counts_works_from_the_oldest(shop: Documented) -> None:
    assert (await shop.documents.backlog()).oldest is None
    work = await shop.on_sale()
    await shop.work()
    await shop.documents.mark([work], NOON - timedelta(minutes=1))
    backlog = await shop.documents.backlog()
    assert (backlog.works, backlog.oldest) == (2, NOON - timedelta(minutes=1))


async def test_where_there_is_no_index_nothing_is_behind_it(shop: Documented) -> None:
    await shop.on_sale()
    assert (await shop.documents.backlog()).works == 1
    assert (await shop.documents.backlog(indexed=False)).works == 0


async def test_a_recheck_mends_what_nobody_marked(shop: Documented) -> None:
    works = [await shop.on_sale() for _ in range(5)]
    await shop.lose_document(works[0])
    await shop.reprice(works[3], 77)
    after, differed = None, 0
    while True:
        after, found = await shop.documents.recheck(after, 2, NOON)
        differed += found
        if after is None:
            break
    assert differed == 2
    documents = await shop.everything()
    assert documents.keys() == set(works)
    assert documents[works[3]].document.prices == (77,)


async def test_works_without_a_document_are_marked_once(shop: Documented) -> None:
    for _ in range(3):
        await shop.work()
    await shop.unmark()
    assert [await shop.documents.mark_unknown(2, NOON) for _ in range(3)] == [2, 1, 0]
    await shop.renewed()
    assert await shop.documents.mark_unknown(2, NOON) == 0


async def test_everything_comes_in_the_order_in_which_works_came(shop: Documented) -> None:
    works = [await shop.on_sale() for _ in range(3)]
    assert list(await shop.everything()) == works
    assert await shop.documents.count() == 3
