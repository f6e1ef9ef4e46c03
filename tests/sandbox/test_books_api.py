"""The stand-in for those who know books, as its documentation describes it."""

from collections.abc import AsyncIterator

import httpx
import pytest

from entrypoints.sandbox.books import create_app
from entrypoints.sandbox.books.library import ELSEWHERE, Library, Volume
from tests.sandbox.running import running

GOOGLE = "/books/v1/volumes"


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Somebody without the key."""
    async with running(create_app("key")) as url, httpx.AsyncClient(base_url=url) as client:
        yield client


@pytest.fixture(scope="module")
def emma() -> Volume:
    return next(v for v in Library().search("emma austen", 9) if v.publisher == ELSEWHERE)


async def test_reading_is_open_and_mischief_is_not(client: httpx.AsyncClient) -> None:
    assert (await client.get("/search.json", params={"q": "emma"})).status_code == 200
    assert (await client.get("/control/faults")).status_code == 401


async def test_google_wants_to_know_the_country(client: httpx.AsyncClient) -> None:
    for country in ("", "AA", "Germany"):
        answer = await client.get(GOOGLE, params={"q": "emma", "country": country})
        assert answer.status_code == 403
        assert answer.json()["error"]["errors"][0]["reason"] == "unknownLocation"


async def test_a_list_knows_less_than_the_volume(client: httpx.AsyncClient, emma: Volume) -> None:
    listed = await client.get(GOOGLE, params={"q": f"isbn:{emma.isbn}", "country": "US"})
    whole = await client.get(f"{GOOGLE}/{emma.id}", params={"country": "US"})
    (item,) = listed.json()["items"]
    assert item["id"] == whole.json()["id"] == emma.id
    assert "categories" not in item["volumeInfo"]
    assert whole.json()["volumeInfo"]["categories"]
    assert len(item["volumeInfo"]["description"]) < len(whole.json()["volumeInfo"]["description"])


async def test_a_list_without_books_has_no_items(client: httpx.AsyncClient) -> None:
    for nothing in ("zzyzx", "isbn:9780141439518", "isbn:rubbish"):
        answer = await client.get(GOOGLE, params={"q": nothing, "country": "US"})
        assert answer.json() == {"kind": "books#volumes", "totalItems": 0}


async def test_what_was_seen_is_not_sent_again(client: httpx.AsyncClient, emma: Volume) -> None:
    etag = (await client.get(f"{GOOGLE}/{emma.id}")).headers["etag"]
    again = await client.get(f"{GOOGLE}/{emma.id}", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.get(f"{GOOGLE}/nothing")).status_code == 404


async def test_open_library_tells_a_work_once(client: httpx.AsyncClient) -> None:
    docs = (await client.get("/search.json", params={"q": "emma austen", "limit": "5"})).json()["docs"]
    assert [(doc["title"], len(doc["editions"]["docs"])) for doc in docs] == [("Emma", 1)]


def test_no_two_volumes_share_a_number() -> None:
    library = Library()
    found = library.search("the", 100_000)
    assert len({volume.isbn for volume in found}) == len({volume.id for volume in found}) == len(found)
