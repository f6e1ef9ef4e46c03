"""Every scenario is told twice: on fakes, where weeks take no time, and on the real stack."""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

import pytest
from pytest_bdd.parser import Step

from tests.bdd.drivers.in_memory import ShopInMemory, shop_in_memory
from tests.bdd.drivers.over_http import shop_over_http
from tests.bdd.drivers.protocol import Shop
from tests.bdd.results import FAILED_STEP, Told
from tests.bdd.steps.accounts import *  # noqa: F403 - pytest-bdd finds step definitions as fixtures
from tests.bdd.steps.bets import *  # noqa: F403 - as above
from tests.bdd.steps.bookstores import *  # noqa: F403 - as above
from tests.bdd.steps.browsing import *  # noqa: F403 - as above
from tests.bdd.steps.carts import *  # noqa: F403 - as above
from tests.bdd.steps.catalogue import *  # noqa: F403 - as above
from tests.bdd.steps.club_buys import *  # noqa: F403 - as above
from tests.bdd.steps.clubs import *  # noqa: F403 - as above
from tests.bdd.steps.elsewhere import *  # noqa: F403 - as above
from tests.bdd.steps.fresh_prices import *  # noqa: F403 - as above
from tests.bdd.steps.friends import *  # noqa: F403 - as above
from tests.bdd.steps.orders import *  # noqa: F403 - as above
from tests.bdd.steps.outcomes import *  # noqa: F403 - as above
from tests.bdd.steps.prices import *  # noqa: F403 - as above
from tests.bdd.steps.purchases import *  # noqa: F403 - as above
from tests.bdd.steps.refunds import *  # noqa: F403 - as above
from tests.bdd.steps.reviews import *  # noqa: F403 - as above
from tests.bdd.steps.search import *  # noqa: F403 - as above
from tests.bdd.steps.threads import *  # noqa: F403 - as above
from tests.bdd.steps.votes import *  # noqa: F403 - as above
from tests.bdd.steps.watches import *  # noqa: F403 - as above
from tests.bdd.story import Story
from tests.bdd.words import LOOP

WORLDS = ("fakes", "stack")
ONLY_IN_MEMORY = "in-memory"
TOLD: pytest.StashKey[Told] = pytest.StashKey()
T = TypeVar("T")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{ONLY_IN_MEMORY}: the scenario needs more time than anybody has")


def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> bool | None:
    """Requirement numbers are for readers; the other tag says where a scenario is told."""
    if tag == ONLY_IN_MEMORY:
        function.only_in_memory = True  # type: ignore[attr-defined] # read below
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if TOLD not in item.config.stash:
        item.config.stash[TOLD] = Told()  # reads every feature
    item.config.stash[TOLD].phase(item, call, report)
    return report


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step) -> None:
    request.node.stash[FAILED_STEP] = f"{step.keyword} {step.name}"


def pytest_sessionfinish(session: pytest.Session) -> None:
    if TOLD in session.config.stash:
        session.config.stash[TOLD].keep()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world" in metafunc.fixturenames:
        worlds = WORLDS[:1] if getattr(metafunc.function, "only_in_memory", False) else WORLDS
        metafunc.parametrize("world", worlds, indirect=True, scope="session")


@pytest.fixture(scope="session", name=LOOP)
async def loop_of_the_run() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.fixture(scope="session")
async def fakes(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shop]:
    async with _in_one_task(shop_in_memory(tmp_path_factory.mktemp("in-memory"))) as opened:
        yield opened


@pytest.fixture(scope="session")
async def stack(shop: Any) -> AsyncIterator[Shop]:  # noqa: ANN401 - the shop of tests/conftest.py
    async with shop_over_http(shop) as opened:
        yield opened


@pytest.fixture(scope="session")
def world(request: pytest.FixtureRequest) -> Shop:
    shop: Shop = request.getfixturevalue(request.param)
    return shop


@pytest.fixture(autouse=True)
def story(world: Shop, loop_of_the_run: asyncio.AbstractEventLoop) -> Iterator[Story]:
    """The memory of one scenario."""
    if isinstance(world, ShopInMemory):
        world.begin_anew()
    begun = Story(world)
    yield begun
    loop_of_the_run.run_until_complete(begun.end())
    begun.demand_nothing_refused()


@asynccontextmanager
async def _in_one_task(opening: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """A fixture begins and ends in different tasks; what it opens must not."""
    began: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    end = asyncio.Event()

    async def live() -> None:
        try:
            async with opening as opened:
                began.set_result(opened)
                await end.wait()
        except BaseException as error:
            if not began.done():
                began.set_exception(error)
            raise

    life = asyncio.create_task(live())
    try:
        yield await began
    finally:
        end.set()
        await life
