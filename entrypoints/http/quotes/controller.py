"""POST /v1/quotes."""

from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.quotes.make_quote import MakeQuote
from domain.users.principal import Principal
from entrypoints.http.quotes.schemas import Quote, QuoteWish


class Quotes(Controller):
    """For signed-in readers: a quote is for their cart, and checkout takes it from nobody else."""

    path = "/quotes"
    tags = ("Checkout",)

    @post(status_code=201)
    async def make(
        self,
        data: JSONBody[QuoteWish],
        reader: NamedDependency[Principal],
        make_quote: NamedDependency[MakeQuote],
    ) -> Quote:
        """Learn what the whole cart costs; checkout with this `quote_id` charges exactly that for fifteen
        minutes. No copies are set aside.
        """
        quote = await make_quote(
            reader.user_id,
            country=data.destination(),
            shipping_method=data.shipping_method,
            coupon_code=data.coupon,
        )
        return Quote.of(quote)
