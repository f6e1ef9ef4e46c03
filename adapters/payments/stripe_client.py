"""Stripe's own library, told to leave retries to the shop and to admit when there was no answer."""

from collections.abc import Awaitable
from typing import Final, TypeVar

import aiohttp
import stripe

from domain.payments.gateway import PaymentOutcomeUnknown

CONNECT_SECONDS: Final = 3.0  # across an ocean, with TLS, and one lost packet
ANSWER_SECONDS: Final = 20.0  # Stripe waits for the card networks; leaving sooner makes outcomes unknown

# Stripe's verdicts on a request. Everything else (no connection, 401, 409, 429, 5xx) says nothing about what
# an earlier try under the same key has done.
VERDICTS: Final = (stripe.CardError, stripe.InvalidRequestError, stripe.IdempotencyError)

T = TypeVar("T")


class StripeConnection:
    """A client for `api_base` (empty: Stripe itself) and the connections it keeps open."""

    def __init__(
        self,
        api_key: str,
        api_base: str = "",
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        http_client: type[stripe.AIOHTTPClient] = stripe.AIOHTTPClient,
    ) -> None:
        # It would write an id into the home folder and send timings along.
        stripe.enable_telemetry = False
        timeout = aiohttp.ClientTimeout(total=answer_seconds, sock_connect=connect_seconds)
        self._http = http_client(timeout=timeout)
        self.client = stripe.StripeClient(
            api_key,
            base_addresses={"api": api_base.rstrip("/")} if api_base else None,
            # The process retries, under the same key, where every try can be seen.
            max_network_retries=0,
            http_client=self._http,
        )

    async def close(self) -> None:
        """Give the connections back."""
        await self._http.close_async()  # type: ignore[no-untyped-call]  # the library left it untyped


async def asked(call: Awaitable[T]) -> T:
    """Stripe's answer or verdict; anything else is `PaymentOutcomeUnknown`."""
    try:
        return await call
    except VERDICTS:
        raise
    # The library lets errors of reading the answer through as they are.
    except (stripe.StripeError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise PaymentOutcomeUnknown("Stripe did not answer.") from error
