"""What readers may say over HTTP, and who may change it."""

from uuid import UUID

import httpx
import psycopg
import pytest

from tests.http.reviews.asking import Headers, Json, MakeReader, page, written


async def test_a_review_is_found_where_its_answer_says(
    client: httpx.AsyncClient, jane: Headers, book: UUID
) -> None:
    answer = await written(client, jane, book, title="Oh, Emma", text="Clever.", display_name="J. F.")
    assert answer.status_code == 201, answer.text
    review = answer.json()
    assert (review["state"], review["reasons"], review["yours"], review["version"]) == (
        "published",
        [],
        True,
        1,
    )
    assert answer.headers["etag"].startswith('"1-')
    again = await client.get(answer.headers["location"], headers=jane)
    assert again.json() == review
    assert again.headers["etag"] == answer.headers["etag"]
    mine = await client.get(f"/v1/books/{book}/reviews/mine", headers=jane)
    assert mine.json() == review
    seen = (await client.get(answer.headers["location"])).json()
    assert seen == {**review, "yours": False}
    [listed] = (await page(client, book))["items"]
    assert listed == {name: review[name] for name in listed}
    assert set(review) - set(listed) == {"work_id", "version", "state", "reasons", "yours"}


async def test_only_stars_are_needed(client: httpx.AsyncClient, jane: Headers, book: UUID) -> None:
    review = (await written(client, jane, book)).json()
    assert (review["title"], review["text"], review["display_name"]) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"rating": 0}, "rating"),
        ({"rating": 6}, "rating"),
        ({"rating": 4.5}, "rating"),
        ({"rating": "5"}, "rating"),
        ({"rating": None}, "rating"),
        ({"text": "x" * 5_001}, "text"),
        ({"title": "\u202etitle"}, "title"),
        ({"display_name": "jane@example.org"}, "display_name"),
        ({"colour": "red"}, "colour"),
    ],
)
async def test_what_cannot_be_said_is_named(
    client: httpx.AsyncClient, jane: Headers, book: UUID, said: Json, field: str
) -> None:
    answer = await written(client, jane, book, **said)
    assert answer.status_code == 400, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_second_review_is_told_of_the_first(
    client: httpx.AsyncClient, jane: Headers, book: UUID
) -> None:
    first = (await written(client, jane, book)).json()
    second = await written(client, jane, book)
    assert (second.status_code, second.json()["code"]) == (409, "already_reviewed")
    assert second.json()["review_id"] == first["review_id"]


async def test_a_change_names_the_version_it_was_made_on(
    client: httpx.AsyncClient, reader: MakeReader, jane: Headers, book: UUID
) -> None:
    first = await written(client, jane, book)
    path = first.headers["location"]
    unnamed = await client.put(path, json={"rating": 1}, headers=jane)
    assert (unnamed.status_code, unnamed.json()["code"]) == (428, "version_not_named")
    seen = {"If-Match": first.headers["etag"]}
    foreign = await client.put(path, json={"rating": 1}, headers={**await reader(), **seen})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "not_your_review")
    await client.put(f"{path}/vote", headers=await reader())  # a vote does not stand in the way
    changed = await client.put(path, json={"rating": 1, "text": "No."}, headers={**jane, **seen})
    assert (changed.status_code, changed.json()["rating"], changed.json()["version"]) == (200, 1, 2)
    assert changed.json()["revised_at"] is not None
    stale = await client.put(path, json={"rating": 5}, headers={**jane, **seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert (await client.delete(path, headers={**jane, **seen})).status_code == 412
    assert (await client.delete(path, headers=await reader())).status_code == 403
    assert (await client.delete(path, headers=jane)).status_code == 204
    for gone in (path, f"/v1/books/{book}/reviews/mine"):
        answer = await client.get(gone, headers=jane)
        assert (answer.status_code, answer.json()["code"]) == (404, "review_not_found")


async def test_votes_are_counted_once_and_can_be_taken_back(
    client: httpx.AsyncClient, reader: MakeReader, jane: Headers, book: UUID
) -> None:
    path = (await written(client, jane, book)).headers["location"]
    voter = await reader()
    assert [(await client.put(f"{path}/vote", headers=voter)).json()["helpful"] for _ in "12"] == [1, 1]
    assert [(await client.delete(f"{path}/vote", headers=voter)).json()["helpful"] for _ in "12"] == [0, 0]
    own = await client.put(f"{path}/vote", headers=jane)
    assert (own.status_code, own.json()["code"]) == (409, "own_review")


async def test_too_much_in_a_day_is_told_with_the_wait(
    client: httpx.AsyncClient, jane: Headers, book: UUID, shop_database: str
) -> None:
    answer = await written(client, jane, book)
    path = answer.headers["location"]
    with psycopg.connect(shop_database, autocommit=True) as connection:
        connection.execute(  # she has changed her mind all day
            'INSERT INTO review_history (review_id, at, deed, "by", revision, state, reasons)'
            " SELECT review_id, at, 'revised', \"by\", revision, state, reasons"
            " FROM review_history, generate_series(1, 29) WHERE review_id = %s",
            (answer.json()["review_id"],),
        )
    answer = await client.put(path, json={"rating": 5}, headers={**jane, "If-Match": "*"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_reviews")
    assert 86_000 < int(answer.headers["retry-after"]) <= 86_400
