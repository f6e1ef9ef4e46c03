"""Handlers that name `reader`, `staff` or `visitor` are closed, closed, and open to guests."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest
from dependency_injector import providers
from litestar import Litestar, Router, get
from litestar.di import NamedDependency

from application.shared.rate_limiter import LimitReader
from application.users.authenticate import Authenticate
from domain.shared.ids import SessionId, UserId
from domain.users.principal import NotAuthenticated, Principal, Role
from entrypoints.container import Container
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from tests.http.conftest import asking, running

READERS = {"ada": frozenset({Role.READER}), "bob": frozenset({Role.READER, Role.STAFF})}


class KnownTokens(Authenticate):
    """Authenticates by the reader's first name."""

    def __init__(self) -> None:
        """Needs no keys."""

    async def __call__(self, token: str) -> Principal:
        if token not in READERS:
            raise NotAuthenticated("No such token.")
        number = sorted(READERS).index(token)
        return Principal(UserId(UUID(int=number)), SessionId(UUID(int=9)), READERS[token])


class Twice:
    """Lets everybody pass twice."""

    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def take(self, caller: str) -> float:
        self.seen[caller] = self.seen.get(caller, 0) + 1
        return 0.0 if self.seen[caller] <= 2 else 6.5


@get("/mine")
async def mine(reader: NamedDependency[Principal]) -> str:
    return str(reader.user_id)


@get("/staff")
async def backstage(staff: NamedDependency[Principal]) -> str:
    return str(staff.user_id)


@get("/any")
async def anybody(visitor: NamedDependency[Principal | None]) -> str:
    return str(visitor and visitor.user_id)


@pytest.fixture
async def shop(environment: dict[str, str]) -> AsyncIterator[Litestar]:
    box = Container(settings=Settings.load(environment))
    box.use_cases.authenticate.override(providers.Object(KnownTokens()))
    box.use_cases.limit_reader.override(providers.Object(LimitReader(Twice())))  # type: ignore[arg-type] # no sharing here
    app = create_app(container=box)
    app.register(Router(path="/test", route_handlers=[mine, backstage, anybody]))
    async with running(app):
        yield app


async def _status(app: Litestar, path: str, token: str | None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with asking(app) as client:
        return await client.get(f"/test/{path}", headers=headers)


@pytest.mark.parametrize(
    ("path", "token", "status"),
    [
        ("mine", None, 401),
        ("mine", "forged", 401),
        ("mine", "ada", 200),
        ("staff", None, 401),
        ("staff", "ada", 403),
        ("staff", "bob", 200),
        ("any", None, 200),
        ("any", "ada", 200),
        ("any", "forged", 401),
    ],
)
async def test_each_door_opens_to_whom_it_names(
    shop: Litestar, path: str, token: str | None, status: int
) -> None:
    assert (await _status(shop, path, token)).status_code == status


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "bearer ", "ada"])
async def test_anything_but_a_bearer_token_is_no_token(shop: Litestar, header: str) -> None:
    async with asking(shop) as client:
        answer = await client.get("/test/mine", headers={"Authorization": header})
    assert answer.status_code == 401


async def test_a_reader_who_asks_too_often_waits_and_another_does_not(shop: Litestar) -> None:
    statuses = [(await _status(shop, "mine", "ada")).status_code for _ in range(3)]
    late = await _status(shop, "mine", "ada")
    assert statuses == [200, 200, 429]
    assert late.headers["retry-after"] == "7"
    assert (await _status(shop, "mine", "bob")).status_code == 200
