"""Every route by every role, read off the table of routes: nobody gets further than the route says."""

import re
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.http.app import create_app
from entrypoints.http.openapi import asked_for
from entrypoints.settings import Settings
from tests.http.conftest import asking

NOBODY_S = str(UUID(int=7))
PLACES = {"uuid": NOBODY_S, "str": "sandbox"}


def _operations() -> list[tuple[str, str, HTTPRouteHandler]]:
    app: Litestar = create_app(Settings.load({}, secrets_required=False))
    return [
        (method, re.sub(r"\{\w+:(\w+)\}", lambda found: PLACES[found[1]], route.path), handler)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]


OPERATIONS = _operations()
CLOSED = [(method, path) for method, path, handler in OPERATIONS if asked_for(handler) & {"reader", "staff"}]
FOR_STAFF = [(method, path) for method, path, handler in OPERATIONS if "staff" in asked_for(handler)]


@pytest.fixture(scope="module")
async def reader_token(app: Litestar) -> str:
    who = {"email": "doors@example.org", "password": "seven blue herons 7", "name": "Dora"}
    async with asking(app) as client:
        assert (await client.post("/v1/users/register", json=who)).status_code == 201
        answer = await client.post("/v1/users/login", json={k: who[k] for k in ("email", "password")})
    token: str = answer.json()["access_token"]
    return token


def test_there_are_doors_of_both_kinds() -> None:
    assert len(CLOSED) > len(FOR_STAFF) > 0


@pytest.mark.parametrize("token", [None, "forged", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."])
async def test_closed_routes_answer_401_without_a_good_token(
    client: httpx.AsyncClient, token: str | None
) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    headers["Idempotency-Key"] = "doors"
    answers = {
        f"{method} {path}": (await client.request(method, path, headers=headers)).status_code
        for method, path in CLOSED
    }
    assert {name: status for name, status in answers.items() if status != 401} == {}


async def test_routes_for_staff_answer_403_to_readers(client: httpx.AsyncClient, reader_token: str) -> None:
    headers = {"Authorization": f"Bearer {reader_token}", "Idempotency-Key": "doors"}
    answers = {
        f"{method} {path}": (await client.request(method, path, headers=headers)).status_code
        for method, path in FOR_STAFF
    }
    assert {name: status for name, status in answers.items() if status != 403} == {}


async def test_what_is_not_one_s_own_is_not_there(client: httpx.AsyncClient, reader_token: str) -> None:
    headers = {"Authorization": f"Bearer {reader_token}"}
    mine = [
        (method, path)
        for method, path in CLOSED
        if NOBODY_S in path and method == "GET" and (method, path) not in FOR_STAFF
    ]
    assert mine
    answers = {path: (await client.get(path, headers=headers)).status_code for _, path in mine}
    assert {path: status for path, status in answers.items() if status != 404} == {}
