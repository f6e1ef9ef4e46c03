"""Turns away callers who ask too often, before anything is routed, read or looked up."""

import ipaddress
import math
from functools import lru_cache
from typing import Final

from litestar.types import ASGIApp, Receive, Scope, Send

from application.shared.measurements import Measurements
from application.shared.rate_limiter import RateLimiter, TooManyRequests
from entrypoints.http.errors import send_problem

# Probes and scrapers must see the shop even while it turns others away; pages of the API's UI are static.
EXEMPT: Final = ("/health", "/metrics", "/docs", "/problems")
ONE_HOUSEHOLD: Final = 64  # bits: an IPv6 customer has at least this many addresses to himself
NOBODY: Final = "address:unknown"


class RateLimit:
    """Counts by client address. Readers who signed in are counted once more, by who they are."""

    def __init__(self, app: ASGIApp, limiter: RateLimiter, measurements: Measurements) -> None:
        self._app = app
        self._limiter = limiter
        self._measurements = measurements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or answer 429."""
        wait = 0.0 if scope["path"].startswith(EXEMPT) else self._limiter.take(_caller(scope["client"]))
        if wait > 0:
            self._measurements.request_turned_away()
            await send_problem(send, TooManyRequests(math.ceil(wait)))
            return
        await self._app(scope, receive, send)


def _caller(client: tuple[str, int] | None) -> str:
    return f"address:{household(client[0])}" if client else NOBODY


@lru_cache(maxsize=10_000)  # parsing costs more than counting, and callers come back
def household(address: str) -> str:
    """The address as one caller's: itself, or the network an IPv6 customer owns."""
    if ":" not in address:
        return address
    try:
        network = ipaddress.ip_network((address.partition("%")[0], ONE_HOUSEHOLD), strict=False)
    except ValueError:  # a proxy's way of writing it; as good a name as any
        return address
    return str(network.network_address)
