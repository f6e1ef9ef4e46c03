"""Stripe behind the shop's payment port: PaymentIntents that are captured by hand."""

from typing import Final

import stripe
from stripe.params import PaymentIntentCreateParams

from adapters.payments.stripe_client import asked
from adapters.payments.stripe_intents import StripeIntents
from adapters.payments.stripe_outcomes import ABANDONED, CALLED_OFF, KEY, decline, noted, outcome, refusal
from adapters.payments.stripe_refunds import StripeRefunds
from adapters.payments.stripe_tokens import parties
from domain.payments.gateway import (
    ActionRequired,
    AuthorisationRequest,
    Authorised,
    Captured,
    Declined,
    PaymentKey,
    PaymentKeyReused,
    PaymentOutcomeUnknown,
    PaymentReference,
    Refunded,
    Refused,
)
from domain.shared.clock import Clock
from domain.shared.money import Money

CAPTURE_KEY: Final = "octavo_capture_key"
REPLAYED: Final = "Idempotent-Replayed"


class StripeGateway:
    """`return_url` is where Stripe sends readers after their bank's page."""

    def __init__(self, client: stripe.StripeClient, return_url: str, clock: Clock) -> None:
        self._client, self._return_url = client, return_url
        self._intents = StripeIntents(client, clock)
        self._refunds = StripeRefunds(client)

    async def authorise(self, request: AuthorisationRequest) -> Authorised | Declined | ActionRequired:
        """Create and confirm a PaymentIntent in one request under the key."""
        try:
            intent = await self._confirmed(request)
        except stripe.CardError as error:
            return decline(error)
        except stripe.IdempotencyError as error:
            return await self._spent_before(request, error)
        except stripe.InvalidRequestError as error:
            return refusal(error)
        return _known(outcome(intent))

    async def find(self, key: PaymentKey) -> Authorised | Declined | ActionRequired | None:
        """How the payment stands now; None proves nothing (see `stripe_intents`)."""
        intent = await self._intents.find(key)
        return None if intent is None else outcome(intent)

    async def capture(
        self, key: PaymentKey, reference: PaymentReference, amount: Money
    ) -> Captured | Refused:
        """Take the money; what a smaller capture leaves is released by Stripe."""
        try:
            await asked(
                self._client.v1.payment_intents.capture_async(
                    reference,
                    {"amount_to_capture": amount.amount, "metadata": {CAPTURE_KEY: key}},
                    {"idempotency_key": key},
                )
            )
        except stripe.IdempotencyError as error:
            raise PaymentKeyReused("This payment key was spent on another request.") from error
        except (stripe.InvalidRequestError, stripe.CardError) as error:
            return await self._captured_before(key, reference, amount, str(error.user_message))
        return Captured(reference, amount)

    async def abandon(self, authorisation_key: PaymentKey) -> None:
        """Cancel what is reserved, refund what was taken, and spend the key if it never was."""
        intent = await self._intents.find_or_claim(authorisation_key)
        if intent is None or intent.status == "canceled":
            return
        if intent.status == "succeeded":
            await self._give_back(intent, authorisation_key)
            return
        try:
            await asked(self._client.v1.payment_intents.cancel_async(intent.id))
        except stripe.InvalidRequestError as error:
            # It moved on meanwhile, or its bank has not answered: look again.
            raise PaymentOutcomeUnknown(f"A payment that is {intent.status} was not cancelled.") from error

    async def refund(self, key: PaymentKey, reference: PaymentReference, amount: Money) -> Refunded | Refused:
        """Give money back."""
        try:
            intent = await self._intents.read(reference)
            if intent.status != "succeeded":
                return Refused(f"This payment is {intent.status}; nothing was taken.")
            return await self._refunds.refund(key, reference, amount)
        except stripe.InvalidRequestError as error:
            return Refused(str(error.user_message))

    async def _confirmed(self, request: AuthorisationRequest) -> stripe.PaymentIntent:
        customer, method = parties(request.token)
        wanted: PaymentIntentCreateParams = {
            "amount": request.amount.amount,
            "currency": request.amount.currency.lower(),
            "capture_method": "manual",
            "confirm": True,
            "payment_method": method,
            "allowed_payment_method_types": ["card"],
            "return_url": self._return_url,
            "metadata": {KEY: request.key, "order_id": str(request.order_id)},
        }
        if customer:
            wanted["customer"] = customer
        intent = await asked(
            self._client.v1.payment_intents.create_async(wanted, {"idempotency_key": request.key})
        )
        # A replayed answer is the first one, byte for byte, whatever happened to the payment since.
        return await self._intents.read(intent.id) if _replayed(intent) else intent

    async def _spent_before(
        self, request: AuthorisationRequest, error: stripe.IdempotencyError
    ) -> Authorised | Declined | ActionRequired:
        intent = await self._intents.find(request.key)
        if intent is None:
            raise PaymentOutcomeUnknown("Stripe knows this key, but not yet what for.") from error
        found = outcome(intent)
        # A changed return address makes another request of the same payment; another amount does not.
        if found != CALLED_OFF and intent.amount != request.amount.amount:
            raise PaymentKeyReused("This payment key was spent on another request.") from error
        return _known(found)

    async def _captured_before(
        self, key: PaymentKey, reference: PaymentReference, amount: Money, message: str
    ) -> Captured | Refused:
        # Stripe forgets idempotency keys after a day; the payment does not forget who captured it.
        try:
            intent = await self._intents.read(reference)
        except stripe.InvalidRequestError:
            return Refused(message)
        ours = noted(intent.metadata, CAPTURE_KEY) == key and intent.status == "succeeded"
        return Captured(reference, amount) if ours else Refused(message)

    async def _give_back(self, intent: stripe.PaymentIntent, key: PaymentKey) -> None:
        await asked(
            self._client.v1.payment_intents.update_async(
                intent.id, {"metadata": {ABANDONED: "after capture"}}
            )
        )
        await self._refunds.refund_rest(PaymentKey(f"{key}-abandon"), PaymentReference(intent.id))


def _known(found: Authorised | Declined | ActionRequired | None) -> Authorised | Declined | ActionRequired:
    if found is None:
        raise PaymentOutcomeUnknown("Stripe is still working on this payment.")
    return found


def _replayed(intent: stripe.PaymentIntent) -> bool:
    response = intent.last_response
    return response is not None and REPLAYED in response.headers
