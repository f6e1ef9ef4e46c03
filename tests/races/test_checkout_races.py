"""Many buyers, one shop: nothing is sold twice, charged twice or refused in a way nobody understands."""

import asyncio
from collections import Counter
from uuid import uuid4

import httpx

from tests.shop import Reader, Shop

BUYERS = 200
AT_ONCE = 8  # readers who are signed up: there are no more connections than that to spare


async def readers_with(shop: Shop, number: int, **cart: int) -> list[Reader]:
    """So many readers, each with the same books in the cart."""
    door = asyncio.Semaphore(AT_ONCE)

    async def one() -> Reader:
        async with door:
            reader = await shop.reader()
        for book, copies in cart.items():
            await shop.put_in_cart(reader, book, copies)  # type: ignore[arg-type] # an id is sent as text anyway
        return reader

    return await asyncio.gather(*(one() for _ in range(number)))


def by_outcome(answers: list[httpx.Response]) -> Counter[str]:
    """Status and code of the answers, counted."""
    return Counter(f"{answer.status_code} {answer.json().get('code', '')}".strip() for answer in answers)


async def insisting(shop: Shop, reader: Reader, key: str) -> httpx.Response:
    """A checkout that is tried again, as it was told, while the shop is too busy to look at it."""
    answer = await shop.checkout(reader, key=key)
    if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
        return answer
    await asyncio.sleep(float(answer.headers["Retry-After"]))
    return await insisting(shop, reader, key)


def made(answers: list[httpx.Response]) -> list[str]:
    """The orders that came of them."""
    return [answer.json()["order_id"] for answer in answers if answer.is_success]


async def test_two_hundred_buyers_of_the_last_copy_are_one_order_and_199_clean_refusals(shop: Shop) -> None:
    book = shop.shelf.put(copies=1)
    readers = await readers_with(shop, BUYERS, **{str(book): 1})
    answers = await asyncio.gather(*(insisting(shop, reader, str(uuid4())) for reader in readers))
    outcomes = by_outcome(answers)
    assert outcomes["409 out_of_stock"] == BUYERS - 1, outcomes
    assert made(answers), outcomes
    [order_id] = made(answers)
    for refused in (answer for answer in answers if not answer.is_success):
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["books"] == [{"book_id": str(book), "available": 0}]
    how = await shop.ended(order_id)
    assert await shop.stock(book) == (0, 0), how


async def test_twenty_times_the_same_request_at_once_is_one_order_and_one_charge(shop: Shop) -> None:
    book = shop.shelf.put(copies=5)
    [reader] = await readers_with(shop, 1, **{str(book): 1})
    key = str(uuid4())
    answers = await asyncio.gather(*(shop.checkout(reader, key=key) for _ in range(20)))
    done = [answer for answer in answers if answer.status_code == 201]
    waiting = [answer for answer in answers if answer.status_code == 409]
    assert len(done) + len(waiting) == 20, by_outcome(answers)
    assert len({answer.content for answer in done}) == 1
    for busy in waiting:
        assert busy.json()["code"] == "request_in_progress"
        assert int(busy.headers["Retry-After"]) >= 1
    again = await shop.checkout(reader, key=key)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (done[0].content, "true")
    assert "Idempotent-Replayed" not in done[0].headers or len(done) > 1
    await shop.ended(done[0].json()["order_id"])
    assert len(await shop.orders_of(reader)) == 1
    money, total = await shop.payments.money(done[0].json()["order_id"]), done[0].json()["total"]["amount"]
    assert (money["authorise"], money["capture"]) == (total, total)
    assert await shop.stock(book) == (4, 0)


