"""Reserve the reader's money for a purchase."""

from datetime import timedelta
from typing import Final

from application.purchases.keys import money_key
from application.purchases.news import PurchaseNews
from application.shared.unit_of_work import UnitOfWork
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Declined,
    DeclineReason,
    PaymentGateway,
    PaymentReference,
    PaymentToken,
)
from domain.payments.ledger import PaymentOperation
from domain.purchases.purchase import Purchase
from domain.purchases.status import MoneyStatus, StoreStatus
from domain.shared.clock import Clock
from domain.shared.ids import OrderId, PurchaseId

# Providers forget a key after a day; half of it is left for clocks, and for requests that are under way.
KEY_LIFE: Final = timedelta(hours=12)
_TOO_LATE = Declined(DeclineReason.DECLINED, "The payment was not made in time; nothing was charged.")
_OVER = Declined(DeclineReason.DECLINED, "The purchase is over; nothing was charged.")
Answer = Authorised | Declined | ActionRequired


class AuthorisePurchase:
    """The maximum is reserved, once, and only while there is something to buy; never more. No answer is not
    an answer: the error says to ask, and asking has no effect.
    """

    def __init__(
        self, unit_of_work: UnitOfWork, gateway: PaymentGateway, clock: Clock, news: PurchaseNews
    ) -> None:
        self._unit_of_work = unit_of_work
        self._gateway = gateway
        self._clock = clock
        self._news = news

    async def __call__(self, purchase_id: PurchaseId) -> Answer:
        """Ask the provider under the purchase's own key; raises `PaymentOutcomeUnknown`."""
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            particulars = await work.purchases.particulars(purchase_id)
        if (decided := _decided(purchase)) is not None:
            return decided
        key = money_key(purchase_id, PaymentOperation.AUTHORISE)
        if purchase.received_at + KEY_LIFE < self._clock.now():
            answer = await self._gateway.find(key) or _TOO_LATE
        else:
            token = PaymentToken(particulars.payment_token)
            request = AuthorisationRequest(key, OrderId(purchase_id), purchase.max_price, token)
            answer = await self._gateway.authorise(request)
        return await self._written(purchase_id, answer)

    async def ask(self, purchase_id: PurchaseId) -> Answer | None:
        """What became of it; None: the provider has not seen it, or is still at it. Raises
        `PaymentOutcomeUnknown`.
        """
        answer = await self._gateway.find(money_key(purchase_id, PaymentOperation.AUTHORISE))
        return await self._written(purchase_id, answer) if answer else None

    async def _written(self, purchase_id: PurchaseId, answer: Answer) -> Answer:
        if isinstance(answer, Declined):
            return answer
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            if isinstance(answer, Authorised):
                purchase.authorise(answer.reference, self._clock.now())
            else:
                purchase.require_action(answer.reference, answer.url, self._clock.now())
            await work.purchases.save(purchase)
        await self._news.tell(purchase_id)
        return answer


def _decided(purchase: Purchase) -> Answer | None:
    if purchase.ended or purchase.store is StoreStatus.CALLED_OFF:
        return _OVER
    if purchase.money in {MoneyStatus.PENDING, MoneyStatus.ACTION_REQUIRED}:
        return None
    return Authorised(PaymentReference(purchase.payment_reference or ""), purchase.max_price)
