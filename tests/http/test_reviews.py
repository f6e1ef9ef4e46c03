"""Reviews over HTTP: reading for everybody, writing for readers, deciding for staff."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.principal import Role
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.http.shelf import Shelf

NOW = {"Cache-Control": "no-cache"}
SPAM = "Half the price at www.cheap.example"
Json = dict[str, Any]
Headers = dict[str, str]
MakeReader = Callable[..., Awaitable[Headers]]


@pytest.fixture(scope="module")
async def reader(environment: dict[str, str]) -> AsyncIterator[MakeReader]:
    """Somebody signed in, without the ceremony that takes longer than all of her reviews."""
    box = Container(settings=Settings.load(environment)).adapters
    database = box.database()
    await database.open()

    async def make(role: Role = Role.READER) -> Headers:
        now, email = box.clock().now(), EmailAddress.parse(f"r{uuid4().hex}@example.org")
        user = User.register(UserId(uuid4()), email, "Jane Fairfax", PasswordHash("unused"), now)
        user.grant(role, None, now)
        session = Session.start(SessionId(uuid4()), user.id, "a test", fingerprint(uuid4().hex), now)
        async with box.unit_of_work()() as work:
            await work.users.add(user)
            await work.sessions.add(session)
        token = box.access_tokens().issue(AccessClaims(user.id, session.id), now)
        return {"Authorization": f"Bearer {token}"}

    yield make
    await database.close()


@pytest.fixture
async def jane(reader: MakeReader) -> Headers:
    return await reader()


@pytest.fixture
async def clerk(reader: MakeReader) -> Headers:
    return await reader(Role.STAFF)


@pytest.fixture
def book(shelf: Shelf) -> UUID:
    return shelf.put()


async def written(client: httpx.AsyncClient, who: Headers, book: UUID, **said: object) -> httpx.Response:
    return await client.post(f"/v1/books/{book}/reviews", json={"rating": 4, **said}, headers=who)


async def page(client: httpx.AsyncClient, book: UUID, **asked: object) -> Json:
    answer = await client.get(f"/v1/books/{book}/reviews", params=asked, headers=NOW)  # type: ignore[arg-type] # any words
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def rating(client: httpx.AsyncClient, book: UUID) -> Json:
    found: Json = (await client.get(f"/v1/books/{book}", headers=NOW)).json()["rating"]
    return found


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


async def test_votes_are_counted_once_and_can_be_taken_back(
    client: httpx.AsyncClient, reader: MakeReader, jane: Headers, book: UUID
) -> None:
    path = (await written(client, jane, book)).headers["location"]
    voter = await reader()
    assert [(await client.put(f"{path}/vote", headers=voter)).json()["helpful"] for _ in "12"] == [1, 1]
    assert [(await client.delete(f"{path}/vote", headers=voter)).json()["helpful"] for _ in "12"] == [0, 0]
    own = await client.put(f"{path}/vote", headers=jane)
    assert (own.status_code, own.json()["code"]) == (409, "own_review")


async def test_staff_decides_about_what_is_held(
    client: httpx.AsyncClient, jane: Headers, clerk: Headers, book: UUID
) -> None:
    held = await written(client, jane, book, rating=5, text=SPAM)
    review, path = held.json(), held.headers["location"]
    assert (held.status_code, review["state"], review["reasons"]) == (201, "held", ["links"])
    assert (await client.get(path)).status_code == 404
    assert (await client.get(path, headers=clerk)).json()["text"] == SPAM
    assert (await rating(client, book))["count"] == 0
    [waiting] = [item for item in await queue(client, clerk) if item["review_id"] == review["review_id"]]
    assert (waiting["work_title"], waiting["version"], waiting["reasons"]) == ("Emma", 1, ["links"])
    desk = f"/v1/reviews/{review['review_id']}"
    assert (await client.post(f"{desk}/approve", headers=clerk)).status_code == 428
    stale = await client.post(f"{desk}/approve", headers={**clerk, "If-Match": '"7"'})
    assert stale.status_code == 412
    seen = {**clerk, "If-Match": f'"{waiting["version"]}"'}
    refused = await client.post(f"{desk}/reject", json={"reason": "ugly"}, headers=seen)
    assert refused.status_code == 400
    assert (await client.post(f"{desk}/reject", json={"reason": "spam"}, headers=seen)).status_code == 204
    mine = (await client.get(path, headers=jane)).json()
    assert (mine["state"], mine["reasons"], mine["version"]) == ("rejected", ["spam"], 2)
    seen["If-Match"] = '"2"'
    assert (await client.post(f"{desk}/approve", headers=seen)).status_code == 204
    assert (await rating(client, book))["count"] == 1
    story = (await client.get(f"{desk}/history", headers=clerk)).json()["items"]
    assert [(line["deed"], line["state"]) for line in story] == [
        ("written", "held"),
        ("rejected", "rejected"),
        ("approved", "published"),
    ]


async def queue(client: httpx.AsyncClient, clerk: Headers) -> list[Json]:
    found: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = (await client.get("/v1/reviews/held", params=params, headers=clerk)).json()
        found += answer["items"]
        cursor = answer["next"]
    return found


async def test_reports_bring_a_review_before_staff(
    client: httpx.AsyncClient, reader: MakeReader, jane: Headers, clerk: Headers, book: UUID
) -> None:
    answer = await written(client, jane, book, text="Rude.")
    path, review_id = answer.headers["location"], answer.json()["review_id"]
    for reason in ("offensive", "offensive", "other"):
        report = await client.put(f"{path}/report", json={"reason": reason}, headers=await reader())
        assert report.status_code == 204, report.text
    [waiting] = [item for item in await queue(client, clerk) if item["review_id"] == review_id]
    assert (waiting["reasons"], waiting["reports"]) == (["reported"], {"offensive": 2, "other": 1})
    assert (await page(client, book))["items"] == []


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


async def test_an_erased_author_leaves_her_stars_and_none_of_her_words(
    client: httpx.AsyncClient, jane: Headers, clerk: Headers, book: UUID, shop_database: str
) -> None:
    answer = await written(client, jane, book, rating=2, text="I live in Highbury.", display_name="J. F.")
    review_id = answer.json()["review_id"]
    with psycopg.connect(shop_database, autocommit=True) as connection:
        connection.execute(
            "DELETE FROM subject_keys k USING reviews r WHERE r.id = %s AND k.user_id = r.user_id",
            (review_id,),
        )
    [left] = (await page(client, book))["items"]
    assert (left["rating"], left["title"], left["text"], left["display_name"]) == (2, None, None, None)
    assert (await rating(client, book))["count"] == 1
    story = (await client.get(f"/v1/reviews/{review_id}/history", headers=clerk)).json()["items"]
    assert [(line["rating"], line["text"]) for line in story] == [(2, None)]
    reject = await client.post(
        f"/v1/reviews/{review_id}/reject",
        json={"reason": "not_genuine"},
        headers={**clerk, "If-Match": '"1"'},
    )
    assert reject.status_code == 204
    assert (await rating(client, book))["count"] == 0


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
