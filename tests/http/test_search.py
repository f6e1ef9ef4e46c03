"""Searching over HTTP: what is answered, and what is refused in words that help."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from application.search.index_works import IndexWorks
from entrypoints.container import Container
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from tests.http.conftest import asking, running
from tests.http.shelf import Shelf

ALL = ("category", "price", "rating", "format", "language", "year", "availability")


@pytest.fixture(scope="module")
async def searched(environment: dict[str, str]) -> AsyncIterator[tuple[Litestar, IndexWorks]]:
    """The application, and what an indexer would do beside it."""
    container = Container(settings=Settings.load(environment))
    app = create_app(container=container)
    async with running(app):
        yield app, container.use_cases.index_works()


@pytest.fixture
async def visitor(searched: tuple[Litestar, IndexWorks]) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(searched[0]) as client:
        yield client


@pytest.fixture
async def titles(searched: tuple[Litestar, IndexWorks], shelf: Shelf) -> list[str]:
    """Three works with a word of their own."""
    word = f"q{uuid4().hex[:10]}"
    named = [f"The {word} of Winter", f"The {word} of Summer", f"The {word} of Autumn & <b>Rain</b>"]
    for price, title in enumerate(named, start=1):
        shelf.put(title, price=price * 1000)
    await searched[1].catch_up()
    while (await searched[1]())[0]:
        pass
    return [word, *named]


async def search(visitor: httpx.AsyncClient, address: str = "/v1/search", **wanted: object) -> httpx.Response:
    params = {name: str(value) for name, value in wanted.items()}
    return await visitor.get(address, params=params)


async def test_an_answer_has_the_shape_that_was_promised(
    visitor: httpx.AsyncClient, titles: list[str]
) -> None:
    answer = await search(visitor, q=f"{titles[0]} winter", facets=",".join(ALL))

    found = answer.json()
    [item] = found["items"]
    assert item.keys() >= {"work_id", "title", "authors", "series", "rating", "highlights", "books"}
    assert item["highlights"]["title"] == f"The <mark>{titles[0]}</mark> of <mark>Winter</mark>"
    [book] = item["books"]
    assert book.keys() == {"id", "isbn", "format", "price", "available"}
    assert book["price"] == {"amount": 1000, "currency": "USD"}
    assert (found["total"], found["next"], found["engine"], found["mode"]) == (1, None, "postgres", "keyword")
    assert set(found["facets"]) == set(ALL)
    assert found["facets"]["price"] == [{"value": "1000-1499", "count": 1}]


async def test_highlights_are_safe_to_show(visitor: httpx.AsyncClient, titles: list[str]) -> None:
    [item] = (await search(visitor, q=f"{titles[0]} autumn rain")).json()["items"]

    assert item["highlights"]["title"].endswith("&amp; &lt;b&gt;<mark>Rain</mark>&lt;/b&gt;")


async def test_the_pages_of_a_search_hold_each_work_once(
    visitor: httpx.AsyncClient, titles: list[str]
) -> None:
    for sort in ("relevance", "price"):
        found, cursor = [], {}
        while True:
            page = (await search(visitor, q=titles[0], sort=sort, limit=2, **cursor)).json()
            assert page["total"] == 3
            found += [item["title"] for item in page["items"]]
            if page["next"] is None:
                break
            cursor = {"cursor": page["next"]}
        assert sorted(found) == sorted(titles[1:])


async def test_a_price_of_now_is_shown_though_the_index_knows_an_older_one(
    visitor: httpx.AsyncClient, shelf: Shelf, titles: list[str], searched: tuple[Litestar, IndexWorks]
) -> None:
    book = shelf.put(f"{titles[0]} in Love", price=900)
    await searched[1].catch_up()
    await searched[1]()
    shelf.reprice(book, 950)

    [item] = (await search(visitor, q=f"{titles[0]} love")).json()["items"]

    assert item["books"][0]["price"]["amount"] == 950


async def test_a_client_that_has_the_answer_is_told_so(visitor: httpx.AsyncClient, titles: list[str]) -> None:
    answer = await search(visitor, q=titles[0])
    again = await visitor.get(
        "/v1/search", params={"q": titles[0]}, headers={"If-None-Match": answer.headers["etag"]}
    )

    assert (again.status_code, again.content) == (304, b"")


async def test_a_title_and_an_author_can_be_asked_for(visitor: httpx.AsyncClient, titles: list[str]) -> None:
    found = await search(visitor, "/v1/books/search", title=f"{titles[0]} summer")
    hers = await search(visitor, "/v1/books/search", title=titles[0], author="known")
    his = await search(visitor, "/v1/books/search", title=titles[0], author="somebody")

    assert [item["title"] for item in found.json()["items"]] == [titles[2]]
    assert (hers.json()["total"], his.json()["total"]) == (3, 0)


async def test_suggestions_go_on_like_what_was_typed(visitor: httpx.AsyncClient, titles: list[str]) -> None:
    found = await search(visitor, "/v1/search/suggest", q=titles[0][:8])

    offered = found.json()["items"]
    assert {one["text"] for one in offered} >= set(titles[1:])
    assert {one["kind"] for one in offered} == {"title"}


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"q": "x" * 201}, "q"),
        ({"q": "war\x00peace"}, "url"),
        ({"q": "war\x07peace"}, "q"),
        ({"q": "wa " * 40}, "q"),
        ({"facets": "colour"}, "facets"),
        ({"facets": "format,," + "x" * 500}, "facets"),
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"limit": 10**30}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "x" * 20_000}, "cursor"),
        ({"sort": "colour"}, "sort"),
        ({"mode": "telepathy"}, "mode"),
        ({"mode": "semantic", "q": "whales"}, "mode"),
        ({"price_min": -1}, "price_min"),
        ({"price_min": 2, "price_max": 1}, "price_min"),
        ({"price_max": 10**12}, "price_max"),
        ({"year_min": 10**9}, "year_min"),
        ({"rating_min": 9}, "rating_min"),
        ({"format": "scroll"}, "format"),
        ({"category": "no-such-shelf"}, "category"),
        ({"colour": "red"}, "colour"),
        ({"page": 3}, "page"),
    ],
)
async def test_what_cannot_be_meant_is_told_with_its_name(
    visitor: httpx.AsyncClient, wanted: dict[str, object], field: str
) -> None:
    answer = await search(visitor, **wanted)

    assert answer.status_code == 400, answer.text
    assert field in {error["field"] for error in answer.json().get("errors", [{"field": ""}])}


@pytest.mark.parametrize(
    "signs",
    [
        "' OR 1=1 --",
        "title:=`x` && price:>0",
        "a & !b | (c <-> d):*",
        "*:*",
        "{{7*7}}",
        "%' ; DROP TABLE books",
        "🐋" * 20,
        "\u202egnirts",
        '"',
        '""""',
        "()[]{}",
        "\\",
    ],
)
async def test_signs_have_no_power(visitor: httpx.AsyncClient, signs: str) -> None:
    for address, name in (
        ("/v1/search", "q"),
        ("/v1/search", "author"),
        ("/v1/search", "language"),
        ("/v1/search/suggest", "q"),
        ("/v1/books/search", "title"),
        ("/v1/books/search", "author"),
    ):
        answer = await search(visitor, address, **{name: signs})
        assert answer.status_code == 200, answer.text


async def test_a_question_of_ten_kilobytes_is_refused_as_such(visitor: httpx.AsyncClient) -> None:
    for address, name in (("/v1/search", "q"), ("/v1/search/suggest", "q"), ("/v1/books/search", "title")):
        answer = await search(visitor, address, **{name: "w" * 10_000})
        assert answer.status_code == 400, answer.text
