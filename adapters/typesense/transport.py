"""Carries the official client's requests over aiohttp.

Its own carrier, httpcore, loses a place in its pool when a waiting request is cancelled
(encode/httpcore#1093): after some thousand cancelled searches every later one failed with PoolTimeout, for
good. And each request cost three times as much. The client takes any httpx transport; aiohttp is in the shop.
"""

from types import TracebackType

import aiohttp
import httpx


class AiohttpTransport(httpx.AsyncBaseTransport):
    """`answer_within` bounds a request as a whole, from waiting for a connection to the last byte."""

    def __init__(self, *, connect_within: float, answer_within: float, connections: int) -> None:
        self._timeout = aiohttp.ClientTimeout(total=answer_within, sock_connect=connect_within)
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx's errors, which the client knows."""
        headers = [(name.decode(), value.decode()) for name, value in request.headers.raw]
        try:
            async with self._opened().request(
                request.method, str(request.url), headers=headers, data=request.content
            ) as answer:
                body = await answer.read()
                return httpx.Response(answer.status, headers=list(answer.headers.items()), content=body)
        except TimeoutError as late:
            raise httpx.ReadTimeout("No answer in time.", request=request) from late
        except aiohttp.ClientConnectionError as gone:
            raise httpx.ConnectError("No connection.", request=request) from gone
        except aiohttp.ClientError as broken:
            raise httpx.RemoteProtocolError("Not an answer.", request=request) from broken

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        """As `aclose`."""
        await self.aclose()

    async def aclose(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        """Made when first used, for it belongs to the running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                timeout=self._timeout,
                auto_decompress=False,  # httpx does it
            )
        return self._session
