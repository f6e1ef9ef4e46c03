"""In PostgreSQL documents equal the catalogue, whoever renews them and whatever happens meanwhile."""

import asyncio
from datetime import date

import pytest

from adapters.postgres.database import Database
from adapters.postgres.search import documents_sql
from adapters.postgres.statement import Statement
from domain.books.work import Series
from domain.shared.edition_format import Format
from tests.contract.search.catalogued import NOON, Catalogued

SOON = 0.05  # seconds in which what is not held up has long happened


@pytest.fixture
async def shop(catalogue_database: Database) -> Catalogued:
    return await Catalogued(catalogue_database).emptied()


async def test_a_document_says_what_the_catalogue_knows(shop: Catalogued) -> None:
    work = await shop.work(
        "Emma", series=Series("Highbury", "1"), first_published=1815, description="A match."
    )
    await shop.book(work, price=1299, copies=0, categories=["romance"])
    ebook = await shop.book(work, Format.EBOOK, price=499, details={"summary": "Four weddings."})
    await shop.run("UPDATE books SET sold = 9, sold_lately = 7 WHERE id = %(book)s", book=ebook)
    await shop.run("INSERT INTO work_ratings (work_id, threes, fours) VALUES (%(work)s, 1, 2)", work=work)
    await shop.renewed()
    document = (await shop.of(work)).document
    assert document.title.startswith("Emma ")
    assert document.authors == ("Jane Austen",)
    assert document.author_keys == ("jane-austen",)
    assert (document.series, document.series_words) == ("Highbury", "highbury 1")
    assert document.description_words == "a match four weddings"
    assert document.categories == ("fiction", "romance")
    assert document.formats == ("ebook", "paperback")
    assert document.languages == ("en",)
    assert (document.prices, document.min_price) == ((499, 1299), 499)
    assert len(document.isbns) == 2
    assert (document.year, document.released) == (1815, date(2020, 2, 29).toordinal())
    assert (document.sold, document.available) == (7, True)
    assert (document.rating, document.rating_count, document.stars) == (367, 3, 3)


async def test_copies_on_hold_are_not_available(shop: Catalogued) -> None:
    work = await shop.work()
    book = await shop.book(work, copies=2)
    await shop.run("UPDATE stock SET held = 2 WHERE book_id = %(book)s", book=book)
    await shop.renewed()
    assert not (await shop.of(work)).document.available
    await shop.run("UPDATE stock SET held = 1 WHERE book_id = %(book)s", book=book)
    await shop.documents.mark_books([book], NOON)
    await shop.renewed()
    assert (await shop.of(work)).document.available


async def test_a_document_comes_with_what_its_work_is_about(shop: Catalogued) -> None:
    work, other = await shop.on_sale(), await shop.on_sale()
    await shop.run("INSERT INTO work_embeddings VALUES (%(work)s, %(vector)s::real[])",
                   work=work, vector=[1.0, *[0.0] * 383])  # fmt: skip
    vectors = {one.document.work_id: one.vector for one in (await shop.documents.unindexed(10)).documents}
    assert (list(vectors[work] or ())[:2], vectors[other]) == ([1.0, 0.0], None)


async def test_what_is_no_work_is_forgotten(shop: Catalogued) -> None:
    work = await shop.work()
    await shop.run("DELETE FROM work_authors WHERE work_id = %(work)s", work=work)
    await shop.run("DELETE FROM works WHERE id = %(work)s", work=work)
    assert (await shop.documents.renew(10, NOON)).marks == 1
    assert (await shop.documents.backlog()).works == 0


async def test_a_mark_made_during_a_renewal_is_not_lost(shop: Catalogued) -> None:
    work = await shop.on_sale()
    await shop.reprice(work, 2)
    await shop.documents.mark([work], NOON)
    async with shop.database.transaction() as other:
        await other.one(Statement("SELECT FROM search_documents WHERE work_id = %(id)s FOR UPDATE"), id=work)
        renewal = asyncio.create_task(shop.documents.renew(10, NOON))
        await asyncio.sleep(SOON)  # it has read the catalogue, and waits to write
        await shop.reprice(work, 3)
        await shop.documents.mark([work], NOON)
    assert (await renewal).marks == 1
    assert (await shop.of(work)).document.prices == (2,)
    assert (await shop.documents.renew(10, NOON)).marks == 1
    assert (await shop.of(work)).document.prices == (3,)


async def test_two_renewers_and_a_writer_end_with_what_the_writer_wrote_last(shop: Catalogued) -> None:
    works = [await shop.on_sale() for _ in range(4)]
    prices = range(1, 16)
    writing = True

    async def write() -> None:
        nonlocal writing
        for price in prices:
            for work in works:
                await shop.reprice(work, price)
                await shop.documents.mark([work], NOON)
        writing = False

    async def renew() -> None:
        while writing:
            await shop.documents.renew(3, NOON)

    await asyncio.gather(write(), renew(), renew())
    await shop.renewed()
    assert [(await shop.of(work)).document.prices for work in works] == [(prices[-1],)] * len(works)
    assert await shop.documents.recheck(None, 10, NOON) == (None, 0)


async def test_new_works_are_made_once_however_many_renew(shop: Catalogued) -> None:
    works = [await shop.work() for _ in range(6)]
    for work in works:
        await shop.book(work)
    await asyncio.gather(*(shop.documents.renew(2, NOON) for _ in range(6)))
    assert {work: one.version for work, one in (await shop.everything()).items()} == dict.fromkeys(works, 1)


async def test_the_word_of_an_older_version_does_not_count_while_the_newer_is_being_written(
    shop: Catalogued,
) -> None:
    work = await shop.on_sale()
    old = await shop.documents.unindexed(10)
    async with shop.database.transaction() as renewing:
        newer = "UPDATE search_waiting SET version = 2 WHERE work_id = %(work)s"
        await renewing.run(Statement(newer), work=work)
        word = asyncio.create_task(shop.documents.indexed(old.generation, old.documents))
        await asyncio.sleep(SOON)
    await word
    assert await shop.waiting() == {work}


async def test_the_word_of_a_generation_that_is_ending_does_not_count(shop: Catalogued) -> None:
    work = await shop.on_sale()
    old = await shop.documents.unindexed(10)
    async with shop.database.transaction() as beginning:
        await beginning.run(documents_sql.NEW_GENERATION, collection="works_3")
        word = asyncio.create_task(shop.documents.indexed(old.generation, old.documents))
        await asyncio.sleep(SOON)
    await word
    assert await shop.waiting() == {work}
