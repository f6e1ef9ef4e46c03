"""Works, authors, series and shelves over HTTP: how a reader gets from a book to its neighbours."""

from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.shared.isbn import isbn13_check_digit
from tests.http.conftest import MakeApp, asking

NOW = {"Cache-Control": "no-cache"}
_numbers = count(400_000)
Json = dict[str, Any]


class Desk:
    """Staff that adds books of one author nobody else has."""

    def __init__(self, client: httpx.AsyncClient, headers: dict[str, str]) -> None:
        self._client = client
        self._headers = headers
        self.author = f"Zoë {uuid4().hex}"
        self.author_key = self.author.lower().replace("ë", "e").replace(" ", "-")

    async def add(self, title: str, **said: object) -> Json:
        stem = f"978{next(_numbers):09d}"
        body = {
            "title": title,
            "authors": [self.author],
            "isbn": stem + isbn13_check_digit(stem),
            "format": "ebook",
            "price": {"amount": 1299, "currency": "USD"},
            "categories": [],
            **said,
        }
        answer = await self._client.post("/v1/books", json=body, headers=self._headers)
        assert answer.status_code == 201, answer.text
        book: Json = answer.json()
        return book

    async def withdraw(self, book: Json) -> None:
        answer = await self._client.delete(f"/v1/books/{book['book_id']}", headers=self._headers)
        assert answer.status_code == 204


@pytest.fixture
def desk(client: httpx.AsyncClient, staff: dict[str, str]) -> Desk:
    return Desk(client, staff)


async def seen(client: httpx.AsyncClient, path: str, **asked: object) -> Json:
    answer = await client.get(path, params=asked, headers=NOW)  # type: ignore[arg-type] # any words
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_a_book_leads_to_its_work_its_author_and_its_series(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    first = await desk.add("Emma", series={"name": "Highbury", "number": "1"}, description="Words.")
    paper = await desk.add("Emma", format="paperback", price={"amount": 999, "currency": "USD"})
    await desk.add("Emma again", series={"name": "Highbury", "number": "Prequel"})
    await desk.add("Emma, still", series={"name": "HIGHBURY", "number": "2"})
    book = await seen(client, f"/v1/books/{first['book_id']}")
    assert (book["author_keys"], book["series_key"]) == (
        [desk.author_key],
        f"highbury--{desk.author_key}",
    )
    work = await seen(client, f"/v1/works/{book['work_id']}")
    assert [edition["book_id"] for edition in work["editions"]] == [paper["book_id"], first["book_id"]]
    assert (work["description"], work["series"]) == ("Words.", {"name": "Highbury", "number": "1"})
    series = await seen(client, f"/v1/series/{book['series_key']}")
    assert [work["title"] for work in series["items"]] == ["Emma", "Emma, still", "Emma again"]
    assert (series["name"], series["works"], series["author"]) == ("Highbury", 3, desk.author)
    author = await seen(client, f"/v1/authors/{book['author_keys'][0]}", sort="newest")
    assert (author["name"], author["works"], author["next"]) == (desk.author, 3, None)
    assert {work["series_key"] for work in author["items"]} == {book["series_key"]}
    assert all(work in series["items"] for work in author["items"])


async def test_authors_and_series_are_found_by_how_their_names_begin(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    await desk.add("Emma", series={"name": f"Saga {desk.author}"})
    for spelt in (desk.author.upper(), desk.author[:20]):
        assert (await seen(client, "/v1/authors", q=spelt))["items"] == [
            {"author_key": desk.author_key, "name": desk.author, "works": 1}
        ]
    found = (await seen(client, "/v1/series", q=f"saga {desk.author}"))["items"]
    assert [(series["name"], series["author_key"]) for series in found] == [
        (f"Saga {desk.author}", desk.author_key)
    ]
    assert (await seen(client, "/v1/authors", limit=1))["next"]


async def test_pages_of_an_author_and_of_a_series_join(client: httpx.AsyncClient, desk: Desk) -> None:
    for number in ("10", "2", "1"):
        await desk.add(f"Volume {number}", series={"name": "Saga", "number": number}, first_published=1900)
    for path, asked in (
        (f"/v1/authors/{desk.author_key}", {"sort": "bestsellers"}),
        (f"/v1/authors/{desk.author_key}", {"sort": "newest"}),
        (f"/v1/series/saga--{desk.author_key}", {}),
    ):
        first = await seen(client, path, limit=2, **asked)
        second = await seen(client, path, limit=2, cursor=first["next"], **asked)
        titles = [work["title"] for work in first["items"] + second["items"]]
        assert sorted(titles) == ["Volume 1", "Volume 10", "Volume 2"]
        assert second["next"] is None
    assert titles == ["Volume 1", "Volume 2", "Volume 10"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v1/works/5fc59d27-6655-4213-9676-906c34cb66c5", "work_not_found"),
        ("/v1/authors/nobody-at-all", "author_not_found"),
        ("/v1/series/nothing--nobody", "series_not_found"),
    ],
)
async def test_what_is_not_there_is_told_so(client: httpx.AsyncClient, path: str, code: str) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


async def test_a_work_without_an_edition_on_sale_is_gone(client: httpx.AsyncClient, desk: Desk) -> None:
    book = await desk.add("Emma")
    await desk.withdraw(book)
    for path in (f"/v1/works/{book['work_id']}", f"/v1/authors/{desk.author_key}"):
        assert (await client.get(path, headers=NOW)).status_code == 404


@pytest.mark.parametrize(
    ("path", "asked", "field"),
    [
        ("/v1/authors", {"name": "Jane"}, "name"),
        ("/v1/authors", {"cursor": "nonsense"}, "cursor"),
        ("/v1/authors/jane", {"q": "x"}, "q"),
        ("/v1/series", {"cursor": "WyJ4Il0"}, "cursor"),
        ("/v1/series/x--y", {"sort": "price"}, "sort"),
    ],
)
async def test_a_wrong_word_in_the_address_is_named(
    client: httpx.AsyncClient, path: str, asked: Json, field: str
) -> None:
    answer = await client.get(path, params=asked)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/authors", {"limit": 0}),
        ("/v1/authors", {"q": "x" * 201}),
        ("/v1/authors/jane", {"sort": "price"}),
        ("/v1/series", {"limit": 101}),
        ("/v1/works/7", {}),
    ],
)
async def test_what_the_schema_forbids_is_refused(client: httpx.AsyncClient, path: str, asked: Json) -> None:
    assert (await client.get(path, params=asked)).status_code in {400, 404}


