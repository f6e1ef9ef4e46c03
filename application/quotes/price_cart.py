"""What a reader's cart costs now."""

from typing import Final

from domain.carts.cart import Cart
from domain.carts.identity import reader_cart
from domain.carts.ports import Carts
from domain.promotions.coupon import normalise_code
from domain.promotions.errors import CouponNotValid
from domain.promotions.ports import CouponStandings
from domain.quotes.errors import CartIsEmpty, NoLongerSold
from domain.quotes.offer import Offers
from domain.quotes.ports import CarriageRates
from domain.quotes.pricing import Carriage, Discount, Item, price_cart, subtotal
from domain.quotes.quote import Quote
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import IdSource, QuoteId, UserId
from domain.shared.money import Money

STANDARD: Final = "standard"
DIGITAL: Final = "digital"  # nothing to carry


class PriceCart:
    """A signed-in reader learns what the whole cart costs, brought to that country, with that coupon.

    Whether there are enough copies is not decided here: only setting them aside at checkout can tell.
    """

    def __init__(
        self,
        *,
        carts: Carts,
        offers: Offers,
        coupon_standings: CouponStandings,
        carriage_rates: CarriageRates,
        clock: Clock,
        ids: IdSource,
    ) -> None:
        self._carts = carts
        self._offers = offers
        self._coupons = coupon_standings
        self._rates = carriage_rates
        self._clock = clock
        self._ids = ids

    async def __call__(
        self,
        user_id: UserId,
        *,
        country: str,
        shipping_method: str | None = None,
        coupon_code: str | None = None,
    ) -> Quote:
        """Raises `CartIsEmpty`, `NoLongerSold`, `MixedCurrencies`, `CartUnavailable`, the errors of coupons,
        and `InvalidInput` for a shipping method that does not go there.
        """
        items = await self._items(await self._carts.get(reader_cart(user_id)))
        return price_cart(
            items,
            id=QuoteId(self._ids.new()),
            user_id=user_id,
            country=country,
            discount=await self._discount(coupon_code, user_id, subtotal(items)),
            carriage=self._carriage(items, country, shipping_method),
            now=self._clock.now(),
        )

    async def _items(self, cart: Cart) -> list[Item]:
        if not cart.lines:
            raise CartIsEmpty("The cart is empty; put a book in first.")
        offers = await self._offers.of(list(cart.lines))
        gone = [str(b) for b in cart.lines if b not in offers or not offers[b].on_sale]
        if gone:
            raise NoLongerSold("The shop no longer sells some books in the cart; remove them.", books=gone)
        return [Item(offers[book_id], line.quantity) for book_id, line in cart.lines.items()]

    async def _discount(self, code: str | None, user_id: UserId, books: Money) -> Discount | None:
        if code is None:
            return None
        code = normalise_code(code)
        standing = await self._coupons.of(code, user_id)
        if standing is None:
            raise CouponNotValid("There is no such coupon.")
        off = standing.coupon.discount_on(books, at=self._clock.now(), used_by_reader=standing.used_by_reader)
        return Discount(code, off)

    def _carriage(self, items: list[Item], country: str, method: str | None) -> Carriage:
        """A parcel only if something needs carrying, whatever was asked for."""
        if all(item.offer.digital for item in items):
            return Carriage(DIGITAL, Money.zero(items[0].offer.price.currency))
        if method == DIGITAL:
            raise InvalidInput("shipping_method", "The cart holds printed books; choose how to bring them.")
        weight = sum(item.offer.weight_grams * item.quantity for item in items)
        method = method or STANDARD
        return Carriage(method, self._rates.price(method, country, weight))
