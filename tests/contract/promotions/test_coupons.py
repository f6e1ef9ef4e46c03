"""What every book of coupons must do, in memory and in PostgreSQL; and what only a real race can tell."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from adapters.postgres.database import Database
from adapters.postgres.queries.promotions import PostgresCouponStandings
from adapters.postgres.repositories.promotions import PostgresCoupons
from domain.promotions.coupon import Coupon
from domain.promotions.errors import (
    CouponExhausted,
    CouponExists,
    CouponNotFound,
    CouponNotValid,
    CouponUsedUp,
)
from domain.promotions.ports import Coupons, CouponStandings
from domain.promotions.reduction import Fixed, Percentage
from domain.shared.errors import DomainError
from domain.shared.ids import OrderId, UserId
from domain.shared.money import Money
from tests.fakes.promotions import InMemoryCoupons

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Opened = Callable[[], AbstractAsyncContextManager[Coupons]]


class World:
    """Opens transactions over coupons, and reads how they stand."""

    def __init__(self, coupons: Opened, standings: CouponStandings) -> None:
        self.coupons = coupons
        self.standings = standings

    async def put_out(self, **terms: object) -> Coupon:
        code = f"C-{uuid4().hex[:12].upper()}"
        facts: dict[str, object] = {"code": code, "reduction": Percentage(1000), "starts_at": NOW}
        coupon = Coupon(**(facts | terms))  # type: ignore[arg-type] # a builder's liberty
        async with self.coupons() as coupons:
            await coupons.add(coupon)
        return coupon

    async def redeem(self, coupon: Coupon, order: OrderId, reader: UserId, at: datetime = NOW) -> None:
        async with self.coupons() as coupons:
            await coupons.redeem(coupon.code, order, reader, at)

    async def release(self, order: OrderId) -> None:
        async with self.coupons() as coupons:
            await coupons.release(order)

    async def used(self, coupon: Coupon) -> int:
        async with self.coupons() as coupons:
            return (await coupons.get(coupon.code)).used


def in_memory() -> World:
    book = InMemoryCoupons()

    @asynccontextmanager
    async def opened() -> AsyncIterator[Coupons]:
        yield book

    return World(opened, book)


def in_postgres(database: Database) -> World:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Coupons]:
        async with database.transaction() as connection:
            yield PostgresCoupons(connection)

    return World(opened, PostgresCouponStandings(database))


@pytest.fixture(params=["memory", "postgres"])
def world(request: pytest.FixtureRequest) -> World:
    return in_memory() if request.param == "memory" else in_postgres(request.getfixturevalue("database"))


def order() -> OrderId:
    return OrderId(uuid4())


def reader() -> UserId:
    return UserId(uuid4())


@pytest.mark.parametrize(
    "terms",
    [
        {},
        {"reduction": Fixed(Money(500, "USD")), "minimum_subtotal": Money(2000, "USD")},
        {"ends_at": NOW + timedelta(days=1), "total_limit": 3, "per_user_limit": 1},
    ],
)
async def test_a_coupon_comes_back_as_it_was_put_out(world: World, terms: dict[str, object]) -> None:
    coupon = await world.put_out(**terms)
    async with world.coupons() as coupons:
        assert await coupons.get(coupon.code) == coupon


async def test_a_code_is_given_out_once(world: World) -> None:
    coupon = await world.put_out()
    with pytest.raises(CouponExists):
        await world.put_out(code=coupon.code)


async def test_an_unknown_code_is_not_found(world: World) -> None:
    async with world.coupons() as coupons:
        with pytest.raises(CouponNotFound):
            await coupons.get("NOBODY")
    assert await world.standings.of("NOBODY", reader()) is None
    with pytest.raises(CouponNotValid):
        async with world.coupons() as coupons:
            await coupons.redeem("NOBODY", order(), reader(), NOW)


async def test_the_last_use_is_the_last(world: World) -> None:
    coupon = await world.put_out(total_limit=2)
    await world.redeem(coupon, order(), reader())
    await world.redeem(coupon, order(), reader())
    with pytest.raises(CouponExhausted):
        await world.redeem(coupon, order(), reader())
    assert await world.used(coupon) == 2


async def test_an_order_takes_one_use_however_often_it_asks(world: World) -> None:
    coupon = await world.put_out(total_limit=1)
    mine, me = order(), reader()
    for _ in range(3):
        await world.redeem(coupon, mine, me)
    assert await world.used(coupon) == 1


async def test_a_use_is_given_back_once_and_can_be_taken_again(world: World) -> None:
    coupon = await world.put_out(total_limit=1, per_user_limit=1)
    mine, me = order(), reader()
    await world.redeem(coupon, mine, me)
    for _ in range(3):
        await world.release(mine)
    assert await world.used(coupon) == 0
    await world.redeem(coupon, order(), me)
    assert await world.used(coupon) == 1


async def test_an_order_without_a_coupon_gives_nothing_back(world: World) -> None:
    await world.release(order())


async def test_one_reader_does_not_use_it_more_often_than_one_reader_may(world: World) -> None:
    coupon = await world.put_out(per_user_limit=1)
    me = reader()
    await world.redeem(coupon, order(), me)
    with pytest.raises(CouponUsedUp):
        await world.redeem(coupon, order(), me)
    await world.redeem(coupon, order(), reader())
    assert await world.used(coupon) == 2


async def test_a_coupon_runs_from_its_start_until_just_before_its_end(world: World) -> None:
    coupon = await world.put_out(starts_at=NOW, ends_at=NOW + timedelta(hours=1))
    for outside in (NOW - timedelta(seconds=1), NOW + timedelta(hours=1)):
        with pytest.raises(CouponNotValid):
            await world.redeem(coupon, order(), reader(), outside)
    await world.redeem(coupon, order(), reader(), NOW)


async def test_the_standing_counts_what_this_reader_still_uses(world: World) -> None:
    coupon = await world.put_out()
    me, kept, cancelled = reader(), order(), order()
    for each in (kept, cancelled):
        await world.redeem(coupon, each, me)
    await world.redeem(coupon, order(), reader())
    await world.release(cancelled)
    standing = await world.standings.of(coupon.code, me)
    assert standing is not None
    assert (standing.used_by_reader, standing.coupon.used) == (1, 2)


# -- races, on PostgreSQL alone ------------------------------------------------------------------------------


async def winners(attempts: list[Awaitable[None]]) -> int:
    results = await asyncio.gather(*attempts, return_exceptions=True)
    unexpected = [r for r in results if isinstance(r, BaseException) and not isinstance(r, DomainError)]
    assert unexpected == []
    return sum(1 for result in results if result is None)


async def test_fifty_buyers_of_the_last_use_make_one_winner(database: Database) -> None:
    world = in_postgres(database)
    coupon = await world.put_out(total_limit=1)
    assert await winners([world.redeem(coupon, order(), reader()) for _ in range(50)]) == 1
    assert await world.used(coupon) == 1


async def test_fifty_orders_of_one_reader_use_it_as_often_as_one_reader_may(database: Database) -> None:
    world = in_postgres(database)
    coupon, me = await world.put_out(per_user_limit=2, total_limit=40), reader()
    assert await winners([world.redeem(coupon, order(), me) for _ in range(50)]) == 2
    assert await world.used(coupon) == 2


async def test_releases_and_redemptions_at_the_same_moment_keep_the_count(database: Database) -> None:
    world = in_postgres(database)
    coupon = await world.put_out(total_limit=10)
    first = [order() for _ in range(10)]
    for each in first:
        await world.redeem(coupon, each, reader())
    won, *_ = await asyncio.gather(
        winners([world.redeem(coupon, order(), reader()) for _ in range(30)]),
        *(world.release(each) for each in first for _ in range(2)),
    )
    assert await world.used(coupon) == won <= 10
