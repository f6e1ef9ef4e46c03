"""What is kept of works' embeddings, in memory and in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import pytest

from adapters.postgres.database import Database
from adapters.postgres.leadership import EMBEDDER, Leadership
from application.search.embed_works import EmbedWorks
from application.search.work_embeddings import EmbeddedWork, Standing, ToldWork
from domain.search.meaning import content_hash
from domain.shared.ids import WorkId
from entrypoints.worker.embedding import Embedding
from tests.contract.embeddings.worlds import MemoryWorld, PostgresWorld, World
from tests.contract.search.catalogued import NOON, Catalogued
from tests.fakes.embeddings import BagOfWordsEmbedder
from tests.fakes.time import StandingClock

MODEL = "model-1"


def towards(direction: int) -> list[float]:
    """A vector of length 1."""
    return [float(place == direction) for place in range(384)]


@pytest.fixture(scope="module")
async def embedded_database(make_shop_database: Callable[[], str]) -> AsyncIterator[Database]:
    database = Database(make_shop_database())
    await database.open()
    async with database.connection() as connection:
        await connection.raw.execute("INSERT INTO categories VALUES ('fiction', 'Fiction', NULL, 1),"
                                     " ('romance', 'Love stories', 'fiction', 2)")  # fmt: skip
    yield database
    await database.close()


@pytest.fixture
async def shop(embedded_database: Database) -> Catalogued:
    """Empty but for two shelves."""
    shop = Catalogued(embedded_database)
    await shop.run("TRUNCATE search_documents, search_marks, search_waiting, search_words, works CASCADE")
    return shop


@pytest.fixture(params=["memory", "postgres"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "memory":
        return MemoryWorld()
    return PostgresWorld(request.getfixturevalue("shop"))


async def changed(world: World, model: str = MODEL, after: int = 0) -> list[ToldWork]:
    return list(await world.embeddings.changed(model, after, 100))


async def keep(
    world: World, told: ToldWork, embedding: Sequence[float] | None, model: str = MODEL, version: int = 0
) -> None:
    kept = EmbeddedWork(
        work_id=told.work_id,
        version=version or told.version,
        content_hash=content_hash(model, told.text),
        embedding=embedding,
    )
    await world.embeddings.keep(model, [kept], NOON)


async def ids(world: World, model: str = MODEL) -> set[WorkId]:
    return {told.work_id for told in await changed(world, model)}


async def test_what_was_never_looked_at_comes_in_the_order_of_ordinals(world: World) -> None:
    works = [await world.work(f"Work {number}") for number in range(3)]
    first, *others = await changed(world)
    assert [first.work_id, *(told.work_id for told in others)] == works
    assert first.known is None
    assert [told.work_id for told in await changed(world, after=first.ordinal)] == works[1:]
    assert len(await world.embeddings.changed(MODEL, 0, limit=2)) == 2


async def test_a_work_that_was_embedded_is_done_with(world: World) -> None:
    work = await world.work("Emma")
    await keep(world, (await changed(world))[0], towards(7))
    assert await changed(world) == []
    assert await world.vector(work) == pytest.approx(towards(7))
    assert await world.embeddings.standing(MODEL) == Standing(works=1, embedded=1)


async def test_another_model_looks_at_everything(world: World) -> None:
    work = await world.work("Emma")
    await keep(world, (await changed(world))[0], towards(7))
    assert await ids(world, "model-2") == {work}
    assert await world.embeddings.standing("model-2") == Standing(works=1, embedded=0)


async def test_a_work_whose_document_moved_is_looked_at_with_what_is_known_of_it(world: World) -> None:
    work = await world.work("Emma")
    [before] = await changed(world)
    await keep(world, before, towards(7))
    await world.reprice(work)
    [after] = await changed(world)
    assert (after.text, after.known) == (before.text, content_hash(MODEL, before.text))
    await world.retitle(work, "Emma and Her Sisters")
    [retitled] = await changed(world)
    assert "Emma and Her Sisters" in retitled.text
    assert retitled.known == content_hash(MODEL, before.text)


async def test_the_index_hears_of_a_new_embedding(world: World) -> None:
    work = await world.work("Emma")
    await world.index_has_all()
    await keep(world, (await changed(world))[0], towards(7))
    assert await world.waits_for_index(work)


async def test_the_index_is_left_in_peace_where_the_embedding_holds(world: World) -> None:
    work = await world.work("Emma")
    await keep(world, (await changed(world))[0], towards(7))
    await world.reprice(work)
    await world.index_has_all()
    await keep(world, (await changed(world))[0], None)
    assert not await world.waits_for_index(work)
    assert await changed(world) == []
    assert await world.vector(work) == pytest.approx(towards(7))


async def test_a_work_that_moved_while_the_model_thought_is_looked_at_again(world: World) -> None:
    work = await world.work("Emma")
    [told] = await changed(world)
    await world.retitle(work, "Emma and Her Sisters")
    await keep(world, told, towards(7))
    assert await ids(world) == {work}


async def test_what_was_noted_later_stays(world: World) -> None:
    work = await world.work("Emma")
    [told] = await changed(world)
    await world.reprice(work)
    await keep(world, (await changed(world))[0], towards(8))
    await keep(world, told, towards(7))
    assert await world.vector(work) == pytest.approx(towards(8))
    assert await changed(world) == []


async def test_a_text_tells_of_author_series_shelves_and_contents(shop: Catalogued) -> None:
    work = await shop.work("Emma", description="A match is made.")
    await shop.run("UPDATE works SET series_name = 'Highbury', series_number = '1'")
    await shop.book(work, categories=["romance"])
    await shop.renewed()
    [told] = await changed(PostgresWorld(shop))
    title, _, rest = told.text.partition(" by ")
    assert title.startswith("Emma ")
    assert rest == "Jane Austen. Highbury 1. Fiction, Love stories. A match is made."


async def test_without_a_description_an_editions_summary_tells(shop: Catalogued) -> None:
    work = await shop.work("Emma")
    await shop.book(work, details={"summary": "Of matches."})
    await shop.renewed()
    [told] = await changed(PostgresWorld(shop))
    assert told.text.endswith(" by Jane Austen. Of matches.")


async def test_what_left_the_shop_is_not_embedded(shop: Catalogued) -> None:
    work = await shop.on_sale()
    await shop.run("UPDATE books SET withdrawn_at = now()")
    await shop.documents.mark([work], NOON)
    await shop.renewed()
    assert await changed(PostgresWorld(shop)) == []


async def test_an_older_states_confirmation_does_not_swallow_an_embedding(shop: Catalogued) -> None:
    world, work = PostgresWorld(shop), await shop.on_sale()
    on_its_way = await shop.documents.unindexed(100)
    await keep(world, (await changed(world))[0], towards(7))
    await shop.documents.indexed(on_its_way.generation, on_its_way.documents)
    assert await world.waits_for_index(work)
    [brought] = (await shop.documents.unindexed(100)).documents
    assert brought.vector == pytest.approx(towards(7))


async def test_the_shop_embeds_by_itself_one_process_at_a_time(shop: Catalogued) -> None:
    work, embedder, leadership = await shop.on_sale(), BagOfWordsEmbedder(), Leadership(shop.database)
    embeddings = PostgresWorld(shop).embeddings
    embedding = Embedding(
        embed_works=EmbedWorks(embedder, embeddings, StandingClock()), leadership=leadership
    )
    async with leadership.bid(EMBEDDER):
        standing_by = asyncio.create_task(embedding.run())
        await asyncio.sleep(0.1)
        assert (await shop.of(work)).vector is None
    standing_by.cancel()
    learning = asyncio.create_task(embedding.run())
    while (await embeddings.standing(embedder.model)).embedded == 0:  # noqa: ASYNC110 - a row, not an event
        await asyncio.sleep(0.01)
    learning.cancel()
    assert (await shop.of(work)).vector is not None
