"""What everybody reads of reviews: lists in every order, and what they make of a book's page and place."""

from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from tests.http.reviews.asking import NOW, Headers, Json, MakeReader, page, rating, written
from tests.http.shelf import Shelf


async def test_the_page_of_the_book_and_its_lists_tell_the_rating(
    client: httpx.AsyncClient, reader: MakeReader, book: UUID
) -> None:
    path = f"/v1/books/{book}"
    nobody = {"average": None, "count": 0, "histogram": {str(stars): 0 for stars in range(1, 6)}}
    assert await rating(client, book) == nobody
    before = (await client.get(path)).headers["etag"]
    for stars in (5, 4, 4):
        await written(client, await reader(), book, rating=stars)
    told = {"average": 4.33, "count": 3, "histogram": {"1": 0, "2": 0, "3": 0, "4": 2, "5": 1}}
    page_of_book = await client.get(path)  # at once, without asking for the newest
    assert page_of_book.json()["rating"] == told
    assert page_of_book.headers["etag"] != before
    assert page_of_book.headers["etag"].partition("-")[0] == before.partition("-")[0]
    listed = (await client.get("/v1/books", params={"sort": "rating", "limit": 100}, headers=NOW)).json()
    [summary] = [item for item in listed["items"] if item["book_id"] == str(book)]
    assert summary["rating"] == {"average": 4.33, "count": 3}


async def test_books_are_sorted_fairly_and_filtered_by_their_average(
    client: httpx.AsyncClient, reader: MakeReader, shelf: Shelf, shop_database: str
) -> None:
    """Ten readers at 4.5 stand above one at 5; an unrated book stands between the good and the bad."""
    many, one, none, bad = (shelf.put() for _ in range(4))
    author = uuid4().hex
    with psycopg.connect(shop_database, autocommit=True) as connection:
        for one_of_them in (many, one, none, bad):
            connection.execute(
                "INSERT INTO work_authors (work_id, position, name, key)"
                " SELECT work_id, 1, %s, %s FROM books WHERE id = %s"
                " ON CONFLICT (work_id, position) DO UPDATE SET name = excluded.name, key = excluded.key",
                (author, author, one_of_them),
            )
    people = [await reader() for _ in range(10)]
    for place, person in enumerate(people):
        await written(client, person, many, rating=4 + place % 2)
    await written(client, people[0], one, rating=5)
    await written(client, people[1], bad, rating=1)

    async def found(**asked: object) -> list[str]:
        ids: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            more = {"cursor": cursor} if cursor else {}
            params: Json = {"author": author, "sort": "rating", "limit": 2, **asked, **more}
            answer = (await client.get("/v1/books", params=params, headers=NOW)).json()
            ids += [item["book_id"] for item in answer["items"]]
            cursor = answer["next"]
        return ids

    assert await found() == [str(book) for book in (many, one, none, bad)]
    assert await found(rating_min=4) == [str(many), str(one)]
    assert await found(rating_min=5) == [str(one)]
    assert await found(rating_min=1, sort="price") != []
    assert str(none) not in await found(rating_min=1, sort="title")


async def test_a_new_edition_of_a_rated_work_is_rated(
    client: httpx.AsyncClient, jane: Headers, clerk: Headers
) -> None:
    told = {
        "title": "Emma",
        "authors": [f"Jane {uuid4().hex}"],
        "price": {"amount": 999, "currency": "USD"},
        "categories": [],
    }
    first = await client.post(
        "/v1/books", json={**told, "isbn": "9781111111113", "format": "ebook"}, headers=clerk
    )
    assert first.status_code == 201, first.text
    await written(client, jane, UUID(first.json()["book_id"]), rating=5)
    second = await client.post(
        "/v1/books", json={**told, "isbn": "9781111111120", "format": "paperback"}, headers=clerk
    )
    assert second.json()["work_id"] == first.json()["work_id"]
    assert second.json()["rating"]["average"] == 5
    page_of_work = await client.get(f"/v1/works/{second.json()['work_id']}", headers=NOW)
    assert page_of_work.json()["rating"] == {"average": 5, "count": 1}
    listed = await client.get("/v1/books", params={"author": told["authors"][0]}, headers=NOW)  # type: ignore[arg-type] # a name
    assert [item["rating"]["count"] for item in listed.json()["items"]] == [1, 1]


@pytest.fixture
async def opinions(client: httpx.AsyncClient, reader: MakeReader, book: UUID) -> list[str]:
    """Five reviews, one after the other: 3, 1, 5, 3 and 5 stars; the second helped two, the first one."""
    answers = [await written(client, await reader(), book, rating=stars) for stars in (3, 1, 5, 3, 5)]
    ids = [answer.json()["review_id"] for answer in answers]
    for place, times in ((1, 2), (0, 1)):
        for _ in range(times):
            path = f"/v1/books/{book}/reviews/{ids[place]}/vote"
            assert (await client.put(path, headers=await reader())).status_code == 200
    return ids


@pytest.mark.parametrize(
    ("asked", "places"),
    [
        ({}, "43210"),
        ({"sort": "helpful"}, "10432"),
        ({"sort": "rating"}, "42301"),
        ({"rating": 5}, "42"),
        ({"rating": 3, "sort": "helpful"}, "03"),
        ({"verified": "true"}, ""),
    ],
)
async def test_pages_in_every_order_join_without_gap_or_repetition(
    client: httpx.AsyncClient, book: UUID, opinions: list[str], asked: Json, places: str
) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        found = await page(client, book, limit=2, **asked, **({"cursor": cursor} if cursor else {}))
        seen += [item["review_id"] for item in found["items"]]
        cursor = found["next"]
    assert "".join(str(opinions.index(review)) for review in seen) == places


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"sort": "colour"}, "sort"),
        ({"rating": 6}, "rating"),
        ({"limit": 101}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_where(
    client: httpx.AsyncClient, book: UUID, asked: Json, field: str
) -> None:
    answer = await client.get(f"/v1/books/{book}/reviews", params=asked)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_cursor_belongs_to_its_order(
    client: httpx.AsyncClient, book: UUID, opinions: list[str]
) -> None:
    assert opinions
    cursor = (await page(client, book, limit=2))["next"]
    answer = await client.get(
        f"/v1/books/{book}/reviews", params={"cursor": cursor, "sort": "helpful"}, headers=NOW
    )
    assert (answer.status_code, answer.json()["field"]) == (400, "cursor")


async def test_who_has_the_list_already_is_not_sent_it_again(client: httpx.AsyncClient, book: UUID) -> None:
    path = f"/v1/books/{book}/reviews"
    first = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
