"""The front door in memory: a cart, a price list, stock, and what a reader may send."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from application.orders.place_order import OrderRequest, Placed, PlaceOrder
from application.quotes.make_quote import MakeQuote
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from domain.carts.identity import reader_cart
from domain.orders.order import Order
from domain.quotes.offer import Offer
from domain.quotes.quote import Quote
from domain.requests.idempotency import RequestKey
from domain.shared.ids import BookId
from tests.builders import DRACULA, EMMA, READER, address, usd
from tests.fakes.carts import InMemoryCarts
from tests.fakes.measurements import InMemoryMeasurements
from tests.fakes.quotes import FlatRates, InMemoryOffers
from tests.fakes.time import CountingIds, StandingClock
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork

HOLD_FOR = timedelta(minutes=15)
IVANHOE = BookId(UUID(int=3))  # an e-book


def offer(book: BookId, price: int, *, ebook: bool = False) -> Offer:
    return Offer(
        book_id=book,
        isbn="9780141439587",
        title="A book",
        format="ebook" if ebook else "paperback",
        price=usd(price),
        weight_grams=0 if ebook else 300,
        digital=ebook,
        available=None if ebook else 3,
        on_sale=True,
    )


class FrontDoor:
    """Everything `PlaceOrder` needs; three copies of two paperbacks, and an e-book."""

    def __init__(self) -> None:
        self.clock = StandingClock()
        self.carts = InMemoryCarts()
        self.work = InMemoryWork()
        self.unit_of_work = InMemoryUnitOfWork(self.work)
        self.measurements = InMemoryMeasurements()
        offers = InMemoryOffers(offer(EMMA, 1299), offer(DRACULA, 999), offer(IVANHOE, 499, ebook=True))
        ids = CountingIds(start=1000)
        self.price_cart = PriceCart(
            carts=self.carts,
            offers=offers,
            coupon_standings=self.work.coupons,
            carriage_rates=FlatRates(),
            clock=self.clock,
            ids=ids,
        )
        self.make_quote = MakeQuote(self.price_cart, self.unit_of_work)
        self.place_order = PlaceOrder(
            unit_of_work=self.unit_of_work,
            requests=self.work.requests,
            price_cart=self.price_cart,
            take_quote=TakeQuote(self.carts, self.unit_of_work, self.clock),
            clock=self.clock,
            ids=ids,
            hold_for=HOLD_FOR,
            measurements=self.measurements,
        )
        for book in (EMMA, DRACULA):
            self.work.inventory.put(book, 3)

    async def put(self, book: BookId = EMMA, quantity: int = 1) -> None:
        """Into the reader's cart."""
        now = self.clock.now()
        await self.carts.change(reader_cart(READER), lambda cart: cart.add(book, quantity, usd(1), now, None))

    async def empty_cart(self) -> None:
        """As a confirmed order does."""
        await self.carts.change(reader_cart(READER), lambda cart: cart.clear())

    async def quote(self, country: str = "US") -> Quote:
        """A promised price."""
        return await self.make_quote(READER, country=country, shipping_method=None, coupon_code=None)

    async def order(self, placed: Placed) -> Order:
        """What was written."""
        return await self.work.orders.get(placed.order_id)


def wish(key: str = "one click", **changed: object) -> OrderRequest:
    """What the reader sends; the fingerprint follows what is changed."""
    plain = OrderRequest(
        request=RequestKey(READER, "POST /v1/checkout", key),
        fingerprint=repr(sorted(changed.items(), key=str)).encode(),
        address=address(),
        payment_token="tok_ok",
        shipping_method=None,
        coupon=None,
        quote_id=None,
    )
    return replace(plain, **changed)  # type: ignore[arg-type] # a builder's liberty
