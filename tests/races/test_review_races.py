"""Many readers at once, at two doors: summaries are exact at the end, and so is every count."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg

from domain.shared.isbn import isbn13_check_digit
from tests.shop import Reader, Shop, eventually

READERS = 18


async def write(shop: Shop, reader: Reader, book: UUID, rating: int) -> httpx.Response:
    return await shop.http.post(f"/v1/books/{book}/reviews", headers=reader.headers, json={"rating": rating})


async def add_edition(shop: Shop, clerk: Reader, author: str) -> httpx.Response:
    stem = f"9798{uuid4().int % 10**8:08d}"
    body = {
        "title": "Emma",
        "authors": [author],
        "isbn": stem + isbn13_check_digit(stem),
        "format": "ebook",
        "price": {"amount": 500, "currency": "USD"},
        "categories": [],
    }
    return await shop.http.post("/v1/books", headers=clerk.headers, json=body)


async def rating_of(shop: Shop, book: UUID) -> dict[str, Any]:
    answer = await shop.http.get(f"/v1/books/{book}", headers={"Cache-Control": "no-cache"})
    found: dict[str, Any] = answer.json()["rating"]
    return found


async def test_the_summary_is_exact_while_everybody_changes_their_minds(shop: Shop) -> None:
    """Many readers write, correct and take back at the same moment, while new editions appear."""
    clerk, author = await shop.staff(), f"Jane {uuid4().hex}"
    book = UUID((await add_edition(shop, clerk, author)).json()["book_id"])
    people = [await shop.reader() for _ in range(READERS)]

    async def opinion(place: int) -> int | None:
        reader, stars = people[place], 1 + place % 5
        path = (await write(shop, reader, book, stars)).headers["location"]
        again = {**reader.headers, "If-Match": "*"}
        if place % 3 == 1:
            stars = 5
            (await shop.http.put(path, headers=again, json={"rating": stars})).raise_for_status()
        elif place % 3 == 2:
            (await shop.http.delete(path, headers=again)).raise_for_status()
            return None
        return stars

    opinions = [opinion(place) for place in range(READERS)]
    editions = [add_edition(shop, clerk, author) for _ in range(2)]
    stars, added = await asyncio.gather(asyncio.gather(*opinions), asyncio.gather(*editions))
    assert [answer.status_code for answer in added] == [201, 201]
    given = Counter(one for one in stars if one is not None)
    histogram = {str(one): given[one] for one in range(1, 6)}
    for edition in (book, *(UUID(answer.json()["book_id"]) for answer in added)):
        told = await rating_of(shop, edition)
        assert (told["count"], told["histogram"]) == (given.total(), histogram)


async def test_one_reader_s_many_clicks_are_one_review(shop: Shop) -> None:
    reader, book = await shop.reader(), shop.shelf.put()
    answers = await asyncio.gather(*(write(shop, reader, book, 5) for _ in range(8)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert {answer.json()["review_id"] for answer in answers} == {answers[0].json()["review_id"]}
    assert (await rating_of(shop, book))["count"] == 1


async def test_votes_at_the_same_moment_are_all_counted_and_none_twice(shop: Shop) -> None:
    book = shop.shelf.put()
    path = (await write(shop, await shop.reader(), book, 5)).headers["location"]
    voters = [await shop.reader() for _ in range(10)]
    await asyncio.gather(
        *(shop.http.put(f"{path}/vote", headers=voter.headers) for voter in voters for _ in range(2))
    )
    await asyncio.gather(
        *(shop.http.delete(f"{path}/vote", headers=voter.headers) for voter in voters[:3] for _ in range(2))
    )
    assert (await shop.http.get(path)).json()["helpful"] == 7


async def test_a_limit_is_a_limit_for_somebody_with_many_windows(shop: Shop) -> None:
    reader = await shop.reader()
    (await write(shop, reader, shop.shelf.put(), 4)).raise_for_status()
    with psycopg.connect(shop.environment["OCTAVO_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(  # she has changed her mind two dozen times today
            'INSERT INTO review_history (review_id, at, deed, "by", revision, state, reasons)'
            " SELECT review_id, at, 'revised', \"by\", revision, state, reasons"
            ' FROM review_history, generate_series(1, 24) WHERE "by" = %s',
            (reader.user_id,),
        )
    books = [shop.shelf.put() for _ in range(8)]
    answers = await asyncio.gather(*(write(shop, reader, book, 4) for book in books))
    assert Counter(answer.status_code for answer in answers) == {201: 5, 429: 3}


async def test_staff_approves_only_what_it_has_seen(shop: Shop) -> None:
    """The author changes her words while the decision is on its way: one of the two is told to look again."""
    reader, clerk, book = await shop.reader(), await shop.staff(), shop.shelf.put()
    said = {"rating": 5, "text": "See www.cheap.example"}
    held = await shop.http.post(f"/v1/books/{book}/reviews", headers=reader.headers, json=said)
    seen = {"If-Match": held.headers["etag"]}
    worse = {"rating": 5, "text": "See www.worse.example"}
    path, desk = held.headers["location"], f"/v1/reviews/{held.json()['review_id']}"
    revised, approved = await asyncio.gather(
        shop.http.put(path, headers={**reader.headers, **seen}, json=worse),
        shop.http.post(f"{desk}/approve", headers={**clerk.headers, **seen}),
    )
    assert sorted((revised.status_code, approved.status_code)) in ([200, 412], [204, 412])
    shown = (await shop.http.get(path, headers=reader.headers)).json()
    assert (shown["state"], shown["text"]) == (
        ("published", said["text"]) if approved.status_code == 204 else ("held", worse["text"])
    )


async def test_a_mark_comes_with_the_money_and_goes_with_it(shop: Shop) -> None:
    """Written while the money is taken: the relay marks it, and unmarks it after a refund."""
    reader, clerk, book = await shop.reader(), await shop.staff(), shop.shelf.put(format="ebook")
    bought, written = await asyncio.gather(shop.buy(reader, book), write(shop, reader, book, 5))
    path, order_id = written.headers["location"], bought.json()["order_id"]

    async def marked() -> dict[str, Any]:
        found: dict[str, Any] = (await shop.http.get(path)).json()
        return found if found["verified_purchase"] else {}

    async def unmarked() -> bool:
        return not await marked()

    assert await eventually(marked)
    await shop.ended(order_id)
    headers = {**clerk.headers, "Idempotency-Key": str(uuid4())}
    refund = await shop.http.post(
        f"/v1/orders/{order_id}/refunds", headers=headers, json={"reason": "Torn page"}
    )
    refund.raise_for_status()
    assert await eventually(unmarked)
