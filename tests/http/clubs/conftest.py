"""A club with its owner and a member, and a book to read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from tests.http.people import MakePerson, Person
from tests.http.shelf import Shelf

Json = dict[str, Any]


@dataclass(frozen=True)
class Circle:
    """What the tests start from: Emma's club, and Harriet in it."""

    client: httpx.AsyncClient
    emma: Person
    harriet: Person
    club: str
    book: UUID
    work: str

    async def ask(
        self, who: Person | None, method: str, path: str, body: object = None, **headers: str
    ) -> httpx.Response:
        return await self.client.request(
            method, path, json=body, headers={**(who.headers if who else {}), **headers}
        )

    async def meeting(self, **said: object) -> Json:
        body = {"club_id": self.club, "work_id": self.work, "time_zone": "Europe/London", **said}
        body.setdefault("starts_at", "2028-05-01T19:00:00")
        answer = await self.ask(self.emma, "POST", "/v1/meetings", body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made


@pytest.fixture
async def circle(client: httpx.AsyncClient, person: MakePerson, shelf: Shelf) -> Circle:
    emma, harriet, book = await person(), await person(), shelf.put("Emma", format="ebook")
    with psycopg.connect(shelf.database_url, autocommit=True) as connection:
        connection.execute("UPDATE books SET pages = 400 WHERE id = %s", (book,))
        [row] = connection.execute("SELECT work_id FROM books WHERE id = %s", (book,)).fetchall()
    founded = await client.post(
        "/v1/clubs", json={"name": "Highbury Readers", "location": "Highbury"}, headers=emma.headers
    )
    assert founded.status_code == 201, founded.text
    club = founded.json()["id"]
    joined = await client.post(f"/v1/clubs/{club}/members", headers=harriet.headers)
    assert joined.status_code == 201, joined.text
    return Circle(client, emma, harriet, club, book, str(row[0]))
