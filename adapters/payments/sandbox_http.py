"""Calls to the sandbox provider over HTTP: an answer, or the admission that there is none."""

import json
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from domain.payments.gateway import PaymentKey, PaymentOutcomeUnknown

# The provider's verdicts on a payment. Every other status (401, 409, 429, 5xx, a proxy's 404) says nothing
# about what an earlier try under the same key has done.
VERDICTS: Final = frozenset({200, 201, 202, 400, 402, 404, 410, 422})
REPLAYED: Final = "Idempotent-Replayed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider said; `replayed`: it had said so before."""

    status: int
    document: dict[str, Any]
    replayed: bool

    @property
    def code(self) -> str:
        """Why it said no."""
        return str(self.document.get("code", ""))


class SandboxHttp:
    """One pool of connections to the provider."""

    def __init__(self, url: str, api_key: str, connect_seconds: float, answer_seconds: float) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {api_key}"}
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds, sock_connect=connect_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        key: PaymentKey | None = None,
    ) -> Answer:
        """The provider's verdict, or `PaymentOutcomeUnknown`."""
        headers = {} if key is None else {"Idempotency-Key": key}
        try:
            session = self._opened()
            async with session.request(method, self._url + path, json=body, headers=headers) as response:
                document = json.loads(await response.read())
                replayed = REPLAYED in response.headers
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise PaymentOutcomeUnknown("The payment provider did not answer.") from error
        if response.status not in VERDICTS or not isinstance(document, dict):
            raise PaymentOutcomeUnknown(f"The payment provider answered {response.status}.")
        return Answer(response.status, document, replayed)

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        # Made at the first call, because it belongs to the event loop that is running then.
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout, headers=self._headers)
        return self._session
