"""Pricing a cart, promising the price, and being held to it."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.quotes.make_quote import MakeQuote
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from domain.carts.errors import CartUnavailable
from domain.carts.identity import reader_cart
from domain.promotions.coupon import Coupon
from domain.promotions.errors import CouponNotValid
from domain.promotions.reduction import Percentage
from domain.quotes.errors import (
    CartChangedSinceQuote,
    CartIsEmpty,
    NoLongerSold,
    QuoteAlreadyUsed,
    QuoteExpired,
    QuoteNotFound,
)
from domain.quotes.offer import Offer
from domain.quotes.quote import Quote
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId, OrderId, UserId
from domain.shared.money import Money
from tests.fakes.carts import InMemoryCarts
from tests.fakes.quotes import FlatRates, InMemoryOffers
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

READER, ANOTHER = UserId(UUID(int=7)), UserId(UUID(int=8))
EMMA, IVANHOE = BookId(UUID(int=1)), BookId(UUID(int=2))


def offer(book: BookId, price: int, *, ebook: bool = False, on_sale: bool = True) -> Offer:
    return Offer(
        book_id=book,
        isbn="9780141439587",
        title="Emma" if book == EMMA else "Ivanhoe",
        format="ebook" if ebook else "paperback",
        price=Money(price, "USD"),
        weight_grams=0 if ebook else 300,
        digital=ebook,
        available=None if ebook else 1,
        on_sale=on_sale,
    )


class Shop:
    """What pricing needs, in memory, with one paperback and one e-book for sale."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.carts = InMemoryCarts()
        self.offers = InMemoryOffers(offer(EMMA, 1299), offer(IVANHOE, 999, ebook=True))
        self.work = InMemoryWork()
        unit_of_work = InMemoryUnitOfWork(self.work)
        self.price_cart = PriceCart(
            carts=self.carts,
            offers=self.offers,
            coupon_standings=self.work.coupons,
            carriage_rates=FlatRates(),
            clock=self.clock,
            ids=CountingIds(),
        )
        self.make_quote = MakeQuote(self.price_cart, unit_of_work)
        self.take_quote = TakeQuote(self.carts, unit_of_work, self.clock)

    async def put(self, book: BookId, quantity: int = 1) -> None:
        price, now = self.offers.on_sale[book].price, self.clock.now()
        await self.carts.change(reader_cart(READER), lambda cart: cart.add(book, quantity, price, now, None))

    async def quote(self) -> Quote:
        return await self.make_quote(READER, country="US", shipping_method=None, coupon_code=None)


@pytest.fixture
def shop() -> Shop:
    return Shop()


async def test_an_empty_cart_has_no_price(shop: Shop) -> None:
    with pytest.raises(CartIsEmpty):
        await shop.price_cart(READER, country="US")


async def test_a_cart_is_priced_at_todays_prices_not_at_those_seen(shop: Shop) -> None:
    await shop.put(EMMA)
    shop.offers.on_sale[EMMA] = offer(EMMA, 1499)
    assert (await shop.price_cart(READER, country="US")).subtotal == Money(1499, "USD")


async def test_printed_books_go_by_standard_unless_asked_otherwise(shop: Shop) -> None:
    await shop.put(EMMA, 2)
    await shop.put(IVANHOE)
    quote = await shop.price_cart(READER, country="US")
    assert (quote.shipping.method, quote.shipping.price, quote.weight_grams) == (
        "standard",
        Money(499, "USD"),
        600,
    )
    express = await shop.price_cart(READER, country="US", shipping_method="express")
    assert express.shipping.price == Money(1200, "USD")


async def test_ebooks_alone_need_no_parcel(shop: Shop) -> None:
    await shop.put(IVANHOE)
    quote = await shop.price_cart(READER, country="US", shipping_method="express")
    assert (quote.shipping.method, quote.shipping.total, quote.digital) == ("digital", Money(0, "USD"), True)


async def test_printed_books_are_not_sent_by_wire(shop: Shop) -> None:
    await shop.put(EMMA)
    with pytest.raises(InvalidInput):
        await shop.price_cart(READER, country="US", shipping_method="digital")


async def test_books_no_longer_sold_are_named(shop: Shop) -> None:
    await shop.put(EMMA)
    await shop.put(IVANHOE)
    shop.offers.on_sale[EMMA] = offer(EMMA, 1299, on_sale=False)
    del shop.offers.on_sale[IVANHOE]
    with pytest.raises(NoLongerSold) as refused:
        await shop.price_cart(READER, country="US")
    assert refused.value.details["books"] == [str(EMMA), str(IVANHOE)]


async def test_a_coupon_counts_however_it_is_typed(shop: Shop) -> None:
    await shop.put(EMMA)
    await shop.work.coupons.add(
        Coupon(code="WELCOME10", reduction=Percentage(1000), starts_at=shop.clock.now())
    )
    quote = await shop.price_cart(READER, country="US", coupon_code=" welcome10 ")
    assert (quote.coupon_code, quote.discount) == ("WELCOME10", Money(130, "USD"))


async def test_an_unknown_coupon_is_not_valid(shop: Shop) -> None:
    await shop.put(EMMA)
    with pytest.raises(CouponNotValid):
        await shop.price_cart(READER, country="US", coupon_code="NOBODY")


async def test_a_promised_price_is_kept_though_the_book_became_dearer(shop: Shop) -> None:
    await shop.put(EMMA)
    quote = await shop.quote()
    shop.offers.on_sale[EMMA] = offer(EMMA, 9999)
    shop.clock.move(timedelta(minutes=14, seconds=59))
    assert await shop.take_quote(READER, quote.id) == quote


async def test_a_promise_lapses_after_fifteen_minutes(shop: Shop) -> None:
    await shop.put(EMMA)
    quote = await shop.quote()
    shop.clock.move(timedelta(minutes=15))
    with pytest.raises(QuoteExpired):
        await shop.take_quote(READER, quote.id)


async def test_a_promise_is_for_the_cart_it_was_made_for(shop: Shop) -> None:
    await shop.put(EMMA)
    quote = await shop.quote()
    await shop.put(IVANHOE)
    with pytest.raises(CartChangedSinceQuote):
        await shop.take_quote(READER, quote.id)


async def test_a_promise_is_kept_once(shop: Shop) -> None:
    await shop.put(EMMA)
    quote = await shop.quote()
    await shop.work.quotes.use(quote.id, OrderId(UUID(int=1)))
    with pytest.raises(QuoteAlreadyUsed):
        await shop.take_quote(READER, quote.id)


async def test_nobody_takes_somebody_elses_promise(shop: Shop) -> None:
    await shop.put(EMMA)
    quote = await shop.quote()
    with pytest.raises(QuoteNotFound):
        await shop.take_quote(ANOTHER, quote.id)


async def test_without_carts_there_is_no_price(shop: Shop) -> None:
    shop.carts.down = True
    with pytest.raises(CartUnavailable):
        await shop.price_cart(READER, country="US")
