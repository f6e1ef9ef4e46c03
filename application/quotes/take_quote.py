"""Hold the shop to a promised price."""

from application.shared.unit_of_work import UnitOfWork
from domain.carts.identity import reader_cart
from domain.carts.ports import Carts
from domain.quotes.quote import Quote
from domain.shared.clock import Clock
from domain.shared.ids import QuoteId, UserId


class TakeQuote:
    """The reader for whom a quote was made pays what it says: nothing is priced again. It binds once, until
    it expires, and for the cart it was made for.
    """

    def __init__(self, carts: Carts, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._carts = carts
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, user_id: UserId, quote_id: QuoteId) -> Quote:
        """Raises `QuoteNotFound`, `QuoteExpired`, `QuoteAlreadyUsed`, `CartChangedSinceQuote` or
        `CartUnavailable`.
        """
        async with self._unit_of_work() as work:
            quote = await work.quotes.get(quote_id, user_id)
        cart = await self._carts.get(reader_cart(user_id))
        quote.ensure_still_holds(cart.quantities(), self._clock.now())
        return quote
