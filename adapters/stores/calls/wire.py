"""Calls to stores over HTTP: one pool of connections for all of them, and no trust in any."""

from dataclasses import dataclass, field
from typing import Final

import aiohttp
from yarl import URL

from adapters.stores.calls.answer import LARGEST_ANSWER, Answer, Garbled, TooLarge, unpacked
from adapters.stores.calls.template import Request
from domain.prices.store import StoreBroken, StoreSlow

CONNECT_SECONDS: Final = 2.0  # a listening server accepts at once; two seconds forgive one lost packet
CONNECTIONS: Final = 512  # to all stores together; each is paced long before it could fill a part of them
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
SHOWN: Final = 120  # characters of where a store sends us
_PIECE: Final = 64 * 1024


class NeverSent(StoreSlow):
    """There was no connection: the store knows nothing of the call."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a store is, how long it may take, and what proves who we are."""

    store: str
    base: str
    seconds: float
    secret_headers: dict[str, str] = field(default_factory=dict, repr=False)
    secret_query: dict[str, str] = field(default_factory=dict, repr=False)


class StoreWire:
    """One call is one request, as stores count: nothing is sent again unbidden, no redirect followed."""

    def __init__(self, agent: str, *, connect_seconds: float = CONNECT_SECONDS) -> None:
        self._headers = {"User-Agent": agent, "Accept-Encoding": "gzip"}
        self._connect_seconds = connect_seconds
        self._session: aiohttp.ClientSession | None = None

    async def send(self, address: Address, request: Request) -> Answer:
        """The answer, whatever its status. Raises `StoreSlow` and `StoreBroken`, neither of which repeats the
        address, the body or the key.
        """
        url = URL(address.base.rstrip("/") + request.path, encoded=True)
        url = url.update_query({**request.query, **address.secret_query})
        answer = await self._once(address, request, url)
        if answer.status in REDIRECTS:
            # Following would be a second call where we had a turn for one, and could take our key elsewhere.
            raise StoreBroken(
                f"{address.store}: it redirects to {_place(url, answer)}; calls must name the right address."
            )
        return answer

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _once(self, address: Address, request: Request, url: URL) -> Answer:
        timeout = aiohttp.ClientTimeout(total=address.seconds, sock_connect=self._connect_seconds)
        headers = {**request.headers, **address.secret_headers}
        try:
            async with self._opened().request(
                request.method,
                url,
                data=request.body,
                headers=headers,
                allow_redirects=False,
                timeout=timeout,
            ) as response:
                body = await _bounded(response)
                encoding = response.headers.get("Content-Encoding", "")
                return Answer(response.status, response.headers, unpacked(body, encoding))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverSent(f"{address.store}: no connection ({type(error).__name__}).") from None
        except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, TimeoutError, OSError) as error:
            raise StoreSlow(f"{address.store}: no answer ({type(error).__name__}).") from None
        except (aiohttp.ClientError, ValueError) as error:
            raise StoreBroken(
                f"{address.store}: not HTTP as it should be ({type(error).__name__})."
            ) from None
        except TooLarge:
            raise StoreBroken(f"{address.store}: its answer is larger than {LARGEST_ANSWER} bytes.") from None
        except Garbled as why:
            raise StoreBroken(f"{address.store}: its answer cannot be read: {why}.") from None

    def _opened(self) -> aiohttp.ClientSession:
        # Made at the first call, because it belongs to the event loop that is running then.
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                auto_decompress=False,  # its own unpacking knows no bound
            )
            # A lost connection makes aiohttp ask again unbidden. A store would count two calls where we had
            # a turn for one.
            self._session._retry_connection = False  # noqa: SLF001 - there is no public switch
        return self._session


async def _bounded(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in response.content.iter_chunked(_PIECE):
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise TooLarge
    return bytes(body)


def _place(url: URL, answer: Answer) -> str:
    """Host and path, without what may hold a key."""
    try:
        target = url.join(URL(answer.headers.get("Location", "")))
    except ValueError:
        return "nowhere"
    return f"{target.host}{target.path}"[:SHOWN]
