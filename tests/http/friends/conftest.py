"""Readers with calling cards, over HTTP."""

from typing import Any

import httpx
import pytest

from tests.http.people import MakePerson, Person

Json = dict[str, Any]


@pytest.fixture
async def anna(person: MakePerson) -> Person:
    return await person()


@pytest.fixture
async def ben(person: MakePerson) -> Person:
    return await person()


async def code_of(client: httpx.AsyncClient, who: Person) -> str:
    card: Json = (await client.get("/v1/friends/card", headers=who.headers)).json()
    code: str = card["code"]
    return code


async def asked(client: httpx.AsyncClient, who: Person, other: Person) -> httpx.Response:
    body = {"code": await code_of(client, other)}
    return await client.post("/v1/friends", json=body, headers=who.headers)


async def listed(client: httpx.AsyncClient, who: Person, standing: str = "friends") -> list[str]:
    answer = await client.get("/v1/friends", params={"standing": standing}, headers=who.headers)
    assert answer.status_code == 200, answer.text
    return [item["reader_id"] for item in answer.json()["items"]]
