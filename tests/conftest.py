"""Real servers for the tests: each starts when the first test asks for it and ends with the run."""

import logging
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings

from entrypoints.stack.places import free_port
from entrypoints.stack.postgres import PostgresServer
from entrypoints.stack.program import Process, Program, launch, wait_until
from entrypoints.stack.temporal import TemporalServer
from entrypoints.stack.typesense import TypesenseServer
from entrypoints.stack.valkey import ValkeyServer

if TYPE_CHECKING:
    from tests.shop import Shop

# New examples in every run add up; `--hypothesis-profile=thorough` takes its time.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=1_000, deadline=None)
settings.register_profile("markets", max_examples=25_000, deadline=None)  # settlement
settings.load_profile("quick")
pytest.register_assert_rewrite("tests.bdd.steps")  # or a failed scenario would not say what it saw

PATIENCE = 60.0  # seconds a server may take on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first, or the others would wait for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("torture") is None)


def _running(program: Program, ready: Callable[[], bool], home: Path) -> Iterator[Process]:
    process = launch(program, home / f"{program.name}.log")
    try:
        wait_until(ready, process, PATIENCE)
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="session")
def stack_home() -> Iterator[Path]:
    """A folder of this run, short enough for sockets and passable by PostgreSQL's own account."""
    home = Path(tempfile.mkdtemp(prefix="octavo-test-", dir="/tmp"))
    home.chmod(0o755)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(stack_home: Path) -> Iterator[PostgresServer]:
    """PostgreSQL with the shop's own settings, shared by the run."""
    server = PostgresServer(stack_home)
    server.initialise()
    program = server.program()
    # What a power cut would lose is no test's business; that the shop waits for its disk is asked of a shop.
    program = replace(program, argv=(*program.argv, "--fsync=off"))
    for _ in _running(program, server.ready, stack_home):
        yield server


@pytest.fixture(scope="session")
def database_url(postgres_server: PostgresServer) -> str:
    """The run's shared, initially empty database."""
    return postgres_server.url()


@pytest.fixture(scope="session")
def make_database(postgres_server: PostgresServer) -> Callable[..., str]:
    """Makes one more database on the same server, empty or like another, and returns its URL."""

    def make(like: str = "template1") -> str:
        name = f"octavo_{uuid4().hex[:12]}"
        with psycopg.connect(postgres_server.url("postgres", role="postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} owner octavo template {like}".encode())
        return postgres_server.url(name)

    return make


@pytest.fixture(scope="session")
def make_shop_database(make_database: Callable[..., str]) -> Callable[[], str]:
    """Makes one more database with the shop's newest schema, empty, and returns its URL."""
    from adapters.postgres.migrate import migrate  # noqa: PLC0415 - the core's tests need no Alembic

    pattern = make_database()
    migrate(pattern)
    name = urlsplit(pattern).path.removeprefix("/")
    return lambda: make_database(like=name)


@pytest.fixture(scope="session")
def redis_url(stack_home: Path) -> Iterator[str]:
    """Valkey, shared by the run."""
    server = ValkeyServer(stack_home)
    for _ in _running(server.program(), server.ready, stack_home):
        yield server.url


@pytest.fixture(scope="session")
def typesense(stack_home: Path) -> Iterator[tuple[TypesenseServer, Process]]:
    """Typesense and its process, shared by the run."""
    server = TypesenseServer(stack_home, free_port(), free_port(), "a key of the tests")
    program = replace(server.program(), stop_signal=signal.SIGKILL)  # in order takes it a second or three
    for process in _running(program, server.ready, stack_home):
        yield server, process


@pytest.fixture(scope="session")
def typesense_server(typesense: tuple[TypesenseServer, Process]) -> TypesenseServer:
    """Where it is; each test that writes has collections of its own."""
    return typesense[0]


@pytest.fixture(scope="session")
def temporal_server(stack_home: Path) -> Iterator[TemporalServer]:
    """Temporal with its UI and the shop's search attributes, in memory, shared by the run."""
    server = TemporalServer(port=free_port(), ui_port=free_port())
    for _ in _running(server.program(), server.ready, stack_home):
        yield server


@pytest.fixture(scope="session")
def temporal_address(temporal_server: TemporalServer) -> str:
    """Where workers and clients of the tests connect."""
    return temporal_server.address


@pytest.fixture(scope="session")
async def shop(
    make_shop_database: Callable[[], str],
    redis_url: str,
    temporal_address: str,
    typesense: tuple[TypesenseServer, Process],
    tmp_path_factory: pytest.TempPathFactory,
) -> "AsyncIterator[Shop]":
    """One open shop for the run: API, worker, relay and the outside world; tests bring readers and books."""
    from tests.shop import environment_of, living  # noqa: PLC0415 - whoever needs no shop need not load it

    logging.getLogger("temporalio").setLevel(logging.ERROR)  # what fails and is retried on purpose is no news
    environment = environment_of(
        tmp_path_factory.mktemp("shop"),
        database_url=make_shop_database(),
        redis_url=redis_url,
        temporal_address=temporal_address,
        typesense=typesense[0],
    )
    async with living(environment) as opened:
        opened.search_process = typesense[1]
        yield opened
