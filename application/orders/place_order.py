"""The front door: a reader places an order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from application.orders.views import OrderOutcome
from application.quotes.price_cart import PriceCart
from application.quotes.take_quote import TakeQuote
from application.shared.measurements import Measurements
from application.shared.unit_of_work import UnitOfWork, Work
from domain.inventory.errors import OutOfStock
from domain.orders.line import OrderLine
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.quotes.quote import Quote
from domain.requests.idempotency import Answer, RememberedRequest, RequestInProgress, RequestKey, Requests
from domain.shared.address import PostalAddress
from domain.shared.clock import Clock
from domain.shared.errors import DomainError, InvalidInput
from domain.shared.ids import IdSource, OrderId, QuoteId, UserId

# The front door answers within 2 s; after twice that the process that held the request is surely gone.
BUSY_FOR: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRequest:
    """What the reader sent. `fingerprint` is a digest of the body: the same key must mean the same."""

    request: RequestKey
    fingerprint: bytes
    address: PostalAddress
    payment_token: str
    shipping_method: str | None
    coupon: str | None
    quote_id: QuoteId | None

    @property
    def user_id(self) -> UserId:
        """Who orders."""
        return self.request.user_id


@dataclass(frozen=True, slots=True)
class Placed:
    """The order, and the answer to this very request where there is one: `replayed` says it was given
    before.
    """

    order_id: OrderId
    answer: Answer | None = None
    replayed: bool = False


AnswerAtOnce = Callable[[OrderOutcome], Answer]


class PlaceOrder:
    """A signed-in reader orders what is in the cart, at the price just calculated or the one quoted.

    Request key, held stock, order, coupon and event are one transaction: either all of it is true or
    nothing happened. The same request again finds the first one's order, never a second: its key is taken
    in that transaction, so the look-up for repetitions costs the first request nothing.
    """

    def __init__(
        self,
        *,
        unit_of_work: UnitOfWork,
        requests: Requests,
        price_cart: PriceCart,
        take_quote: TakeQuote,
        clock: Clock,
        ids: IdSource,
        hold_for: timedelta,
        measurements: Measurements,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._requests = requests
        self._price_cart = price_cart
        self._take_quote = take_quote
        self._clock = clock
        self._ids = ids
        self._hold_for = hold_for
        self._measurements = measurements

    async def __call__(self, wish: OrderRequest, answer_at_once: AnswerAtOnce | None = None) -> Placed:
        """With `answer_at_once` nobody will wait for the outcome: the answer "pending" is kept in the same
        transaction. Raises `OutOfStock`, `KeyReused`, `RequestInProgress`, the errors of quotes and coupons.
        """
        try:
            quote = await self._quote(wish)
        except DomainError:
            # A repeated request may find its cart empty: the first one bought what was in it.
            seen = await self._seen_before(wish)
            if seen is None:
                raise
            return seen
        order = self._order(wish, quote)
        answer = answer_at_once(_pending(order)) if answer_at_once else None
        try:
            async with self._unit_of_work() as work:
                if await self._write(work, wish, quote, order, answer):
                    return Placed(order.id, answer)
        except OutOfStock:
            self._measurements.reservation_failed()
            raise
        seen = await self._seen_before(wish)
        if seen is None:  # its row was there a moment ago
            raise RequestInProgress("This request is still being worked on; ask again.", retry_after=1)
        return seen

    async def _seen_before(self, wish: OrderRequest) -> Placed | None:
        now = self._clock.now()
        known = await self._requests.recall(wish.request)
        if known is None:
            return None
        known.require_same(wish.fingerprint)
        mine = known.answer is not None or await self._requests.take_over(
            wish.request, busy_until=now + BUSY_FOR, at=now
        )
        return self._again(known, mine=mine)

    def _again(self, known: RememberedRequest, *, mine: bool) -> Placed:
        if not mine:
            raise RequestInProgress("This request is still being worked on; ask again.", retry_after=1)
        return Placed(OrderId(known.subject_id), known.answer, replayed=known.answer is not None)

    async def _quote(self, wish: OrderRequest) -> Quote:
        if wish.quote_id is None:
            return await self._price_cart(
                wish.user_id,
                country=wish.address.country,
                shipping_method=wish.shipping_method,
                coupon_code=wish.coupon,
            )
        quote = await self._take_quote(wish.user_id, wish.quote_id)
        if quote.country != wish.address.country:
            raise InvalidInput(
                "shipping_addr.country", f"The quote was made for {quote.country}; ask for a new one."
            )
        return quote

    def _order(self, wish: OrderRequest, quote: Quote) -> Order:
        now = self._clock.now()
        order = Order(
            id=OrderId(self._ids.new()),
            user_id=wish.user_id,
            lines=tuple(
                OrderLine(
                    book_id=line.book_id,
                    isbn=line.isbn,
                    title=line.title,
                    format=line.format,
                    quantity=line.quantity,
                    unit_price=line.unit_price,
                    discount=line.discount,
                    tax=line.tax,
                    digital=line.digital,
                )
                for line in quote.lines
            ),
            shipping_method=quote.shipping.method,
            shipping=quote.shipping.price,
            shipping_tax=quote.shipping.tax,
            coupon=quote.coupon_code,
            weight_grams=quote.weight_grams,
            placed_at=now,
            hold_expires_at=now + self._hold_for,
        )
        order.place()
        return order

    async def _write(
        self, work: Work, wish: OrderRequest, quote: Quote, order: Order, answer: Answer | None
    ) -> bool:
        taken = await work.requests.remember(
            wish.request,
            fingerprint=wish.fingerprint,
            subject_id=order.id,
            busy_until=order.placed_at + BUSY_FOR,
            at=order.placed_at,
            answer=answer,
        )
        if not taken:
            return False
        await work.orders.add(order, Particulars(wish.address, wish.payment_token))
        if wish.quote_id is not None:
            await work.quotes.use(quote.id, order.id)
        if order.coupon is not None:
            await work.coupons.redeem(order.coupon, order.id, order.user_id, order.placed_at)
        copies = order.copies_to_ship()
        if copies:  # last: these rows are what every other buyer waits for
            await work.inventory.hold(order.id, copies, expires_at=order.hold_expires_at, at=order.placed_at)
        return True


def _pending(order: Order) -> OrderOutcome:
    return OrderOutcome(
        order_id=order.id,
        status=order.status.value,
        payment_status=order.payment.value,
        fulfilment_status=order.fulfilment.value,
        total=order.total,
        action_url=None,
        ended_because=None,
    )
