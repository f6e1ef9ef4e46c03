"""What is Typesense's own: guesses, half answers, strange answers, and readers who do not wait."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from adapters.typesense.client import Typesense
from adapters.typesense.engine import TypesenseEngine
from adapters.typesense.index import TypesenseIndex
from adapters.typesense.reading import EXACT, HASTY
from application.search.query import Place, SearchSort, Wanted
from application.search.results import Found
from domain.search.errors import SearchUnavailable
from domain.search.text import SearchText
from entrypoints.stack.typesense import TypesenseServer
from tests.contract.search.moody import TOO_LATE, Mood, Moody, found, hanging_up, saying
from tests.contract.search.shelf import TIED, work
from tests.contract.search.typesense_world import TypesenseWorld


def asking(text: str) -> Wanted:
    return Wanted(text=SearchText.parse(text))


def titles(found: Found) -> list[str]:
    return [hit.title for hit in found.hits]


@pytest.fixture
async def moody() -> AsyncIterator[Moody]:
    server = Moody()
    runner = await server.start()
    yield server
    await runner.cleanup()


@pytest.fixture
async def unsure(moody: Moody) -> AsyncIterator[TypesenseEngine]:
    """An engine that asks the moody server."""
    typesense = Typesense(moody.url, "key", answer_within=0.1)
    yield TypesenseEngine(typesense)
    await typesense.close()


@pytest.mark.parametrize("text", ["obbit", "ohbbit", "xhobbit", "hxobbit", "obbit tolkien ", "hobbit olkien"])
async def test_a_word_may_be_mistyped_where_it_begins(typesense_world: TypesenseWorld, text: str) -> None:
    answer = await typesense_world.engine.find(asking(text))
    assert titles(answer) == ["The Hobbit"]
    assert "hobbit" in answer.hits[0].matched


async def test_two_words_may_be_mistyped(typesense_world: TypesenseWorld) -> None:
    assert titles(await typesense_world.engine.find(asking("wutering hights "))) == ["Wuthering Heights"]


async def test_words_written_as_one_are_taken_apart(typesense_world: TypesenseWorld) -> None:
    assert (await typesense_world.engine.find(asking("harrypotter "))).total == 2


@pytest.mark.parametrize("sort", [SearchSort.RELEVANCE, SearchSort.PRICE])
async def test_what_was_guessed_is_read_to_its_end(typesense_world: TypesenseWorld, sort: SearchSort) -> None:
    shown: list[int] = []
    wanted = replace(asking("almanca volume "), sort=sort, limit=5)
    while page := (await typesense_world.engine.find(wanted)).hits:
        shown += [hit.ordinal for hit in page]
        wanted = replace(wanted, seen=tuple(shown), after=Place(page[-1].value, page[-1].ordinal))
    assert sorted(shown) == list(range(40, 40 + TIED))


async def test_nothing_is_guessed_among_some_works_that_others_have_as_typed(
    typesense_world: TypesenseWorld,
) -> None:
    harry, carry = 9, 23
    asked = replace(asking("carry "), only=(harry,))
    assert (await typesense_world.engine.find(asked)).total == 0
    assert (await typesense_world.engine.find(replace(asked, only=(harry, carry)))).total == 1


async def test_a_document_that_is_refused_is_not_taken_for_written(typesense_world: TypesenseWorld) -> None:
    there = await typesense_world.index.prepare()
    with pytest.raises(SearchUnavailable, match="1 documents were refused"):
        await typesense_world.index.put(there, [work(1, "Emma"), work(2, "Flat", vector=[1.0])])


async def test_readers_who_do_not_wait_take_nothing_away_from_others(typesense_world: TypesenseWorld) -> None:
    for _ in range(3):
        storm = [asyncio.create_task(typesense_world.engine.find(asking("hobbit"))) for _ in range(100)]
        await asyncio.sleep(0.01)
        for search in storm:
            search.cancel()
        await asyncio.gather(*storm, return_exceptions=True)
    answers = await asyncio.gather(*(typesense_world.engine.find(asking("hobbit")) for _ in range(50)))
    assert {answer.total for answer in answers} == {1}


async def test_a_wrong_key_opens_nothing(typesense_server: TypesenseServer) -> None:
    typesense = Typesense(typesense_server.url, "another key", tries_again=0)
    with pytest.raises(SearchUnavailable):
        await TypesenseEngine(typesense).find(Wanted())
    with pytest.raises(SearchUnavailable):
        await TypesenseIndex(typesense).standing()
    await typesense.close()


async def test_where_not_all_words_can_be_looked_for_in_time_the_popular_ones_are(
    moody: Moody, unsure: TypesenseEngine
) -> None:
    moody.moods = [TOO_LATE, found(7)]
    assert (await unsure.find(asking("th"))).total == 7
    assert [search["max_candidates"] for search in moody.asked] == [str(EXACT.growing), str(HASTY.growing)]


async def test_who_counts_nothing_is_content_with_popular_words(
    moody: Moody, unsure: TypesenseEngine, typesense_world: TypesenseWorld
) -> None:
    suggesting = replace(asking("h"), counted=False, limit=2)
    assert len((await typesense_world.engine.find(suggesting)).hits) == 2
    moody.moods = [found(1), found(7)]
    await unsure.find(suggesting)
    assert [search["max_candidates"] for search in moody.asked] == [str(HASTY.growing), str(EXACT.growing)]


async def test_a_guess_may_be_given_up_but_an_answer_may_not(moody: Moody, unsure: TypesenseEngine) -> None:
    moody.moods = [found(0), TOO_LATE, found(0, search_cutoff=True)]
    assert (await unsure.find(asking("qwertz "))).total == 0
    moody.moods = [TOO_LATE]
    with pytest.raises(SearchUnavailable):
        await unsure.find(asking("qwertz "))
    moody.moods = [found(3, search_cutoff=True)]
    with pytest.raises(SearchUnavailable):
        await unsure.find(asking("qwertz "))


@pytest.mark.parametrize(
    "mood",
    [
        saying(500, "oops", "text/plain"),
        saying(503, '{"message": "Not Ready or Lagging"}'),
        saying(200, "<html>", "text/html"),
        saying(200, "{}"),
        saying(200, '{"results": []}'),
        saying(200, '{"results": [{"code": 404, "error": "Not found."}]}'),
        saying(200, '{"results": [{"found": "many"}]}'),
        hanging_up,
    ],
)
async def test_what_is_no_answer_is_told_as_such(moody: Moody, unsure: TypesenseEngine, mood: Mood) -> None:
    moody.moods = [mood]
    with pytest.raises(SearchUnavailable):
        await unsure.find(asking("emma "))


async def test_silence_is_told_as_such(moody: Moody, unsure: TypesenseEngine) -> None:
    async def silence(_: object) -> object:
        await asyncio.sleep(0.3)
        raise AssertionError

    moody.moods = [silence]
    with pytest.raises(SearchUnavailable):
        await unsure.find(asking("emma "))
    assert len(moody.asked) == 1
