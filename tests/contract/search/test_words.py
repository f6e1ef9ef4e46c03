"""What every search engine finds by words."""

import pytest

from application.search.ports import SearchEngine
from application.search.query import Filters, Scope, Wanted
from application.search.results import Found
from domain.search.text import SearchText
from tests.contract.search.shelf import work
from tests.contract.search.worlds import World


async def ask(engine: SearchEngine, text: str, scope: Scope = Scope.ANYWHERE, by: str = "") -> Found:
    wanted = Wanted(text=SearchText.parse(text), scope=scope, by=SearchText.parse(by), limit=50)
    return await engine.find(wanted)


async def titles(engine: SearchEngine, text: str, scope: Scope = Scope.ANYWHERE, by: str = "") -> list[str]:
    found = await ask(engine, text, scope, by)
    assert found.total == len(found.hits)
    return [hit.title for hit in found.hits]


@pytest.mark.parametrize(
    "text",
    ["hobbit", "THE HOBBIT ", "hobbit tolkien ", "tolkien hobbit", "tolkien the hobbit", "thirteen dwarves"],
)
async def test_a_work_is_found_by_its_title_its_author_both_and_what_it_is_about(
    engine: SearchEngine, text: str
) -> None:
    assert await titles(engine, text) == ["The Hobbit"]


@pytest.mark.parametrize("text", ["lord of the rings", "tolkien lord of the rings", "rings fellowship"])
async def test_a_work_is_found_by_its_series(engine: SearchEngine, text: str) -> None:
    assert await titles(engine, text) == ["The Fellowship of the Ring"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("les miserables", "Les Misérables"),
        ("LES MISÉRABLES", "Les Misérables"),
        ("aesops fables ", "Æsop's Fables"),
        ("æsop\u2019s fables", "Æsop's Fables"),
        ("bronte", "Wuthering Heights"),
        ("Emily Brontë", "Wuthering Heights"),
        ("j.r.r. tolkien hobbit", "The Hobbit"),
        ("JRR Tolkien hobbit", "The Hobbit"),
        ("j r r tolkien hobbit", "The Hobbit"),
        ("catch 22", "Catch-22"),
        ("catch-22", "Catch-22"),
        ("philosophers stone", "Harry Potter and the Philosopher's Stone"),
    ],
)
async def test_accents_ligatures_apostrophes_and_initials_do_not_matter(
    engine: SearchEngine, text: str, title: str
) -> None:
    assert await titles(engine, text) == [title]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hobit", "The Hobbit"),  # a letter too few
        ("hobbbit ", "The Hobbit"),  # too many
        ("hibbot", None),  # two at once in a short word are too much
        ("jobbit", "The Hobbit"),  # the key beside it
        ("wutehring heights", "Wuthering Heights"),  # swapped
        ("dume ", "Dune"),  # as short as may be
        ("duen ", "Dune"),
        ("fable aesopp", "Æsop's Fables"),
        ("hobbit tolkein", "The Hobbit"),
        ("les miserbales", "Les Misérables"),
        ("tolstoi war", "War and Peace"),
    ],
)
async def test_a_word_may_be_mistyped_once(engine: SearchEngine, text: str, title: str | None) -> None:
    assert await titles(engine, text) == ([title] if title else [])


async def test_a_short_word_is_meant_as_it_is_typed(engine: SearchEngine) -> None:
    assert await titles(engine, "carry on ") == ["Carry On"]
    assert await titles(engine, "carry om ") == []


async def test_nothing_mistyped_is_shown_where_something_was_typed_right(engine: SearchEngine) -> None:
    assert await titles(engine, "carry ") == ["Carry On"]
    assert "Carry On" not in await titles(engine, "harry ")


async def test_the_last_word_may_be_unfinished(engine: SearchEngine) -> None:
    assert await titles(engine, "wuth") == ["Wuthering Heights"]
    assert await titles(engine, "hob") == ["The Hobbit"]
    assert await titles(engine, "hob ") == []
    assert sorted(await titles(engine, "war pea")) == ["Peace After the War", "War and Peace"]
    assert await titles(engine, "wa peace") == []


async def test_function_words_need_not_be_met_where_there_are_others(engine: SearchEngine) -> None:
    assert await titles(engine, "a hobbit of the ") == ["The Hobbit"]
    assert await titles(engine, "emma and her sisters") == ["Emma and Her Sisters"]
    assert set(await titles(engine, "the ")) >= {"The Hobbit", "The Fellowship of the Ring"}
    assert await titles(engine, '"war of peace"') == []


