"""What staff decides over HTTP, and what is left of an author who was erased."""

from uuid import UUID

import httpx
import psycopg

from tests.http.reviews.asking import Headers, MakeReader, page, queue, rating, written

SPAM = "Half the price at www.cheap.example"


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
