"""Carries the official client's requests over aiohttp.

The client sends by httpx, whose pool loses a place when a waiting request is cancelled
(encode/httpcore#1093): after some thousand cancelled searches every later one failed with PoolTimeout, for
good. And among many at once each search cost five times as much of our own time. The client takes any
`httpx.AsyncClient`, and of it uses nothing but `request`.
"""

from collections.abc import Mapping
from typing import Any, Final, cast

import aiohttp
import httpx

# Packing and unpacking a few kilobytes takes longer than sending them to a neighbour.
UNPACKED: Final = {"Accept-Encoding": "identity"}


class AiohttpCarrier(httpx.AsyncClient):
    """`answer_within` bounds a request as a whole, from waiting for a connection to the last byte."""

    def __init__(self, *, connect_within: float, answer_within: float, connections: int) -> None:
        super().__init__()
        self._timeout_of_all = aiohttp.ClientTimeout(total=answer_within, sock_connect=connect_within)
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str,
        url: httpx.URL | str,
        *,
        params: object = None,
        content: object = None,
        headers: object = None,
        **_: object,
    ) -> httpx.Response:
        """Raises httpx's errors, which the client knows."""
        try:
            async with self._opened().request(
                method,
                str(url),
                params=cast("Mapping[str, Any] | None", params),
                data=content,
                headers={**cast("Mapping[str, str]", headers or {}), **UNPACKED},
            ) as answer:
                kind = {"Content-Type": answer.headers.get("Content-Type", "")}
                return httpx.Response(answer.status, headers=kind, content=await answer.read())
        except TimeoutError as late:
            raise httpx.ReadTimeout("No answer in time.") from late
        except aiohttp.ClientConnectionError as gone:
            raise httpx.ConnectError("No connection.") from gone
        except aiohttp.ClientError as broken:
            raise httpx.RemoteProtocolError("Not an answer.") from broken

    async def aclose(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
        await super().aclose()

    def _opened(self) -> aiohttp.ClientSession:
        """Made when first used, for it belongs to the running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, timeout=self._timeout_of_all)
        return self._session
