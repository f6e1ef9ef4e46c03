"""Questions over HTTP to servers that owe us nothing: bounded in time and size, and read with suspicion."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp

from application.external_books.ports import SourceFailed

CONNECT_SECONDS: Final = 2.0  # a listening server accepts at once; two seconds forgive one lost packet
ANSWER_SECONDS: Final = 4.0  # a visitor waits, and there is somebody else to ask
LARGEST_ANSWER: Final = 2 * 1024 * 1024  # bytes; twenty books with long descriptions are a tenth of it
LONGEST_REST: Final = 24 * 60 * 60.0  # seconds; who asks for more means another day, too
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def document(self) -> dict[str, Any]:
        """The JSON object in it. Raises SourceFailed for anything else."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise SourceFailed(f"Status {self.status}, and no JSON object.")
        return found

    def retry_after(self, now: datetime) -> float | None:
        """Seconds the server asks to be left in peace (RFC 9110: a number, or a date), within reason."""
        told = self.headers.get("Retry-After", "").strip()
        if told.isascii() and told.isdigit():
            return min(max(1.0, float(told)), LONGEST_REST)
        try:
            at = parsedate_to_datetime(told)
        except ValueError:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(max(1.0, (at - now).total_seconds()), LONGEST_REST)


class Wire:
    """One pool of connections, which names the shop to whom it calls."""

    def __init__(
        self,
        agent: str,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._headers = {"User-Agent": agent, "Accept": "application/json"}
        self._timeout = aiohttp.ClientTimeout(total=answer_seconds, sock_connect=connect_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def get(self, url: str, asked: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """The answer, whatever its status. Raises SourceFailed, without the address: it may hold a key."""
        try:
            asking = self._opened().get(url, params=asked, headers=headers, allow_redirects=False)
            async with asking as response:
                body = await _bounded(response)
                return Answer(response.status, response.headers, body)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise SourceFailed(f"No answer: {type(error).__name__}.") from None

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


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise SourceFailed(f"Status {response.status}, and more than {LARGEST_ANSWER} bytes.")
    return bytes(body)
