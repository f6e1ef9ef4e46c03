"""Watches over HTTP, for tests in the whole shop: of one book, that a store sells for ten dollars."""

from typing import Any
from uuid import uuid4

import httpx

from adapters.postgres.outbox import write_events
from adapters.postgres.statement import Statement
from domain.prices.events import PriceChanged, edition_id
from domain.prices.offer import Condition
from domain.shared.edition_format import Format
from tests.builders import usd
from tests.buying import EMMA_S
from tests.shop import ADDRESS, Reader, Shop

BUY: dict[str, Any] = {
    "payment_info": {"method": "card", "token": "tok_ok"},
    "user_info": {"shipping_addr": ADDRESS},
}
BODY: dict[str, Any] = {
    "book_isbn": EMMA_S.value,
    "max_price": {"amount": 1_500, "currency": "USD"},
}
_FORGET = Statement("DELETE FROM watched_prices WHERE isbn = %(isbn)s")


async def forget_prices(shop: Shop) -> None:
    """What other tests had stores ask is no part of this one."""
    async with shop.container.adapters.database().transaction() as connection:
        await connection.run(_FORGET, isbn=EMMA_S.value)


async def begin(shop: Shop, reader: Reader, key: str | None = None, **more: object) -> httpx.Response:
    headers = {**reader.headers, "Idempotency-Key": key or str(uuid4())}
    return await shop.http.post("/v1/watches", headers=headers, json={**BODY, **more})


async def see(shop: Shop, reader: Reader, watch_id: str) -> dict[str, Any]:
    """The watch, and its `tag`."""
    answer = await shop.http.get(f"/v1/watches/{watch_id}", headers=reader.headers)
    answer.raise_for_status()
    return {**answer.json(), "tag": answer.headers["ETag"]}


async def asks(shop: Shop, cents: int) -> None:
    """A store asks that from now on: the outbox has it."""
    event = PriceChanged(
        aggregate_id=edition_id(EMMA_S),
        occurred_at=shop.container.adapters.clock().now(),
        isbn=EMMA_S.value,
        format=Format.PAPERBACK,
        condition=Condition.NEW,
        currency="USD",
        before=None,
        after=usd(cents),
    )
    async with shop.container.adapters.database().transaction() as connection:
        await write_events(connection, [event])
