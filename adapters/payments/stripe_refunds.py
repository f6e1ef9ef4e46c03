"""Refunds at Stripe, at most one for each key, for ever."""

from typing import Final

import stripe
from stripe.params import RefundCreateParams

from adapters.payments.stripe_client import asked
from adapters.payments.stripe_outcomes import KEY, noted
from domain.payments.gateway import (
    PaymentKey,
    PaymentKeyReused,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refunded,
    Refused,
)
from domain.shared.money import Money

UNDONE: Final = frozenset({"failed", "canceled"})
PAGE: Final = 100


class StripeRefunds:
    """Stripe forgets idempotency keys after a day, and a parked refund may wait longer for a person. So each
    refund carries its key as metadata, and is looked for before it is made; the idempotency key guards
    against two at once.
    """

    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        """That amount, in whatever way Stripe can; raises Stripe's `InvalidRequestError`."""
        made = await self._made(key, reference) or await self._make(key, reference, amount)
        if made.status in UNDONE:
            return Refused(f"The refund is {made.status}.")
        if made.amount != amount.amount:
            raise PaymentKeyReused("This payment key was spent on another refund.")
        return Refunded(PaymentReference(made.id), amount)

    async def refund_rest(self, key: PaymentKey, reference: PaymentReference) -> None:
        """Whatever is left of the payment; nothing left is well."""
        try:
            made = await self._made(key, reference) or await self._make(key, reference, None)
        except stripe.InvalidRequestError as error:
            if error.code == "charge_already_refunded":
                return
            raise PaymentOutcomeUnknown("Stripe did not refund an abandoned payment.") from error
        if made.status in UNDONE:
            raise PaymentOutcomeUnknown(f"The refund of an abandoned payment is {made.status}.")

    async def _made(self, key: PaymentKey, reference: PaymentReference) -> stripe.Refund | None:
        found = await asked(self._client.v1.refunds.list_async({"payment_intent": reference, "limit": PAGE}))
        return next((refund for refund in found.data if noted(refund.metadata, KEY) == key), None)

    async def _make(
        self, key: PaymentKey, reference: PaymentReference, amount: Money | None
    ) -> stripe.Refund:
        wanted: RefundCreateParams = {"payment_intent": reference, "metadata": {KEY: key}}
        if amount is not None:
            wanted["amount"] = amount.amount
        try:
            return await asked(self._client.v1.refunds.create_async(wanted, {"idempotency_key": key}))
        except stripe.IdempotencyError as error:
            raise PaymentKeyReused("This payment key was spent on another request.") from error
