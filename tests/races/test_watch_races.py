"""Readers, prices and lookers at the same watch at the same moment, in the whole shop: no copy too many."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from application.purchases.keys import order_key
from domain.shared.ids import WatchId
from domain.watches.watch import purchase_of
from tests.shop import Reader, Shop, eventually
from tests.watch_doors import BUY, asks, begin, forget_prices, see
from workflows.purchase import store

WISHES = {"nothing": 1, "cancel": 2, "want one": 2, "pause": 1}  # and the copies that were wanted at first
LOOKS = 3  # beside those of the process


async def do(shop: Shop, reader: Reader, watch_id: str, wish: str) -> None:
    """Until the shop has taken it, or has said that it is too late."""
    path = f"/v1/watches/{watch_id}"
    if wish == "nothing":
        return
    if wish != "want one":
        (await shop.http.post(f"{path}/{wish}", headers=reader.headers)).raise_for_status()
        return
    status = 412  # somebody changed it meanwhile
    while status == 412:
        named = {**reader.headers, "If-Match": (await see(shop, reader, watch_id))["tag"]}
        status = (await shop.http.patch(path, headers=named, json={"quantity": 1})).status_code
    assert status in {200, 400, 409}


async def test_whoever_comes_first_no_copy_is_bought_that_was_not_wanted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "CHECK_AFTER", timedelta(0))
    await forget_prices(shop)
    reader, look = await shop.reader(), shop.container.use_cases.look_at_watch()
    begun = [await begin(shop, reader, buy={**BUY, "quantity": copies}) for copies in WISHES.values()]
    ids = [each.json()["watch_id"] for each in begun]
    await asyncio.gather(
        asks(shop, 1_400),
        asks(shop, 1_390),
        *(look(WatchId(UUID(each))) for each in ids for _ in range(LOOKS)),
        *(do(shop, reader, each, wish) for each, wish in zip(ids, WISHES, strict=True)),
    )

    async def calm() -> list[dict[str, Any]]:
        seen = [await see(shop, reader, each) for each in ids]
        return [] if any(one["status"] in {"buying", "active"} for one in seen) else seen

    seen = await eventually(calm)
    assert seen[0]["buying"]["bought"] == 1
    assert seen[1]["buying"]["bought"] <= 1
    for each, one in zip(ids, seen, strict=True):
        attempts = range(1, one["buying"]["attempts"] + 1)
        keys = {order_key(purchase_of(UUID(each), attempt)) for attempt in attempts}
        assert sum(order.key in keys for order in shop.bookstores.standing()) == one["buying"]["bought"]
        assert one["buying"]["bought"] <= one["buying"]["quantity"]
        await shop.http.post(f"/v1/watches/{each}/cancel", headers=reader.headers)  # it may have ended
