"""Every race starts in a world that behaves and ends with books that agree."""

from collections.abc import AsyncIterator

import pytest

from tests.shop import Shop


@pytest.fixture(autouse=True)
async def books_agree(shop: Shop) -> AsyncIterator[None]:
    await shop.behave()
    yield
    assert await shop.audit() == []
