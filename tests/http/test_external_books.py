"""Looking beyond the shop over HTTP: for everybody to ask, for staff to take in."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from domain.shared.isbn import Isbn
from entrypoints.sandbox.books import create_app
from entrypoints.sandbox.books.library import ELSEWHERE, Library, Volume
from tests.http.conftest import MakeApp, asking
from tests.http.shelf import Shelf
from tests.sandbox.running import running
from tests.world import Sandbox
from tests.world import asking as controlling

FIELDS = {
    "isbn", "title", "authors", "publisher", "published_date", "language", "pages", "description",
    "categories", "cover", "source", "in_catalogue",
}  # fmt: skip
PRICE = {"amount": 1499, "currency": "USD"}
NOW = {"Cache-Control": "no-cache"}
Json = dict[str, Any]


@pytest.fixture(scope="module")
async def books_api() -> AsyncIterator[Sandbox]:
    async with running(create_app("key")) as url, controlling(url, "key") as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
async def everybody(make_app: MakeApp, books_api: Sandbox) -> AsyncIterator[httpx.AsyncClient]:
    """Visitors of a shop that asks the stand-in, as often as they like."""
    paces = {f"OCTAVO_{name}_PER_MINUTE": "60000" for name in ("GOOGLE_BOOKS", "OPEN_LIBRARY")}
    there = {"OCTAVO_BOOK_SOURCES": "sandbox", "OCTAVO_BOOKS_API_URL": str(books_api.http.base_url)}
    async with make_app(**there, **paces) as app, asking(app, "192.0.2.50") as client:
        yield client


@pytest.fixture(scope="module")
def strangers() -> list[Volume]:
    """Editions that no shop here sells, each for one test."""
    every = Library().search("the", 100)
    return [volume for volume in every if volume.publisher == ELSEWHERE]


async def find(client: httpx.AsyncClient, **asked: str) -> Json:
    answer = await client.get("/v1/external/books", params=asked, headers=NOW)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def test_a_number_is_told_with_everything_that_is_known(
    everybody: httpx.AsyncClient, strangers: list[Volume]
) -> None:
    volume = strangers.pop()
    found = await find(everybody, isbn=volume.isbn.value)
    assert found | {"items": []} == {"items": [], "source": "google_books", "age_seconds": 0, "next": None}
    (item,) = found["items"]
    assert item.keys() == FIELDS
    assert (item["isbn"], item["title"], item["publisher"]) == (volume.isbn.value, volume.title, ELSEWHERE)
    assert (item["source"], item["in_catalogue"]) == ("google_books", None)


async def test_what_the_shop_sells_is_marked(
    everybody: httpx.AsyncClient, client: httpx.AsyncClient, staff: dict[str, str], strangers: list[Volume]
) -> None:
    volume = strangers.pop()
    body = {"title": volume.title, "authors": [f"A {uuid4().hex}"], "isbn": volume.isbn.value}
    body |= {"format": "ebook", "price": PRICE, "categories": []}
    added = await client.post("/v1/books", json=body, headers=staff)
    assert added.status_code == 201, added.text
    (item,) = (await find(everybody, isbn=volume.isbn.value))["items"]
    assert item["in_catalogue"] == added.json()["book_id"]


async def test_words_find_books_elsewhere(everybody: httpx.AsyncClient) -> None:
    items = (await find(everybody, q="emma austen"))["items"]
    assert {item["title"] for item in items} == {"Emma"}


async def test_open_library_stands_in_for_google(
    everybody: httpx.AsyncClient, books_api: Sandbox, strangers: list[Volume]
) -> None:
    await books_api.misbehave("google_search", "error_before")
    assert (await find(everybody, isbn=strangers.pop().isbn.value))["source"] == "open_library"
    await books_api.behave()


async def test_staff_takes_a_book_in_by_its_number(
    everybody: httpx.AsyncClient, staff: dict[str, str], strangers: list[Volume]
) -> None:
    volume = strangers.pop()
    body = {"isbn": volume.isbn.value, "format": "paperback", "price": PRICE}
    added = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert added.status_code == 201, added.text
    book = added.json()
    assert added.headers["location"] == f"/v1/books/{book['book_id']}"
    assert (book["title"], book["authors"], book["price"]) == (volume.title, list(volume.authors), PRICE)
    assert book["description"] == volume.description
    assert book["publisher"] == ELSEWHERE
    assert book["published_date"] is None
    assert book["details"]["source"] == "google_books"
    assert book["details"]["source_id"] == volume.id
    assert book["details"]["published"] == volume.published
    assert added.headers["etag"] == (await everybody.get(added.headers["location"])).headers["etag"]
    again = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert (again.status_code, again.json()["code"]) == (409, "duplicate_isbn")


async def test_what_the_shop_says_of_a_work_is_not_changed_by_others(
    everybody: httpx.AsyncClient, client: httpx.AsyncClient, staff: dict[str, str], strangers: list[Volume]
) -> None:
    volume, own = strangers.pop(), strangers.pop().isbn.value
    mine = {
        "title": volume.title,
        "authors": list(volume.authors),
        "isbn": own,
        "description": "Our own words.",
    }
    mine |= {"format": "ebook", "price": PRICE, "categories": []}
    assert (await client.post("/v1/books", json=mine, headers=staff)).status_code == 201
    body = {"isbn": volume.isbn.value, "format": "ebook", "price": PRICE, "categories": []}
    added = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert added.json()["description"] == "Our own words."
    assert [edition["isbn"] for edition in added.json()["editions"]] == [own]


async def test_a_book_whose_author_is_not_told_needs_one(
    everybody: httpx.AsyncClient, books_api: Sandbox, staff: dict[str, str], strangers: list[Volume]
) -> None:
    volume = strangers.pop()
    body = {"isbn": volume.isbn.value, "format": "ebook", "price": PRICE, "categories": []}
    await books_api.misbehave("google_volume", "missing_fields")
    refused = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (422, "author_not_told")
    named = body | {"authors": ["Ann Author"]}
    added = await everybody.post("/v1/external/books/import", json=named, headers=staff)
    assert (added.status_code, added.json()["authors"]) == (201, ["Ann Author"])


async def test_what_nobody_knows_cannot_be_taken_in(
    everybody: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    body = {"isbn": "9780141439518", "format": "ebook", "price": PRICE}
    refused = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (404, "book_unknown_elsewhere")


async def test_while_nobody_answers_the_shop_tells_its_own_and_takes_nothing_in(
    everybody: httpx.AsyncClient, books_api: Sandbox, staff: dict[str, str], shelf: Shelf
) -> None:
    isbn = Isbn("9780140439069")
    await books_api.misbehave("*", "error_before", times=4)
    found = await find(everybody, isbn=isbn.value)
    assert found == {"items": [], "source": "catalogue", "age_seconds": 0, "next": None}
    body = {"isbn": isbn.value, "format": "ebook", "price": PRICE}
    refused = await everybody.post("/v1/external/books/import", json=body, headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (503, "book_sources_unavailable")
    assert int(refused.headers["retry-after"]) >= 1
    await books_api.behave()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "q"),
        ({"q": "emma", "isbn": "9780141439518"}, "q"),
        ({"q": "e"}, "q"),
        ({"q": "x" * 201}, "q"),
        ({"isbn": "9780141439519"}, "isbn"),
        ({"title": "emma"}, "title"),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_where(
    everybody: httpx.AsyncClient, asked: dict[str, str], field: str
) -> None:
    answer = await everybody.get("/v1/external/books", params=asked)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


async def test_readers_take_nothing_in(everybody: httpx.AsyncClient) -> None:
    body = {"isbn": "9780141439518", "format": "ebook", "price": PRICE}
    assert (await everybody.post("/v1/external/books/import", json=body)).status_code == 401


async def test_who_asks_too_often_waits(app: Litestar) -> None:
    async with asking(app, "192.0.2.99") as client, asking(app, "192.0.2.98") as another:
        answers = [await client.get(f"/v1/external/books?q=emma+{number}") for number in range(11)]
        assert (await another.get("/v1/external/books?q=emma")).status_code == 200
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "2"
