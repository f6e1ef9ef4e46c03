"""Calls to servers that readers name: only public ones, over TLS, once each, without following anybody."""

import re
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from application.watches.ports import WebhookNotAccepted
from domain.shared.errors import InvalidInput

ANSWER_SECONDS: Final = 10.0  # a server that needs longer to say "thanks" is asked again later
# Calls at once in a process, and to one server. One that would be too many is put off, not queued: readers'
# servers that hang keep no seat from the steps of checkouts.
AT_ONCE: Final = 10
AT_ONCE_TO_ONE: Final = 3
LONGEST_URL: Final = 2_000
_GONE: Final = 410  # its owner wants no more
_TAKEN: Final = range(200, 300)
# What a system reads as an address though the standard library does not: 127.1, 2130706433.
_LIKE_AN_ADDRESS: Final = re.compile(r"[0-9.]+|.*:.*")
# Public by name, but another address is packed into them: NAT64, Teredo, 6to4; and site-local ones.
_PACKED: Final = [
    IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
]


class PublicReadersServers:
    """The `ReadersServers` port. The shop's own network is not for readers to call: a name that leads there
    is refused when it is looked up, so that it cannot lead elsewhere between the check and the call.
    """

    def __init__(self, agent: str, *, private_too: bool = False) -> None:
        """`private_too` is for trying it out, with a reader's server beside the shop."""
        self._agent = agent
        self._private_too = private_too
        self._session: aiohttp.ClientSession | None = None
        self._calling: Counter[str] = Counter()

    def require_allowed(self, url: str) -> None:
        """See the port."""
        schemes = {"https", "http"} if self._private_too else {"https"}
        if len(url) > LONGEST_URL or not _is_plain(url, schemes):
            raise InvalidInput("webhook.url", "Name an https address without a user in it.")
        if not self._private_too and not _may_be_public(_host(url)):
            raise InvalidInput("webhook.url", "Name a server that the whole world can reach.")

    async def post(self, url: str, body: bytes, *, key: str, signature: str) -> bool:
        """See the port."""
        headers = {
            "Content-Type": "application/json",
            "User-Agent": self._agent,
            "Octavo-Delivery": key,
            "Octavo-Signature": signature,
        }
        with self._seat(_host(url)):
            status = await self._status(url, body, headers)
        if status in _TAKEN:
            return True
        if status == _GONE:
            return False
        raise WebhookNotAccepted(f"The reader's server answered {status}.")

    async def close(self) -> None:
        """Let go of its connections."""
        if self._session is not None:
            await self._session.close()

    async def _status(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """Of its answer, nothing else of which is read."""
        try:
            async with self._opened().post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise WebhookNotAccepted("The reader's server could not be reached.") from error

    @contextmanager
    def _seat(self, host: str) -> Iterator[None]:
        if self._calling.total() >= AT_ONCE or self._calling[host] >= AT_ONCE_TO_ONE:
            raise WebhookNotAccepted("Too many readers' servers are being called; this one comes later.")
        self._calling[host] += 1
        try:
            yield
        finally:
            self._calling[host] -= 1
            self._calling += Counter()  # forgets those at zero

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = None if self._private_too else _PublicResolver()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE, resolver=resolver),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
            )
        return self._session


class _PublicResolver(AbstractResolver):
    """Finds addresses of the public internet and no others."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises `OSError` where there is none, as for an unknown name."""
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if _is_public(ip_address(one["host"].split("%")[0]))]
        if not public:
            raise OSError(None, "The name leads to no public address.")
        return public

    async def close(self) -> None:
        """Nothing is held."""


def _host(url: str) -> str:
    return URL(url).raw_host or ""


def _is_plain(url: str, schemes: set[str]) -> bool:
    try:  # by the parser of the client that calls it: two parsers may see two hosts
        parts = URL(url)
        return parts.scheme in schemes and bool(parts.raw_host) and parts.raw_user is None
    except ValueError:  # a port that is none, brackets that do not close
        return False


def _may_be_public(host: str) -> bool:
    try:
        return _is_public(ip_address(host))
    except ValueError:  # a name: looked at again when it is looked up
        return "." in host.strip(".") and not _LIKE_AN_ADDRESS.fullmatch(host)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    packed = any(address in net for net in _PACKED)
    return address.is_global and not address.is_multicast and not packed
