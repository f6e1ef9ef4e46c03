"""A reader's points over HTTP."""

from typing import cast

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide

from application.points.change_by_hand import BurnPoints, GrantPoints
from domain.users.email import EmailAddress
from tests.accounts import log_in, register, register_and_login


@pytest.fixture
async def reader(client: httpx.AsyncClient) -> dict[str, str]:
    return await register_and_login(client)


async def test_a_new_reader_has_none_and_is_told_that_they_are_a_game(
    client: httpx.AsyncClient, reader: dict[str, str]
) -> None:
    answer = (await client.get("/v1/points", headers=reader)).json()
    assert (answer["balance"], answer["entries"], answer["next"]) == (0, [], None)
    assert "no cash value" in answer["notice"]


async def test_points_are_for_their_reader_alone(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/points")).status_code == 401


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "cursor=x", "cursor=0"])
async def test_a_page_is_asked_for_properly(
    client: httpx.AsyncClient, reader: dict[str, str], query: str
) -> None:
    assert (await client.get(f"/v1/points?{query}", headers=reader)).status_code == 400


async def test_every_movement_is_told_newest_first_a_page_at_a_time(
    client: httpx.AsyncClient, app: Litestar
) -> None:
    email = EmailAddress.parse((await register(client))["email"])
    token = (await log_in(client, email.value)).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    grant_points = cast("GrantPoints", cast("Provide", app.dependencies["grant_points"]).dependency())
    burn_points = cast("BurnPoints", cast("Provide", app.dependencies["burn_points"]).dependency())
    await grant_points(email, 30, "a prize")
    await burn_points(email, 10, "a slip")
    first = (await client.get("/v1/points?limit=1", headers=headers)).json()
    rest = (await client.get(f"/v1/points?cursor={first['next']}", headers=headers)).json()
    told = [(e["amount"], e["kind"], e["reason"]) for e in first["entries"] + rest["entries"]]
    assert told == [(-10, "burn", "a slip"), (30, "grant", "a prize")]
    assert (first["balance"], rest["next"]) == (20, None)
