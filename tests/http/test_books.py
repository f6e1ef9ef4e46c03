"""The catalogue over HTTP: browsing for everybody, keeping it for staff."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from domain.shared.isbn import isbn13_check_digit
from tests.accounts import register_and_login
from tests.http.shelf import Shelf

NOW = {"Cache-Control": "no-cache"}
_numbers = count(500_000)
Json = dict[str, Any]


def an_isbn() -> str:
    stem = f"978{next(_numbers):09d}"
    return stem + isbn13_check_digit(stem)


def a_book(**said: object) -> Json:
    return {
        "title": "Emma",
        "authors": [f"Jane {uuid4().hex}"],
        "isbn": an_isbn(),
        "format": "paperback",
        "price": {"amount": 1299, "currency": "USD"},
        "categories": ["test-romance"],
        **said,
    }


@pytest.fixture(scope="module", autouse=True)
def shelves(shop_database: str) -> Iterator[None]:
    with psycopg.connect(shop_database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO categories (slug, name, parent, position) VALUES"
            " ('test-fiction', 'Fiction', NULL, 100), ('test-romance', 'Love', 'test-fiction', 101),"
            " ('test-poetry', 'Poetry', NULL, 102)"
        )
    return


async def added(client: httpx.AsyncClient, staff: dict[str, str], **said: object) -> Json:
    answer = await client.post("/v1/books", json=a_book(**said), headers=staff)
    assert answer.status_code == 201, answer.text
    book: Json = answer.json()
    return book


async def listed(client: httpx.AsyncClient, **asked: object) -> list[Json]:
    answer = await client.get("/v1/books", params=asked, headers=NOW)  # type: ignore[arg-type] # any words
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


async def test_a_book_is_added_and_found_with_everything_said_of_it(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    said = a_book(
        isbn="0-8044-2957-X",
        description="A clever young woman.",
        publisher="Octavo Classics",
        published_date="2020-02-29",
        language="en",
        pages=474,
        weight_grams=520,
        cover="/covers/emma.png",
        details={"translator": None, "plates": [1, 2]},
        series={"name": "Highbury", "number": "1"},
        first_published=1815,
        original_language="en",
    )
    answer = await client.post("/v1/books", json=said, headers=staff)
    assert answer.status_code == 201, answer.text
    page = await client.get(answer.headers["location"])
    assert page.json() == answer.json()
    assert page.headers["etag"] == answer.headers["etag"]
    book = page.json()
    assert {name: book[name] for name in said if name != "isbn"} == {
        name: value for name, value in said.items() if name != "isbn"
    }
    assert book["isbn"] == "9780804429573"
    assert book["availability"] == {"in_stock": False, "available": 0}
    assert book["editions"] == []


async def test_editions_of_one_title_and_author_find_each_other(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    paper = await added(client, staff)
    digital = await added(client, staff, authors=paper["authors"], format="ebook", title="EMMA")
    third = await added(
        client, staff, authors=paper["authors"], work_id=paper["work_id"], title="Emma: A Novel"
    )
    assert paper["work_id"] == digital["work_id"] == third["work_id"]
    assert digital["availability"] == {"in_stock": True, "available": None}
    page = (await client.get(f"/v1/books/{paper['book_id']}", headers=NOW)).json()
    assert {sister["book_id"] for sister in page["editions"]} == {digital["book_id"], third["book_id"]}


async def test_the_newest_entry_completes_what_is_known_of_the_work(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    paper = await added(client, staff, description="Old words.", first_published=1815)
    await added(client, staff, authors=paper["authors"], format="ebook", description="New words.")
    page = (await client.get(f"/v1/books/{paper['book_id']}", headers=NOW)).json()
    assert (page["description"], page["first_published"]) == ("New words.", 1815)
    assert page["version"] == 2


WRONG = [
    ({"isbn": "9780141439517"}, "isbn"),
    ({"isbn": "no"}, "isbn"),
    ({"title": " "}, "title"),
    ({"title": "x" * 501}, "title"),
    ({"authors": []}, "authors"),
    ({"authors": ["A", ""]}, "authors[1]"),
    ({"categories": ["cooking"]}, "categories"),
    ({"price": {"amount": 0, "currency": "USD"}}, "price.amount"),
    ({"price": {"amount": 1, "currency": "XXX"}}, "price.currency"),
    ({"language": "English"}, "language"),
    ({"pages": 0}, "pages"),
    ({"first_published": 99_999}, "first_published"),
    ({"cover": "http://plain.example/x.png"}, "cover"),
    ({"details": {"x": "y" * 20_000}}, "details"),
    ({"series": {"name": ""}}, "series.name"),
]
MISSHAPEN = [
    ({"colour": "red"}, "colour"),
    ({"format": "scroll"}, "format"),
    ({"price": {"amount": 12.99, "currency": "USD"}}, "price.amount"),
    ({"price": 1299}, "price"),
    ({"published_date": "29/02/2020"}, "published_date"),
    ({"authors": "Jane Austen"}, "authors"),
    ({"title": None}, "title"),
]


@pytest.mark.parametrize(("said", "field"), WRONG)
async def test_a_fact_that_cannot_be_is_named(
    client: httpx.AsyncClient, staff: dict[str, str], said: Json, field: str
) -> None:
    answer = await client.post("/v1/books", json=a_book(**said), headers=staff)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_input")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


@pytest.mark.parametrize(("said", "field"), MISSHAPEN)
async def test_a_field_of_the_wrong_shape_is_named(
    client: httpx.AsyncClient, staff: dict[str, str], said: Json, field: str
) -> None:
    answer = await client.post("/v1/books", json=a_book(**said), headers=staff)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_an_isbn_is_taken_once(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    book = await added(client, staff)
    answer = await client.post("/v1/books", json=a_book(isbn=book["isbn"]), headers=staff)
    assert (answer.status_code, answer.json()["code"]) == (409, "duplicate_isbn")


async def test_a_named_work_must_exist_and_be_by_these_authors(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    nowhere = await client.post("/v1/books", json=a_book(work_id=str(uuid4())), headers=staff)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "work_not_found")
    book = await added(client, staff)
    foreign = await client.post("/v1/books", json=a_book(work_id=book["work_id"]), headers=staff)
    assert (foreign.status_code, foreign.json()["field"]) == (400, "authors")


async def test_a_change_must_name_the_version_it_was_made_on(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    book = await added(client, staff)
    path = f"/v1/books/{book['book_id']}"
    unnamed = await client.patch(path, json={"pages": 5}, headers=staff)
    assert (unnamed.status_code, unnamed.json()["code"]) == (428, "version_not_named")
    etag = (await client.get(path)).headers["etag"]
    first = await client.patch(path, json={"pages": 5}, headers={**staff, "If-Match": etag})
    assert (first.status_code, first.json()["pages"]) == (200, 5)
    second = await client.patch(path, json={"pages": 6}, headers={**staff, "If-Match": etag})
    assert (second.status_code, second.json()["code"]) == (412, "stale_version")
    again = await client.patch(path, json={"pages": 6}, headers={**staff, "If-Match": first.headers["etag"]})
    assert again.json()["pages"] == 6


@pytest.mark.parametrize("tag", ['"99"', 'W/"1"', "1", '"x"', "nonsense"])
async def test_a_tag_that_is_not_of_this_version_is_stale(
    client: httpx.AsyncClient, staff: dict[str, str], tag: str
) -> None:
    book = await added(client, staff)
    answer = await client.patch(
        f"/v1/books/{book['book_id']}", json={"pages": 5}, headers={**staff, "If-Match": tag}
    )
    assert answer.status_code == 412


async def test_a_sale_does_not_stand_in_the_way_of_a_correction(
    client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf
) -> None:
    book = await added(client, staff)
    path = f"/v1/books/{book['book_id']}"
    etag = (await client.get(path)).headers["etag"]
    shelf.restock(book["book_id"], 7)
    seen = await client.get(path, headers=NOW)
    assert seen.json()["availability"] == {"in_stock": True, "available": 7}
    assert seen.headers["etag"] != etag
    answer = await client.patch(path, json={"pages": 5}, headers={**staff, "If-Match": etag})
    assert answer.status_code == 200


async def test_a_patch_changes_what_it_names_and_null_forgets(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    book = await added(client, staff, publisher="Octavo", pages=9, description="Words.")
    answer = await client.patch(
        f"/v1/books/{book['book_id']}",
        json={"publisher": None, "description": "Other words.", "price": {"amount": 1, "currency": "EUR"}},
        headers={**staff, "If-Match": "*"},
    )
    changed = answer.json()
    assert (changed["publisher"], changed["pages"]) == (None, 9)
    assert (changed["description"], changed["price"]) == ("Other words.", {"amount": 1, "currency": "EUR"})


async def test_a_put_forgets_what_it_does_not_say(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    said = a_book(publisher="Octavo", details={"x": 1}, description="Words.")
    book = (await client.post("/v1/books", json=said, headers=staff)).json()
    bare = {name: said[name] for name in ("title", "authors", "isbn", "format", "price", "categories")}
    answer = await client.put(f"/v1/books/{book['book_id']}", json=bare, headers={**staff, "If-Match": '"1"'})
    changed = answer.json()
    assert (changed["publisher"], changed["details"], changed["description"]) == (None, {}, None)


@pytest.mark.parametrize(
    ("said", "field"), [({"isbn": "0804429573"}, "isbn"), ({"format": "ebook"}, "format")]
)
async def test_another_isbn_or_format_is_another_book(
    client: httpx.AsyncClient, staff: dict[str, str], said: Json, field: str
) -> None:
    book = await added(client, staff)
    if field == "isbn":
        said = {"isbn": an_isbn()}
    answer = await client.patch(f"/v1/books/{book['book_id']}", json=said, headers={**staff, "If-Match": "*"})
    assert (answer.status_code, answer.json()["field"]) == (400, field)


async def test_a_corrected_title_takes_the_work_along_unless_another_has_it(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    wrong = await added(client, staff, title="Ema")
    change = {**staff, "If-Match": "*"}
    await client.patch(f"/v1/books/{wrong['book_id']}", json={"title": "Emma"}, headers=change)
    right = await added(client, staff, title="Emma", authors=wrong["authors"], format="ebook")
    assert right["work_id"] == wrong["work_id"]
    other = await added(client, staff, title="Persuasion", authors=wrong["authors"])
    clash = await client.patch(f"/v1/books/{other['book_id']}", json={"title": "Emma"}, headers=change)
    assert (clash.status_code, clash.json()["code"]) == (409, "duplicate_work")


async def test_a_withdrawn_book_is_gone_for_readers_and_does_not_change_any_more(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    book = await added(client, staff)
    path = f"/v1/books/{book['book_id']}"
    assert (await client.get(path)).status_code == 200
    stale = await client.delete(path, headers={**staff, "If-Match": '"7"'})
    assert stale.status_code == 412
    for _ in range(2):  # withdrawing twice is harmless
        assert (await client.delete(path, headers=staff)).status_code == 204
    gone = await client.get(path)
    assert (gone.status_code, gone.json()["code"]) == (404, "book_not_found")
    assert await listed(client, author=book["authors"][0]) == []
    change = await client.patch(path, json={"pages": 5}, headers={**staff, "If-Match": "*"})
    assert (change.status_code, change.json()["code"]) == (410, "book_is_withdrawn")


@pytest.mark.parametrize("role", [None, "reader"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_only_staff_keeps_the_catalogue(
    client: httpx.AsyncClient, role: str | None, method: str
) -> None:
    headers = await register_and_login(client) if role else {}
    path = "/v1/books" if method == "POST" else f"/v1/books/{uuid4()}"
    answer = await client.request(method, path, json=a_book(), headers=headers)
    assert answer.status_code == (403 if role else 401)


async def test_a_book_nobody_knows_is_not_found(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    path = f"/v1/books/{uuid4()}"
    assert (await client.get(path)).status_code == 404
    assert (await client.delete(path, headers=staff)).status_code == 404
    assert (await client.patch(path, json={}, headers={**staff, "If-Match": "*"})).status_code == 404


@pytest.fixture
async def series(client: httpx.AsyncClient, staff: dict[str, str]) -> list[Json]:
    """Five books of one author: by place in the list cheaper, newer, and later in the alphabet."""
    author = f"Émile {uuid4().hex}"
    return [
        await added(
            client,
            staff,
            title=f"The {letter} book",
            authors=[author],
            price={"amount": 1000 - 100 * place, "currency": "USD"},
            published_date=f"20{10 + place}-01-01" if place else None,
            format=["hardcover", "paperback", "ebook", "audiobook", "paperback"][place],
            categories=["test-poetry" if place % 2 else "test-romance"],
        )
        for place, letter in enumerate("ABCDE")
    ]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("price", "43210"), ("-price", "01234"), ("title", "01234"), ("new", "43210"), ("bestsellers", None)],
)
async def test_pages_in_every_order_join_without_gap_or_repetition(
    client: httpx.AsyncClient, series: list[Json], sort: str, order: str | None
) -> None:
    asked: Json = {"author": series[0]["authors"][0], "sort": sort, "limit": 2}
    seen: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (
            await client.get("/v1/books", params={**asked, **({"cursor": cursor} if cursor else {})})
        ).json()
        assert len(page["items"]) <= 2
        seen += page["items"]
        cursor = page["next"]
    ids = [book["book_id"] for book in series]
    places = "".join(str(ids.index(book["book_id"])) for book in seen)
    assert places == order if order else sorted(places) == list("01234")


async def test_filters_narrow_the_list(client: httpx.AsyncClient, series: list[Json], shelf: Shelf) -> None:
    shelf.restock(series[1]["book_id"], 1)
    author = series[0]["authors"][0]

    async def places(**asked: object) -> str:
        found = await listed(client, author=author, sort="-price", **asked)
        ids = [book["book_id"] for book in series]
        return "".join(str(ids.index(book["book_id"])) for book in found)

    assert await places(format="paperback") == "14"
    assert await places(price_min=700, price_max=900) == "123"
    assert await places(in_stock="true") == "123"
    assert await places(category="test-poetry") == "13"
    assert await places(category="test-fiction") == "024"
    assert await places(category="test-fiction", price_max=800, format="ebook") == "2"
    assert len(await listed(client, author=author.upper().replace("É", "E"))) == 5


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "WyJwcmljZSIsMSwiMSJd"}, "cursor"),
        ({"category": "cooking"}, "category"),
        ({"price_min": 2, "price_max": 1}, "price_min"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_where(
    client: httpx.AsyncClient, asked: Json, field: str
) -> None:
    answer = await client.get("/v1/books", params=asked)
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "colour"},
        {"rating_min": 0},
        {"rating_min": 6},
        {"limit": "x"},
        {"limit": 0},
        {"limit": 101},
        {"price_min": -1},
        {"format": "scroll"},
        {"in_stock": "?"},
    ],
)
async def test_a_parameter_of_the_wrong_kind_is_named(client: httpx.AsyncClient, asked: Json) -> None:
    answer = await client.get("/v1/books", params=asked)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == list(asked)


async def test_a_cursor_belongs_to_its_order(client: httpx.AsyncClient, series: list[Json]) -> None:
    asked = {"author": series[0]["authors"][0], "limit": 2, "sort": "price"}
    cursor = (await client.get("/v1/books", params=asked)).json()["next"]
    answer = await client.get("/v1/books", params={"cursor": cursor, "sort": "title"})
    assert (answer.status_code, answer.json()["field"]) == (400, "cursor")


@pytest.mark.parametrize("path", ["/v1/books?limit=1", "/v1/categories", None])
async def test_who_has_the_answer_already_is_not_sent_it_again(
    client: httpx.AsyncClient, series: list[Json], path: str | None
) -> None:
    path = path or f"/v1/books/{series[0]['book_id']}"
    first = await client.get(path)
    assert first.headers["cache-control"] == "public, max-age=1"
    again = await client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (await client.get(path, headers={"If-None-Match": '"other"'})).status_code == 200


async def test_the_categories_are_listed_parents_first(client: httpx.AsyncClient) -> None:
    items = (await client.get("/v1/categories")).json()["items"]
    ours = [item for item in items if item["slug"].startswith("test-")]
    assert [(item["slug"], item["name"], item["parent"], item["children"]) for item in ours[:2]] == [
        ("test-fiction", "Fiction", None, ["test-romance"]),
        ("test-romance", "Love", "test-fiction", []),
    ]
