"""The index follows the catalogue, whatever happens to either."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from application.search.audit_index import AuditIndex, IndexReport
from application.search.document import Versioned
from application.search.index_works import MOST_NAMED
from application.search.ports import SearchIndex
from application.shared.answers import ABOUT_NEW_WORKS, Answer, about_word, about_work
from domain.shared.ids import WorkId
from tests.fakes.search import InMemoryIndex
from tests.unit.search.shop import Shop


def held(shop: Shop) -> dict[WorkId, int]:
    return {work: one.version for work, one in shop.index.documents().items()}


async def audit(shop: Shop, index: SearchIndex | None = None) -> IndexReport:
    return await AuditIndex(shop.documents, index or shop.index, shop.clock, shop.measurements)()


async def test_a_new_shop_builds_its_index_by_itself() -> None:
    shop = Shop()
    works = [shop.sells(f"Book {number}") for number in range(5)]

    await shop.indexed()

    assert held(shop) == dict.fromkeys(works, 1)


async def test_a_change_is_brought_once_it_is_marked() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()
    shop.works = [replace(shop.works[0], sold=5)]
    shop.clock.move(timedelta(seconds=1))

    await shop.documents.mark([work], shop.clock.now())
    await shop.indexed()

    assert shop.index.documents()[work].document.sold == 5
    assert held(shop) == {work: 2}


async def test_a_mark_without_a_change_brings_nothing() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()

    await shop.documents.mark([work], shop.clock.now())
    await shop.indexed()

    assert held(shop) == {work: 1}


async def test_what_leaves_the_shop_leaves_the_index() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()
    shop.works = [replace(shop.works[0], editions=[])]

    await shop.documents.mark([work], shop.clock.now())
    await shop.indexed()

    assert held(shop) == {}


async def test_while_the_engine_is_away_the_database_goes_on_and_nothing_is_lost() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()
    shop.index.down = True
    shop.works = [replace(shop.works[0], sold=5)]
    await shop.documents.mark([work], shop.clock.now())

    await shop.index_works()
    done, trouble = await shop.index_works()

    assert shop.documents.made[work].document.sold == 5
    assert done == 0
    assert trouble is not None
    await shop.index_works.measure()
    assert shop.measurements.unsearched[0] == 1
    shop.index.down = False
    await shop.indexed()
    assert held(shop) == {work: 2}


async def test_what_was_answered_before_the_index_knew_a_change_is_not_given_again() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()
    before = await shop.answers.find(b"emma?", oldest=60, early=60)
    await shop.answers.keep(b"emma?", Answer(b"old", "1", frozenset({about_work(work)})), before.ticket, 60)
    shop.works = [replace(shop.works[0], sold=5)]

    await shop.documents.mark([work], shop.clock.now())
    await shop.indexed()

    assert (await shop.answers.find(b"emma?", oldest=60, early=60)).answer is None


async def test_a_lost_cache_holds_up_no_index() -> None:
    shop = Shop()
    shop.answers.lost = True
    work = shop.sells("Emma")
    await shop.indexed()
    shop.works = [replace(shop.works[0], sold=5)]

    await shop.documents.mark([work], shop.clock.now())
    await shop.indexed()

    assert held(shop) == {work: 2}


async def test_an_emptied_engine_is_filled_again_though_nothing_changes() -> None:
    shop = Shop()
    works = [shop.sells(f"Book {number}") for number in range(5)]
    await shop.indexed()
    shop.index.lose_everything()

    await shop.indexed()

    assert set(held(shop)) == set(works)


class MeanwhileChanged(InMemoryIndex):
    """While a collection is filled, somebody changes a work that is in it already."""

    shop: Shop | None = None

    async def put(self, collection: str, documents: Sequence[Versioned]) -> None:
        await super().put(collection, documents)
        if self.shop is not None:
            shop, self.shop = self.shop, None
            shop.works[0] = replace(shop.works[0], sold=77)
            shop.clock.move(timedelta(seconds=1))
            await shop.documents.mark([shop.works[0].id], shop.clock.now())
            await shop.documents.renew(10, shop.clock.now())
            portion = await shop.documents.unindexed(10)
            assert portion.collection is not None
            await super().put(portion.collection, portion.documents)  # the old collection, still searched
            await shop.documents.indexed(portion.generation, portion.documents)


async def test_what_changes_while_the_index_is_rebuilt_is_in_the_new_one() -> None:
    index = MeanwhileChanged()
    shop = Shop(index=index)
    for number in range(5):
        shop.sells(f"Book {number}")
    await shop.indexed()
    told = list[tuple[int, int]]()
    index.shop = shop
    shop.clock.move(timedelta(seconds=1))

    brought = await shop.rebuild(lambda done, of: told.append((done, of)))
    await shop.indexed()

    assert brought == 5
    assert (told[0], told[-1]) == ((0, 5), (5, 5))
    assert shop.index.documents()[shop.works[0].id].document.sold == 77
    assert (await audit(shop)).drifted == 0


async def test_an_audit_of_a_sound_index_finds_nothing() -> None:
    shop = Shop()
    for number in range(5):
        shop.sells(f"Book {number}")
    await shop.indexed()

    assert await audit(shop) == IndexReport(works=5, documents_differed=0, missing=0, outdated=0, foreign=0)


async def test_an_audit_finds_and_mends_whatever_is_wrong() -> None:
    shop = Shop()
    works = [shop.sells(f"Book {number}") for number in range(4)]
    await shop.indexed()
    kept = shop.index.documents()
    stranger = WorkId(works[0].__class__(int=999))
    kept[stranger] = kept[works[0]]
    del kept[works[1]]
    kept[works[2]] = replace(kept[works[2]], version=0)
    shop.works[3] = replace(shop.works[3], sold=9)  # and nobody marked it

    report = await audit(shop)

    assert (report.documents_differed, report.missing, report.outdated, report.foreign) == (1, 1, 1, 1)
    await shop.indexed()
    assert (await audit(shop)).drifted == 0
    assert set(held(shop)) == set(works)


async def test_what_still_waits_for_the_index_is_no_drift() -> None:
    shop = Shop()
    shop.sells("Emma")
    await shop.indexed()
    late = shop.sells("Persuasion")
    await shop.documents.mark([late], shop.clock.now())
    await shop.documents.renew(10, shop.clock.now())

    assert (await audit(shop)).drifted == 0


async def kept(shop: Shop, tag: str) -> bool:
    """Whether an answer with that tag outlives it when whatever is marked gets into the index."""
    spot = await shop.answers.find(tag.encode(), oldest=60, early=60)
    await shop.answers.keep(tag.encode(), Answer(b"said", "1", frozenset({tag})), spot.ticket, 60)
    await shop.indexed()
    return (await shop.answers.find(tag.encode(), oldest=60, early=60)).answer is not None


@pytest.mark.parametrize("tag", [about_word("whale"), about_word("melville"), ABOUT_NEW_WORKS])
async def test_answers_that_a_new_work_would_be_among_are_forgotten_when_it_can_be_found(tag: str) -> None:
    shop = Shop()
    shop.sells("Emma")
    await shop.indexed()

    await shop.documents.mark([shop.sells("The Whale", "Herman Melville")], shop.clock.now())

    assert not await kept(shop, tag)
    assert await kept(shop, about_word("emma"))


async def test_a_change_of_what_is_known_spares_answers_to_its_words() -> None:
    shop = Shop()
    work = shop.sells("Emma")
    await shop.indexed()
    shop.works = [replace(shop.works[0], sold=5)]
    await shop.documents.mark([work], shop.clock.now())

    assert await kept(shop, about_word("emma"))


async def test_an_import_empties_the_caches_once() -> None:
    shop = Shop()
    shop.sells("Emma")
    await shop.indexed()
    works = [shop.sells(f"Volume {number}") for number in range(MOST_NAMED + 1)]
    await shop.documents.mark(works, shop.clock.now())

    assert not await kept(shop, about_word("emma"))
    assert await kept(shop, about_word("emma"))