async def test_the_same_key_with_another_body_is_refused_also_in_a_race(shop: Shop) -> None:
    book = shop.shelf.put(copies=5)
    [reader] = await readers_with(shop, 1, **{str(book): 1})
    key = str(uuid4())
    answers = await asyncio.gather(
        *(shop.checkout(reader, token, key=key) for token in ("tok_ok", "tok_slow") * 3)
    )
    outcomes = by_outcome(answers)
    assert outcomes["422 idempotency_key_reused"] == 3, outcomes
    assert len(set(made(answers))) == 1
    assert len(await shop.orders_of(reader)) == 1


async def test_two_baskets_that_want_the_same_last_copies_are_never_both_half_full(shop: Shop) -> None:
    one, two = shop.shelf.put(copies=1), shop.shelf.put(copies=1)
    there = await readers_with(shop, 10, **{str(one): 1, str(two): 1})
    back = await readers_with(shop, 10, **{str(two): 1, str(one): 1})
    answers = await asyncio.gather(
        *(shop.checkout(r) for pair in zip(there, back, strict=True) for r in pair)
    )
    assert by_outcome(answers)["409 out_of_stock"] == 19
    [order_id] = made(answers)
    await shop.ended(order_id)
    assert [await shop.stock(book) for book in (one, two)] == [(0, 0), (0, 0)]


async def test_one_book_put_in_twice_at_once_is_counted_together_and_not_sold_beyond_the_stock(
    shop: Shop,
) -> None:
    book, reader = shop.shelf.put(copies=1), await shop.reader()
    await asyncio.gather(*(shop.put_in_cart(reader, book) for _ in range(2)))
    refused = await shop.checkout(reader)
    assert (refused.status_code, refused.json()["code"]) == (409, "out_of_stock")
    assert await shop.stock(book) == (1, 0)
    cart = (await shop.http.get("/v1/cart", headers=reader.headers)).json()
    assert [line["qty"] for line in cart["lines"]] == [2]
    await shop.http.patch(f"/v1/cart/{book}", headers=reader.headers, json={"qty": 1})
    bought = await shop.checkout(reader)
    await shop.ended(bought.json()["order_id"])
    assert await shop.stock(book) == (0, 0)


async def test_the_last_use_of_a_coupon_goes_to_one_of_fifty_buyers(shop: Shop) -> None:
    book, code = shop.shelf.put(copies=60), await shop.coupon(total_limit=1)
    readers = await readers_with(shop, 50, **{str(book): 1})
    answers = await asyncio.gather(*(shop.checkout(reader, coupon=code) for reader in readers))
    outcomes = by_outcome(answers)
    assert outcomes["409 coupon_exhausted"] == 49, outcomes
    [order_id] = made(answers)
    await shop.ended(order_id)
    assert await shop.stock(book) == (59, 0)
    assert [
        line["discount"]["amount"] for line in (await shop.see(order_id, await shop.staff()))["lines"]
    ] == [130]


async def test_a_coupon_of_a_declined_buyer_is_free_for_the_next(shop: Shop) -> None:
    book, code = shop.shelf.put(copies=60), await shop.coupon(total_limit=1)
    one, two = await readers_with(shop, 2, **{str(book): 1})
    declined = await shop.checkout(one, "tok_declined", coupon=code)
    assert declined.status_code == 402
    assert (await shop.checkout(two, coupon=code)).status_code == 201


async def test_one_quote_is_spent_on_one_order_however_often_it_is_sent(shop: Shop) -> None:
    book = shop.shelf.put(copies=20)
    [reader] = await readers_with(shop, 1, **{str(book): 1})
    quote = await shop.http.post(
        "/v1/quotes", headers=reader.headers, json={"shipping_addr": {"country": "US"}}
    )
    quote_id = quote.json()["quote_id"]
    answers = await asyncio.gather(*(shop.checkout(reader, quote_id=quote_id) for _ in range(8)))
    assert len(set(made(answers))) == 1, by_outcome(answers)
    assert {answer.status_code for answer in answers if not answer.is_success} == {409}
    await shop.ended(made(answers)[0])
    assert await shop.stock(book) == (19, 0)
