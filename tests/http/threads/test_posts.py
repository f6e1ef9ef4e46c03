"""What is said in clubs, over HTTP: addresses, versions, and what is wrong with a body."""

from typing import Any

import httpx
import pytest

from tests.http.people import MakePerson, Person

Json = dict[str, Any]


@pytest.fixture
async def emma(person: MakePerson) -> Person:
    return await person()


@pytest.fixture
async def posts(client: httpx.AsyncClient, emma: Person) -> str:
    """Where the posts of a new thread are."""
    club = (await client.post("/v1/clubs", headers=emma.headers, json={"name": "Highbury"})).json()["id"]
    body = {"club_id": club, "title": "Biscuits"}
    opened = await client.post("/v1/threads", headers=emma.headers, json=body)
    assert (opened.status_code, opened.json()["title"], opened.json()["posts"]) == (201, "Biscuits", 0)
    return f"{opened.headers['Location']}/posts"


async def test_a_post_is_revised_on_the_version_that_was_read(
    client: httpx.AsyncClient, emma: Person, posts: str
) -> None:
    said = await client.post(posts, headers=emma.headers, json={"text": "Shrotbread."})
    assert (said.status_code, said.json()["text"], said.json()["position"]) == (201, "Shrotbread.", None)
    path, anew = said.headers["Location"], {"text": "Shortbread."}
    assert (await client.put(path, headers=emma.headers, json=anew)).status_code == 428
    seen = {**emma.headers, "If-Match": said.headers["ETag"]}
    revised = await client.put(path, headers=seen, json=anew)
    assert (revised.status_code, revised.json()["text"]) == (200, "Shortbread.")
    late = await client.put(path, headers=seen, json={"text": "Scones."})
    assert (late.status_code, late.json()["code"]) == (412, "stale_version")
    assert (await client.delete(path, headers=emma.headers)).status_code == 204
    gone = await client.get(path, headers=emma.headers)
    assert (gone.status_code, gone.json()["code"]) == (404, "post_not_found")
    assert (await client.get(posts, headers=emma.headers)).json() == {
        "items": [],
        "high_water": 0,
        "next": None,
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": " \n "}, 400),
        ({"text": "x" * 5_001}, 400),
        ({"text": "Oh.", "page": 1, "percent": 2}, 400),
        ({"text": "Oh.", "percent": 2}, 422),  # the thread is about no work
        ({"text": "Oh.", "position": 500_000}, 400),
    ],
)
async def test_what_cannot_be_said_is_refused(
    client: httpx.AsyncClient, emma: Person, posts: str, body: Json, status: int
) -> None:
    assert (await client.post(posts, headers=emma.headers, json=body)).status_code == status
