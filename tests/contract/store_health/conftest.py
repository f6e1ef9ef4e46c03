"""Worlds for the suite."""

import pytest

from tests.contract.store_health.worlds import ValkeyWorld, World


@pytest.fixture(params=["in process", "Valkey"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "in process":
        return World()
    return ValkeyWorld(url=request.getfixturevalue("redis_url"))


@pytest.fixture
def valkey(redis_url: str) -> ValkeyWorld:
    return ValkeyWorld(url=redis_url)
