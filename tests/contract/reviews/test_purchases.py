"""Who bought what they review, in memory and in PostgreSQL: orders tell, also when money goes back."""

from uuid import uuid4

from domain.orders.order import Order
from domain.orders.refund import Refund, RefundLine
from domain.shared.ids import BookId, RefundId
from tests.builders import NOON, line, order, particulars, usd
from tests.contract.reviews.conftest import Circle


async def gives_back(circle: Circle, bought: Order, book: BookId, amount: int) -> None:
    async with circle.unit_of_work() as work:
        found = await work.orders.get(bought.id)
        share = (RefundLine(book, usd(amount)),)
        refund = Refund(RefundId(uuid4()), bought.id, uuid4().hex, share, usd(amount), "Torn", NOON)
        found.request_refund(refund)
        found.settle_refund(refund, NOON, succeeded=True)
        await work.orders.save(found)
    await circle.after(bought.id)


async def is_verified(circle: Circle, book: BookId) -> bool:
    [review] = await circle.listed(book)
    assert [r.review_id for r in await circle.listed(book, verified=True)] == (
        [review.review_id] if review.verified_purchase else []
    )
    return review.verified_purchase


async def test_who_paid_for_any_edition_is_marked(circle: Circle) -> None:
    reader, work = await circle.reader(), await circle.work()
    paper, digital = await circle.book(work), await circle.book(work)
    await circle.buys(reader, paper)
    await circle.writes(reader, digital)
    assert await is_verified(circle, paper)


async def test_who_buys_after_writing_is_marked_when_the_money_is_taken(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    review = await circle.writes(reader, book)
    assert not await is_verified(circle, book)
    bought = await circle.buys(reader, book)
    await circle.after(bought.id)
    assert await is_verified(circle, book)
    assert (await circle.sees(book, review)).version == 1  # nobody's edit fails because of a mark


async def test_what_is_only_reserved_or_another_s_or_another_book_proves_nothing(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    reserved = order(line(book), number=uuid4().int, user=reader)
    reserved.confirm("pay_1", NOON)
    async with circle.unit_of_work() as work:
        await work.orders.add(reserved, particulars())
        await work.orders.save(reserved)
    await circle.buys(await circle.reader(), book)
    await circle.buys(reader, await circle.book())
    await circle.writes(reader, book)
    assert not await is_verified(circle, book)


async def test_the_mark_goes_when_all_the_money_for_the_book_has_gone_back(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    bought = await circle.buys(reader, book, copies=2)
    await circle.writes(reader, book)
    await gives_back(circle, bought, book, 999)
    assert await is_verified(circle, book)  # one copy is kept
    await gives_back(circle, bought, book, 999)
    assert not await is_verified(circle, book)


async def test_another_order_proves_it_when_one_goes_back(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    await circle.buys(reader, book)
    second = await circle.buys(reader, book)
    await circle.writes(reader, book)
    await gives_back(circle, second, book, 999)
    assert await is_verified(circle, book)


async def test_a_book_that_a_coupon_paid_for_is_bought(circle: Circle) -> None:
    reader, book = await circle.reader(), await circle.book()
    await circle.buys(reader, book, price=0)
    await circle.writes(reader, book)
    assert await is_verified(circle, book)
