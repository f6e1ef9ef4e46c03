"""The sandbox provider's own ledger, for whoever compares it with the shop's books."""

import json
from collections.abc import Sequence
from typing import Final

import aiohttp

from application.audit.facts import ProviderLine
from domain.payments.gateway import PaymentOutcomeUnknown

ANSWER_SECONDS: Final = 30.0  # the whole ledger at once


class SandboxLedger:
    """The `ProviderLedger` port."""

    def __init__(self, url: str) -> None:
        self._url = f"{url.rstrip('/')}/ledger"

    async def lines(self) -> Sequence[ProviderLine]:
        """Oldest first."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._url) as answer:
                answer.raise_for_status()
                document = json.loads(await answer.read())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise PaymentOutcomeUnknown("The payment provider does not show its ledger.") from error
        return [
            ProviderLine(
                kind=line["kind"],
                order_id=line["order_id"],
                amount=line["amount"],
                currency=line["currency"],
            )
            for line in document["items"]
        ]
