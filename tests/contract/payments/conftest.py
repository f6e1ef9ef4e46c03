"""Each fact is tried in each world."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.payments.worlds import InMemoryWorld, World, sandbox_world


@pytest.fixture(params=["memory", "sandbox"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """The provider, skipped where it can not prove the fact."""
    match request.param:
        case "memory":
            yield InMemoryWorld()
        case "sandbox":
            async with sandbox_world(tmp_path) as sandbox:
                yield _able(sandbox, request)


def _able(world: World, request: pytest.FixtureRequest) -> World:
    for mark in request.node.iter_markers("needs"):
        if reason := world.lacks.get(mark.args[0]):
            pytest.skip(reason)
    return world
