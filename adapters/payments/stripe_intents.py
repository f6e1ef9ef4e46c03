"""Finding the one PaymentIntent of a payment key.

Stripe can not be asked "what became of this idempotency key?": a repeated request shows the stored answer if
there is one, but pays if there is none, and so must never serve as a question. Therefore each PaymentIntent
carries its key as metadata, and is looked for in three places, each covering the gap of the one before:

1. the newest hundred: read after write, so it sees what was made a second ago, in any but the busiest shop;
2. search by metadata: sees all, but up to a minute late (an hour in an outage), and not in India;
3. all of the last day: slow and certain, and only asked when Stripe says that the key was used.

To prove that a key will never pay, `claim` spends it on a PaymentIntent without a card. Stripe then refuses
the key to a payment that arrives later, because its parameters differ: a tombstone. If the key had been used
already, Stripe refuses *us*, and a third look finds what it was used for.
"""

from datetime import timedelta
from typing import Final

import stripe

from adapters.payments.stripe_client import asked
from adapters.payments.stripe_outcomes import ABANDONED, KEY, noted
from domain.payments.gateway import PaymentKey
from domain.shared.clock import Clock

PAGE: Final = 100  # the most Stripe gives at once
# Stripe remembers an idempotency key for at least a day; one more hour for clocks and slow requests.
KEY_LIFE: Final = timedelta(hours=25)
NEVER_PAID: Final = 100  # cents a tombstone is made out for: above Stripe's minimum, and never confirmed


class StripeIntents:
    """The PaymentIntents of this shop."""

    def __init__(self, client: stripe.StripeClient, clock: Clock) -> None:
        self._client, self._clock = client, clock

    async def find(self, key: PaymentKey) -> stripe.PaymentIntent | None:
        """The payment of this key, as it is now. None proves nothing."""
        newest = await asked(self._client.v1.payment_intents.list_async({"limit": PAGE}))
        for intent in newest.data:
            if noted(intent.metadata, KEY) == key:
                return intent
        return await self._search(key)

    async def find_or_claim(self, key: PaymentKey) -> stripe.PaymentIntent | None:
        """The payment of this key, or a tombstone in its place. None proves that nothing was ever paid
        under it, and nothing will be: Stripe has stored a failure.
        """
        found = await self.find(key)
        if found is not None:
            return found
        try:
            return await self._claim(key)
        except stripe.IdempotencyError:
            return await asked(self._in_the_life_of_a_key(key))

    async def read(self, intent_id: str) -> stripe.PaymentIntent:
        """The payment as it is now: stored answers and search results may be older."""
        return await asked(self._client.v1.payment_intents.retrieve_async(intent_id))

    async def _search(self, key: PaymentKey) -> stripe.PaymentIntent | None:
        escaped = key.replace("\\", "\\\\").replace("'", "\\'")
        query = f"metadata['{KEY}']:'{escaped}'"
        try:
            found = await asked(self._client.v1.payment_intents.search_async({"query": query}))
        except stripe.InvalidRequestError:
            return None  # accounts in India can not search
        # Search ignores case; keys do not.
        exact = [intent for intent in found.data if noted(intent.metadata, KEY) == key]
        return await self.read(exact[0].id) if exact else None

    async def _claim(self, key: PaymentKey) -> stripe.PaymentIntent:
        return await asked(
            self._client.v1.payment_intents.create_async(
                {
                    "amount": NEVER_PAID,
                    "currency": "usd",
                    "capture_method": "manual",
                    "allowed_payment_method_types": ["card"],
                    "metadata": {KEY: key, ABANDONED: "before it arrived"},
                },
                {"idempotency_key": key},
            )
        )

    async def _in_the_life_of_a_key(self, key: PaymentKey) -> stripe.PaymentIntent | None:
        since = int((self._clock.now() - KEY_LIFE).timestamp())
        pages = await self._client.v1.payment_intents.list_async({"limit": PAGE, "created": {"gte": since}})
        async for intent in pages.auto_paging_iter():
            if noted(intent.metadata, KEY) == key:
                return intent
        return None
