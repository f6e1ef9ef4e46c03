"""Customers and their cards at Stripe."""

from typing import Final

import stripe

from adapters.payments.stripe_client import asked
from adapters.payments.stripe_outcomes import decline, refusal
from adapters.payments.stripe_tokens import parties, saved_token
from domain.payments.gateway import Declined, PaymentOutcomeUnknown, PaymentToken
from domain.payments.saved_methods import CustomerReference, SavedMethod
from domain.shared.ids import UserId

MOST: Final = 100  # cards of one reader; Stripe shows no more at once


class StripeSavedMethods:
    """A Customer holds no personal data, only the shop's id of the reader."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self._client = client

    async def open_customer(self, user_id: UserId) -> CustomerReference:
        """Create the Customer, once a day at most for one reader."""
        customer = await asked(
            self._client.v1.customers.create_async(
                {"metadata": {"octavo_user": str(user_id)}}, {"idempotency_key": f"customer-{user_id}"}
            )
        )
        return CustomerReference(customer.id)

    async def save(self, customer: CustomerReference, token: PaymentToken) -> SavedMethod | Declined:
        """Attach the payment method to the Customer."""
        _, method = parties(token)
        try:
            attached = await asked(
                self._client.v1.payment_methods.attach_async(method, {"customer": customer})
            )
        except stripe.CardError as error:
            return decline(error)
        except stripe.InvalidRequestError as error:
            return refusal(error)
        return _saved(customer, attached)

    async def list_saved(self, customer: CustomerReference) -> list[SavedMethod]:
        """The Customer's cards."""
        found = await asked(
            self._client.v1.payment_methods.list_async({"customer": customer, "type": "card", "limit": MOST})
        )
        return [_saved(customer, method) for method in found.data]

    async def forget(self, token: PaymentToken) -> None:
        """Detach the payment method; one that is detached already stays so."""
        _, method = parties(token)
        try:
            await asked(self._client.v1.payment_methods.detach_async(method))
        except stripe.InvalidRequestError as error:
            if await self._still_attached(method):
                raise PaymentOutcomeUnknown("Stripe did not let go of the card.") from error

    async def _still_attached(self, method: str) -> bool:
        try:
            known = await asked(self._client.v1.payment_methods.retrieve_async(method))
        except stripe.InvalidRequestError:
            return False  # Stripe does not know it at all
        return known.customer is not None


def _saved(customer: CustomerReference, method: stripe.PaymentMethod) -> SavedMethod:
    card = method.card
    if card is None:
        raise ValueError("Stripe listed a payment method that is not a card.")
    expiry = (card.exp_year, card.exp_month)
    return SavedMethod(saved_token(customer, method.id), card.brand, card.last4, expiry)
