"""Two processes of the API share what they found out, and neither shows what the other knows to be old."""

from collections.abc import AsyncIterator

import httpx
import pytest

from application.shared.answers import LONGEST_SHARED, Life
from domain.shared.isbn import isbn13_check_digit
from entrypoints.http.books import browse
from tests.http.conftest import MakeApp, asking
from tests.http.shelf import Shelf
from tests.shop import eventually

NO_DATABASE = "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"
# So long that a test would rather fail than see an answer grow old.
LONG = Life(fresh=600.0, shared=LONGEST_SHARED)


@pytest.fixture
async def two(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[httpx.AsyncClient]]:
    monkeypatch.setattr(browse, "LIFE", LONG)
    async with make_app() as one, make_app() as other, asking(one) as here, asking(other) as there:
        yield [here, there]


async def added(visitor: httpx.AsyncClient, staff: dict[str, str]) -> str:
    said = {
        "title": "Sanditon",
        "authors": ["Jane Austen"],
        "isbn": f"978790000000{isbn13_check_digit('978790000000')}",
        "format": "paperback",
        "categories": [],
        "price": {"amount": 1299, "currency": "USD"},
    }
    answer = await visitor.post("/v1/books", json=said, headers=staff)
    assert answer.status_code == 201, answer.text
    return answer.headers["location"]


async def price(visitor: httpx.AsyncClient, page: str) -> int:
    answer = await visitor.get(page)
    assert answer.status_code == 200, answer.text
    amount: int = answer.json()["price"]["amount"]
    return amount


async def test_a_change_is_seen_at_once_in_every_process(
    two: list[httpx.AsyncClient], staff: dict[str, str]
) -> None:
    page = await added(two[0], staff)
    assert [await price(visitor, page) for visitor in two] == [1299, 1299]
    etag = (await two[0].get(page)).headers["etag"]
    changed = await two[0].patch(
        page, json={"price": {"amount": 1199, "currency": "USD"}}, headers={**staff, "If-Match": etag}
    )
    assert changed.status_code == 200, changed.text
    assert await price(two[0], page) == 1199
    await eventually(lambda: _is(two[1], page, 1199))


async def _is(visitor: httpx.AsyncClient, page: str, amount: int) -> bool:
    return await price(visitor, page) == amount


async def test_a_process_shows_what_another_has_found_out_even_without_the_database(
    make_app: MakeApp, two: list[httpx.AsyncClient], shelf: Shelf
) -> None:
    page = f"/v1/books/{shelf.put(price=1299)}"
    async with make_app(OCTAVO_DATABASE_URL=NO_DATABASE) as app, asking(app) as visitor:
        taken_over = await eventually(lambda: _taken_over(two[0], visitor, page))
        again = await visitor.get(page, headers={"If-None-Match": taken_over.headers["etag"]})
    there = await two[0].get(page)
    assert (taken_over.content, taken_over.headers["etag"]) == (there.content, there.headers["etag"])
    assert again.status_code == 304


async def _taken_over(
    first: httpx.AsyncClient, second: httpx.AsyncClient, page: str
) -> httpx.Response | None:
    """An answer is shared after its visitor has it, and on a busy machine perhaps not the first time."""
    (await first.get(page, headers={"Cache-Control": "no-cache"})).raise_for_status()
    answer = await second.get(page)
    return answer if answer.is_success else None
