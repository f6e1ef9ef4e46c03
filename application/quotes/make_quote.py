"""Promise a price."""

from application.quotes.price_cart import PriceCart
from application.shared.unit_of_work import UnitOfWork
from domain.quotes.quote import Quote
from domain.shared.ids import UserId


class MakeQuote:
    """A signed-in reader gets a price for the whole cart that the shop keeps for fifteen minutes. Copies are
    not set aside: that is what checkout does.
    """

    def __init__(self, price_cart: PriceCart, unit_of_work: UnitOfWork) -> None:
        self._price_cart = price_cart
        self._unit_of_work = unit_of_work

    async def __call__(
        self, user_id: UserId, *, country: str, shipping_method: str | None, coupon_code: str | None
    ) -> Quote:
        """Raises what `PriceCart` raises."""
        quote = await self._price_cart(
            user_id, country=country, shipping_method=shipping_method, coupon_code=coupon_code
        )
        async with self._unit_of_work() as work:
            await work.quotes.add(quote)
        return quote
