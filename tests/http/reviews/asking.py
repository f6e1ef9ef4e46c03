"""Small words for what tests of reviews ask over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx

NOW = {"Cache-Control": "no-cache"}
Json = dict[str, Any]
Headers = dict[str, str]
MakeReader = Callable[..., Awaitable[Headers]]


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


async def queue(client: httpx.AsyncClient, clerk: Headers) -> list[Json]:
    found: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = (await client.get("/v1/reviews/held", params=params, headers=clerk)).json()
        found += answer["items"]
        cursor = answer["next"]
    return found
