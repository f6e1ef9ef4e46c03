"""The real application on real PostgreSQL and Valkey, asked in this process."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest
from litestar import Litestar

from domain.users.principal import Role
from entrypoints.container import Container
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from tests.accounts import register_and_login
from tests.http.people import MakePerson, Person, newcomer
from tests.http.shelf import Shelf

MakeApp = Callable[..., AbstractAsyncContextManager[Litestar]]


def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@pytest.fixture(scope="session")
def shop_database(make_shop_database: Callable[[], str]) -> str:
    """One database with every table, shared by the tests over HTTP."""
    return make_shop_database()


@pytest.fixture(scope="session")
def environment(
    shop_database: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The settings of this run, as a person would write them down; no limit on requests, and no Temporal."""
    return {
        "OCTAVO_HOME": str(tmp_path_factory.mktemp("home")),
        "OCTAVO_DATABASE_URL": shop_database,
        "OCTAVO_REDIS_URL": redis_url.replace("db=0", "db=1"),  # another shop than that of the other tests
        "OCTAVO_TEMPORAL_ADDRESS": "127.0.0.1:1",
        "OCTAVO_RATE_LIMIT_PER_MINUTE": "0",
        "OCTAVO_SEARCH_ENGINE": "postgres",
        "OCTAVO_EMBEDDING_THREADS": "0",
        "OCTAVO_PAYMENTS_API_KEY": "key",
        "OCTAVO_PAYMENTS_WEBHOOK_SECRET": "secret",
        "OCTAVO_CARRIER_API_KEY": "key",
        "OCTAVO_CARRIER_WEBHOOK_SECRET": "secret",
        "OCTAVO_BOOK_SOURCES": "none",
        "OCTAVO_BOOKS_API_KEY": "key",
        "OCTAVO_BOOKSTORES_API_KEY": "key",
        "OCTAVO_ENCRYPTION_KEYS": f"1:{_key()}",
        "OCTAVO_BLIND_INDEX_KEY": _key(),
        "OCTAVO_TOKEN_SIGNING_KEY": _key(),
        "OCTAVO_COOKIE_KEY": _key(),
    }


@pytest.fixture(scope="session")
def make_app(environment: dict[str, str]) -> MakeApp:
    """One more application, some settings changed by their variables: `OCTAVO_HOLD_MINUTES="1"`."""

    @asynccontextmanager
    async def make(**changed: str) -> AsyncIterator[Litestar]:
        app = create_app(Settings.load({**environment, **changed}))
        async with running(app):
            yield app

    return make


@pytest.fixture(scope="session")
async def app(make_app: MakeApp) -> AsyncIterator[Litestar]:
    """The application of the run."""
    async with make_app() as opened:
        yield opened


@asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[None]:
    """Start it and stop it in one task of its own: fixtures begin and end in different ones."""
    started, stop = asyncio.Event(), asyncio.Event()

    async def live() -> None:
        async with app.lifespan():
            started.set()
            await stop.wait()

    life = asyncio.create_task(live())
    beginning = asyncio.create_task(started.wait())
    await asyncio.wait({life, beginning}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield
    finally:
        stop.set()
        beginning.cancel()
        await life


def asking(app: Litestar, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A client of that application; mistakes come back as answers, as they would over the wire."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))  # type: ignore[arg-type] # httpx types ASGI loosely
    return httpx.AsyncClient(transport=transport, base_url="http://shop.example")


@pytest.fixture
async def client(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """A fresh visitor without cookies."""
    async with asking(app) as visitor:
        yield visitor


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    """A member of staff, by their headers."""
    return await register_and_login(client, role="staff")


@pytest.fixture
def shelf(shop_database: str) -> Shelf:
    """Where tests put books."""
    return Shelf(shop_database)


@pytest.fixture(scope="session")
async def container(environment: dict[str, str]) -> AsyncIterator[Container]:
    """The shop's database and keys, for tests that arrange things behind the counter."""
    made = Container(settings=Settings.load(environment))
    await made.adapters.database().open()
    yield made
    await made.adapters.database().close()


@pytest.fixture(scope="session")
def person(container: Container) -> MakePerson:
    """Somebody signed in."""

    async def make(role: Role = Role.READER) -> Person:
        return await newcomer(container, role)

    return make
