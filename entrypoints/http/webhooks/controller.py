"""/v1/webhooks: letters from the payment provider and the carrier."""

from typing import Any

from litestar import Controller, Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from application.payments.receive_payment_news import ReceivePaymentNews
from application.shipping.receive_parcel_news import ReceiveParcelNews


class Webhooks(Controller):
    """Open to everybody; only a valid signature has an effect."""

    path = "/webhooks"
    tags = ("webhooks",)

    @post("/payments/{provider:str}", status_code=204, description=ReceivePaymentNews.__doc__)
    async def payments(
        self,
        provider: FromPath[str],
        request: Request[Any, Any, Any],
        receive_payment_news: NamedDependency[ReceivePaymentNews],
    ) -> None:
        """News about a payment."""
        await receive_payment_news(provider, request.headers, await request.body())

    @post("/carriers/sandbox", status_code=204, description=ReceiveParcelNews.__doc__)
    async def carriers(
        self, request: Request[Any, Any, Any], receive_parcel_news: NamedDependency[ReceiveParcelNews]
    ) -> None:
        """News about a parcel."""
        await receive_parcel_news(request.headers, await request.body())
