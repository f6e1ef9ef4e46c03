"""A book that sells out is shown so, however long an answer may be kept."""

import httpx
import pytest

from application.shared.answers import LONGEST_SHARED, Life
from entrypoints.http.books import browse
from tests.shop import Shop, eventually


async def test_the_last_copy_is_gone_for_all_who_look_at_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browse, "LIFE", Life(fresh=600.0, shared=LONGEST_SHARED))
    book, reader = shop.shelf.put(copies=1), await shop.reader()
    doors = [shop.http, shop.http]
    assert [await in_stock(door, book) for door in doors] == [True, True]
    (await shop.buy(reader, book)).raise_for_status()
    for door in doors:
        await eventually(lambda: gone(door, book))  # noqa: B023 - it is over before the next


async def in_stock(door: httpx.AsyncClient, book: object) -> bool:
    answer = await door.get(f"/v1/books/{book}")
    answer.raise_for_status()
    seen: bool = answer.json()["availability"]["in_stock"]
    return seen


async def gone(door: httpx.AsyncClient, book: object) -> bool:
    return not await in_stock(door, book)
