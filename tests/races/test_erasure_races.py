"""A reader is erased while something of hers moves: it is all there, or nothing of it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from domain.shared.errors import DomainError
from domain.shared.ids import UserId
from domain.users.email import EmailAddress
from tests.betting import Track
from tests.fakes.time import StandingClock
from tests.shop import Reader, Shop


async def somebody(shop: Shop) -> tuple[Reader, EmailAddress]:
    email = f"r{uuid4().hex}@example.org"
    return await shop.reader(email=email), EmailAddress.parse(email)


async def erase(shop: Shop, email: EmailAddress) -> str:
    try:
        await shop.container.use_cases.erase_account_of()(email)
    except DomainError as refused:
        return refused.code
    return "erased"


async def test_the_bets_of_a_reader_who_is_erased_meanwhile_are_settled_as_any_other(shop: Shop) -> None:
    box = shop.container.adapters
    track = Track(box.unit_of_work(), StandingClock(box.clock().now()))
    club, meeting, (x, y) = await track.race()
    reader, email = await somebody(shop)
    she = UserId(reader.user_id)
    others = await track.members(club, 2)
    await track.enrol(club, [she], 400)
    await track.bets(she, meeting, x, 40)
    for other in others:
        await track.bets(other, meeting, y, 30)
    track.clock.move(timedelta(days=5))
    await track.reads(meeting, x, finished=True)
    _, *erased = await asyncio.gather(track.settle(meeting), erase(shop, email), erase(shop, email))
    assert "erased" in erased
    assert await track.balance(she) == 460
    assert [await track.balance(other) for other in others] == [370, 370]
    async with box.unit_of_work()() as work:
        membership = await work.clubs.membership(club, she)
    assert membership is not None
    assert not membership.is_member
    assert (await shop.http.get("/v1/points", headers=reader.headers)).status_code == 401


async def test_an_order_is_taken_or_its_reader_erased_and_never_both(shop: Shop) -> None:
    for _ in range(3):
        reader, email = await somebody(shop)
        await shop.put_in_cart(reader, shop.shelf.put())
        ordered, said = await asyncio.gather(shop.checkout(reader), erase(shop, email))
        if ordered.status_code == 201 and said == "erased":  # it was at its end when she was erased
            assert ordered.json()["status"] in {"completed", "declined", "cancelled"}, ordered.text
        elif said == "erased":
            assert ordered.status_code in {401, 410}, ordered.text
        else:
            assert (ordered.status_code, said) == (201, "business_unfinished")
