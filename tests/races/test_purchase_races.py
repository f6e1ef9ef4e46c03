"""Many purchases, one reader: no cap is ever exceeded, and one wish is one purchase, in real PostgreSQL."""

import asyncio
from collections import Counter
from uuid import UUID, uuid4

from application.shared.unavailable import DatabaseUnavailable
from domain.purchases.caps import Caps
from domain.purchases.errors import CapReached
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus
from domain.shared.ids import PurchaseId, UserId
from tests.builders import address, usd
from tests.buying import EMMA_S, purchase
from tests.shop import ADDRESS, Reader, Shop

AT_ONCE = 50


async def received(shop: Shop, reader: UUID, maximum: int = 1_000) -> Purchase:
    """As the front door leaves it, now."""
    box = shop.container.adapters
    made = purchase(maximum, number=uuid4().int, user=UserId(reader), received_at=box.clock().now())
    async with box.unit_of_work()() as work:
        await work.purchases.add(made, Particulars(address(), "tok_ok"))
    return made


async def admitted(shop: Shop, made: list[Purchase]) -> int:
    """Of purchases that all ask at once, so many are let through; the others end."""

    async def ask(purchase_id: PurchaseId) -> bool:
        while True:
            try:
                await shop.container.use_cases.reserve_cap()(purchase_id)
            except CapReached:
                return False
            except DatabaseUnavailable:  # no connection came free in time: as its process does
                continue
            return True

    answers = await asyncio.gather(*(ask(each.id) for each in made))
    return sum(answers)


async def capped(shop: Shop, reader: Reader, day: int, month: int) -> None:
    caps = Caps(per_purchase=usd(1_000), per_day=usd(day), per_month=usd(month))
    await shop.container.use_cases.set_caps()(UserId(reader.user_id), caps)


async def spent(shop: Shop, reader: Reader) -> tuple[int, int]:
    [force] = [f for f in await shop.container.use_cases.see_caps()(UserId(reader.user_id)) if f.own]
    return force.today.amount, force.this_month.amount


async def test_fifty_purchases_at_once_never_exceed_the_cap_of_a_day_or_a_month(shop: Shop) -> None:
    thrifty, frugal = await shop.reader(), await shop.reader()
    await capped(shop, thrifty, 7_500, 90_000)
    await capped(shop, frugal, 4_999, 4_999)
    made = [await received(shop, reader.user_id) for reader in (thrifty, frugal) for _ in range(AT_ONCE)]
    by_reader = [[it for it in made if it.user_id == reader.user_id] for reader in (thrifty, frugal)]
    assert await asyncio.gather(*(admitted(shop, each) for each in by_reader)) == [7, 4]
    assert await spent(shop, thrifty) == (7_000, 7_000)
    assert await spent(shop, frugal) == (4_000, 4_000)
    # What ends without a book counts no more, and somebody else is let through.
    end = shop.container.use_cases.end_purchase()
    assert await end(by_reader[1][0].id, PurchaseStatus.CANCELLED, "Enough.") is PurchaseStatus.CANCELLED
    for each in made:
        await _over(shop, each)


async def _over(shop: Shop, made: Purchase) -> None:
    """Nothing of it is left to be driven."""
    async with shop.container.adapters.unit_of_work()() as work:
        it = await work.purchases.get(made.id)
        if not it.ended:
            it.end(PurchaseStatus.CANCELLED, "Enough.", it.received_at)
            await work.purchases.save(it)


async def test_twenty_times_the_same_wish_at_once_is_one_purchase(shop: Shop) -> None:
    reader, key = await shop.reader(), str(uuid4())
    body = {
        "book_isbn": EMMA_S.value,
        "max_price": {"amount": 1, "currency": "KWD"},  # nobody has a cap in it: it ends at once
        "payment_info": {"method": "card", "token": "tok_ok"},
        "user_info": {"shipping_addr": ADDRESS},
    }
    headers = {**reader.headers, "Idempotency-Key": key}
    answers = await asyncio.gather(
        *(shop.http.post("/v1/purchases", headers=headers, json=body) for _ in range(20))
    )
    counted = Counter(answer.status_code for answer in answers)
    assert counted[200] + counted[409] == 20, counted
    assert len({answer.json()["purchase_id"] for answer in answers if answer.status_code == 200}) == 1
    mine = (await shop.http.get("/v1/purchases", headers=reader.headers)).json()["items"]
    assert [(each["status"], each["success"]) for each in mine] == [("cap_denied", False)]
