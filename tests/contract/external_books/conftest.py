"""The stand-in for those who know books, shared by the suite; every test leaves it well-behaved."""

from collections.abc import AsyncIterator

import pytest

from entrypoints.sandbox.books import create_app
from entrypoints.sandbox.books.library import Library
from tests.sandbox.running import running
from tests.world import Sandbox, asking

KEY = "test-key"


@pytest.fixture(scope="session")
async def books_api_url() -> AsyncIterator[str]:
    async with running(create_app(KEY)) as url:
        yield url


@pytest.fixture
async def books_api(books_api_url: str) -> AsyncIterator[Sandbox]:
    async with asking(books_api_url, KEY) as sandbox:
        yield sandbox
        await sandbox.behave()


@pytest.fixture(scope="session")
def library() -> Library:
    """What it knows."""
    return Library()
