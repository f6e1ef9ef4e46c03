"""Money goes back once for each decision, to the cent, and never more than came in."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from application.orders.request_refund import LONGEST_REASON, RequestRefund, Share
from domain.orders.errors import NothingToRefund, OrderNotFound, RefundTooLarge
from domain.orders.order import Order
from domain.requests.idempotency import KeyReused
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId, RefundId
from tests.builders import DRACULA, EMMA, NOON, line, order, particulars
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

SHIPPING = None
STRANGER = BookId(UUID(int=99))


class Counter:
    """Staff at the counter, with a paid order: Emma for 12.99, two Draculas for 19.98, shipping 4.99."""

    def __init__(self) -> None:
        self.work = InMemoryWork()
        self._unit_of_work = InMemoryUnitOfWork(self.work)
        self._request_refund = RequestRefund(self._unit_of_work, StandingClock(), CountingIds(100))
        self.order_id = OrderId(order().id)

    async def open(self, *, paid: bool = True) -> "Counter":
        made = order(line(EMMA, price=1299), line(DRACULA, quantity=2, price=999))
        if paid:
            made.confirm("pay_1", NOON)
            made.capture(NOON)
        await self.work.orders.add(made, particulars())
        return self

    async def __call__(
        self, *shares: tuple[BookId | None, int | None], key: str = "click", reason: str = "Torn"
    ) -> RefundId:
        asked = [Share(book, amount) for book, amount in shares]
        return await self._request_refund(self.order_id, key, asked, reason)

    async def settle(self, refund_id: RefundId, *, succeeded: bool) -> None:
        it = await self.order()
        [refund] = [refund for refund in it.refunds if refund.id == refund_id]
        it.settle_refund(refund, NOON, succeeded=succeeded)
        await self.work.orders.save(it)

    async def order(self) -> Order:
        return await self.work.orders.get(self.order_id)

    async def amounts(self) -> Sequence[int]:
        return [refund.amount.amount for refund in (await self.order()).refunds]

    async def left(self) -> Sequence[int]:
        it = await self.order()
        return [it.refundable(book).amount for book in (EMMA, DRACULA, SHIPPING)]


@pytest.fixture
async def refund() -> Counter:
    return await Counter().open()


async def test_a_refund_names_lines_and_amounts(refund: Counter) -> None:
    await refund((EMMA, 300), (SHIPPING, 99))
    assert await refund.amounts() == [399]
    assert await refund.left() == [999, 1998, 400]


async def test_a_double_click_is_one_refund(refund: Counter) -> None:
    clicks = [refund((EMMA, 300)) for _ in range(3)]
    assert len(set(await asyncio.gather(*clicks))) == 1
    assert await refund.amounts() == [300]


async def test_two_equal_refunds_under_two_keys_are_two(refund: Counter) -> None:
    assert await refund((DRACULA, 999), key="one") != await refund((DRACULA, 999), key="two")
    assert await refund.amounts() == [999, 999]
    assert await refund.left() == [1299, 0, 499]


async def test_the_same_key_for_another_refund_is_refused(refund: Counter) -> None:
    await refund((EMMA, 300))
    for other in ([(EMMA, 301)], [(DRACULA, 300)], [(EMMA, 300), (SHIPPING, 1)], [(SHIPPING, None)]):
        with pytest.raises(KeyReused):
            await refund(*other)
    assert await refund.amounts() == [300]


async def test_without_an_amount_all_that_is_left_goes_back(refund: Counter) -> None:
    await refund((DRACULA, 998), key="part")
    await refund((DRACULA, None), key="rest")
    assert await refund.amounts() == [998, 1000]


async def test_without_lines_everything_that_is_left_goes_back_to_the_cent(refund: Counter) -> None:
    await refund((EMMA, 1), key="part")
    await refund(key="rest")
    assert sum(await refund.amounts()) == (await refund.order()).total.amount
    assert await refund.left() == [0, 0, 0]


@pytest.mark.parametrize(
    "shares", [[], [(EMMA, None)], [(EMMA, None), (SHIPPING, 100)], [(DRACULA, None), (EMMA, 300)]]
)
async def test_a_double_click_on_all_that_is_left_is_one_refund(
    refund: Counter, shares: list[tuple[BookId | None, int | None]]
) -> None:
    first = await refund(*shares)
    before = await refund.left()
    assert await refund(*shares) == first
    assert await refund.left() == before


async def test_a_late_second_click_is_still_the_same_though_other_refunds_failed_meanwhile(
    refund: Counter,
) -> None:
    failing = await refund((EMMA, 300), key="another")
    first = await refund((EMMA, None))
    await refund.settle(failing, succeeded=False)
    assert await refund((EMMA, None)) == first


async def test_more_than_is_left_is_refused_and_says_what_is(refund: Counter) -> None:
    await refund((EMMA, 1000), key="part")
    with pytest.raises(RefundTooLarge) as refused:
        await refund((EMMA, 300))
    assert refused.value.details["left"] == 299
    for nothing in (0, -1):
        with pytest.raises(RefundTooLarge):
            await refund((EMMA, nothing))
    assert await refund.amounts() == [1000]


@pytest.mark.parametrize("shares", [[], [(EMMA, None)]])
async def test_where_nothing_is_left_nothing_goes_back(
    refund: Counter, shares: list[tuple[BookId | None, int | None]]
) -> None:
    await refund(key="everything")
    with pytest.raises((NothingToRefund, RefundTooLarge)):
        await refund(*shares, key="more")
    assert len(await refund.amounts()) == 1


async def test_a_refund_the_provider_refused_may_be_asked_for_again(refund: Counter) -> None:
    await refund.settle(await refund((EMMA, None), key="first"), succeeded=False)
    await refund((EMMA, None), key="second")
    assert await refund.amounts() == [1299, 1299]


async def test_only_money_that_was_taken_goes_back() -> None:
    refund = await Counter().open(paid=False)
    with pytest.raises(NothingToRefund):
        await refund((EMMA, 1))


async def test_a_book_of_another_order_or_named_twice_is_refused(refund: Counter) -> None:
    with pytest.raises(OrderNotFound):
        await refund((STRANGER, 1), (EMMA, 1))
    with pytest.raises(InvalidInput):
        await refund((EMMA, 1), (EMMA, 1))


@pytest.mark.parametrize("reason", ["", "  ", "x" * (LONGEST_REASON + 1)])
async def test_a_refund_says_why(refund: Counter, reason: str) -> None:
    with pytest.raises(InvalidInput):
        await refund((EMMA, 1), reason=reason)