@pytest.mark.parametrize("q", ["\u0301", "'; DROP TABLE works; --", "%", "_", "\U0010ffff", "   ", "///"])
async def test_whatever_a_name_begins_with_is_only_a_name(client: httpx.AsyncClient, q: str) -> None:
    for path in ("/v1/authors", "/v1/series"):
        await seen(client, path, q=q, limit=1)


async def test_what_a_client_has_is_not_sent_again(client: httpx.AsyncClient, desk: Desk) -> None:
    book = await desk.add("Emma")
    path = f"/v1/works/{book['work_id']}"
    etag = (await client.get(path)).headers["etag"]
    assert (await client.get(path, headers={"If-None-Match": etag})).status_code == 304


async def test_shelves_tell_what_stands_on_them(make_app: MakeApp, desk: Desk) -> None:
    await desk.add("Poems", categories=[])
    async with make_app() as app, asking(app) as client:
        shelves = (await seen(client, "/v1/categories"))["items"]
    known = {shelf["slug"]: shelf for shelf in shelves}
    for shelf in shelves:
        assert shelf.keys() == {"slug", "name", "parent", "children", "books", "works"}
        assert shelf["children"] == [
            slug for slug, other in known.items() if other["parent"] == shelf["slug"]
        ]
        assert shelf["books"] >= shelf["works"] >= 0
        assert all(shelf["books"] >= known[child]["books"] for child in shelf["children"])


async def test_new_releases_are_out_and_what_is_to_come_is_told_apart(
    client: httpx.AsyncClient, desk: Desk
) -> None:
    days = {"Far": "2999-01-01", "Soon": "2998-12-31", "Old": "1900-01-01", "Recent": "2020-05-05"}
    for title, day in days.items():
        await desk.add(title, published_date=day)
    await desk.add("Undated")
    found = {
        sort: [
            book["title"]
            for book in (await seen(client, "/v1/books", author=desk.author, sort=sort))["items"]
        ]
        for sort in ("new", "coming")
    }
    assert found == {"new": ["Recent", "Old", "Undated"], "coming": ["Soon", "Far"]}
    first = await seen(client, "/v1/books", author=desk.author, sort="coming", limit=1)
    second = await seen(client, "/v1/books", author=desk.author, sort="coming", limit=1, cursor=first["next"])
    assert ([book["title"] for book in second["items"]], second["next"]) == (["Far"], None)