async def test_the_title_that_was_typed_comes_first_function_words_and_all(
    engine: SearchEngine, world: World
) -> None:
    await world.holds(
        [
            work(300, "Tide of Winter", sold=9),
            work(301, "The Winter Tide", sold=5),
            work(302, "A Winter of the Tide", sold=1),
        ]
    )
    for title in ("Tide of Winter", "The Winter Tide", "A Winter of the Tide"):
        assert (await titles(engine, title))[0] == title


async def test_every_word_has_to_be_met(engine: SearchEngine) -> None:
    assert await titles(engine, "hobbit rowling ") == []
    assert await titles(engine, "harry potter chamber ") == ["Harry Potter and the Chamber of Secrets"]


async def test_a_phrase_is_met_word_by_word(engine: SearchEngine) -> None:
    assert await titles(engine, '"war and peace"') == ["War and Peace"]
    assert await titles(engine, '"peace and war"') == []
    assert await titles(engine, '"war and peace" tolstoy') == ["War and Peace"]
    assert await titles(engine, '"lord of the rings" tolkien') == ["The Fellowship of the Ring"]
    assert await titles(engine, '"hobbit tolkien"') == []
    assert await titles(engine, '"hobbi"') == []


async def test_words_are_looked_for_where_they_are_asked_for(engine: SearchEngine) -> None:
    assert await titles(engine, "quillon ", Scope.TITLE) == ["Quillon"]
    assert await titles(engine, "quillon ", Scope.AUTHOR) == ["Blades"]
    assert await titles(engine, "hobbit tolkien ", Scope.TITLE) == []


async def test_a_title_can_be_asked_for_together_with_its_author(engine: SearchEngine) -> None:
    assert await titles(engine, "emma", Scope.TITLE, by="austen") == ["Emma"]
    assert await titles(engine, "", by="jane austen") == ["Emma"]
    assert await titles(engine, "omens", Scope.TITLE, by="gaiman") == ["Good Omens"]
    assert await titles(engine, "emma", Scope.TITLE, by="auste") == []
    assert await titles(engine, "emma", Scope.TITLE, by="vale austen") == []


async def test_a_title_counts_more_than_an_author_more_than_a_series_more_than_a_description(
    engine: SearchEngine,
) -> None:
    assert await titles(engine, "quillon ") == ["Quillon", "Blades", "Swords", "Fencing"]


async def test_the_title_that_was_asked_for_comes_before_a_better_selling_one(engine: SearchEngine) -> None:
    assert await titles(engine, "emma ") == ["Emma", "Emma and Her Sisters"]


async def test_among_equals_the_one_more_readers_bought_comes_first(engine: SearchEngine) -> None:
    assert await titles(engine, "lanterns costa ") == ["Lanterns of Lisbon", "Lanterns of Porto"]


async def test_who_asks_for_nothing_sees_what_sells_best(engine: SearchEngine) -> None:
    found = await engine.find(Wanted(filters=Filters(category="fiction"), limit=3))
    assert [hit.title for hit in found.hits][:2] == [
        "Emma and Her Sisters",
        "Harry Potter and the Philosopher's Stone",
    ]


async def test_a_hit_says_what_it_is_and_which_of_its_words_were_met(engine: SearchEngine) -> None:
    hit = (await ask(engine, "fellowship tolkein ")).hits[0]
    assert (hit.title, hit.authors, hit.series) == (
        "The Fellowship of the Ring",
        ("J. R. R. Tolkien",),
        "The Lord of the Rings",
    )
    assert (hit.work_id.int, hit.ordinal) == (2, 2)
    assert set(hit.matched) == {"fellowship", "tolkien"}
    assert set((await ask(engine, "fellowsh")).hits[0].matched) == {"fellowship"}


async def test_what_has_left_the_shop_is_not_found(engine: SearchEngine, world: World) -> None:
    assert await titles(engine, "withdrawn volume") == []
    await world.holds([work(90, "A Passing Fancy")])
    assert await titles(engine, "passing fancy") == ["A Passing Fancy"]
    await world.holds([work(90, "A Passing Fancy", editions=(), version=2)])
    assert await titles(engine, "passing fancy") == []


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "!!",
        "-hobbit",
        "hobbit -tolkien",
        "`",
        '"',
        '""',
        "title:hobbit || on_sale:true",
        "%",
        "' or 1=1",
    ],
)
async def test_signs_have_no_power(engine: SearchEngine, text: str) -> None:
    assert (await ask(engine, text)).total == (
        await ask(engine, " ".join(SearchText.parse(text).words))
    ).total


async def test_the_longest_question_is_answered(engine: SearchEngine) -> None:
    assert await titles(engine, " ".join(["quizzical"] * 20)) == []
    assert await titles(engine, "hobbit " * 28) == ["The Hobbit"]
