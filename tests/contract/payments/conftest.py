"""Each fact is tried in each world."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.contract.payments.stripe_worlds import localstripe, localstripe_world, stand_in_world
from tests.contract.payments.worlds import InMemoryWorld, World, sandbox_world


@pytest.fixture(scope="session")
def localstripe_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One localstripe for the run."""
    with localstripe(tmp_path_factory.mktemp("localstripe") / "log") as url:
        yield url


@pytest.fixture(params=["memory", "sandbox", "stripe", "localstripe"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The provider, skipped where it can not prove the fact."""
    async with AsyncExitStack() as stack:
        found: World
        match request.param:
            case "memory":
                found = InMemoryWorld()
            case "sandbox":
                found = await stack.enter_async_context(sandbox_world(tmp_path))
            case "stripe":
                found = await stack.enter_async_context(stand_in_world())
            case _:
                url = request.getfixturevalue("localstripe_url")
                found = await stack.enter_async_context(localstripe_world(url))
        for mark in request.node.iter_markers("needs"):
            if reason := found.lacks.get(mark.args[0]):
                pytest.skip(reason)
        yield found
