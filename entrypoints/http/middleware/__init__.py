"""What every request passes before it is routed, and every answer on its way out."""

from collections.abc import Mapping
from contextvars import ContextVar

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from application.shared.measurements import Measurements
from application.shared.rate_limiter import RateLimiter
from entrypoints.http.middleware.allowed_methods import AllowedMethods
from entrypoints.http.middleware.measured import Measured
from entrypoints.http.middleware.rate_limit import RateLimit
from entrypoints.http.middleware.request_id import RequestId
from entrypoints.http.middleware.security_headers import SecurityHeaders
from entrypoints.http.middleware.well_formed import WellFormed


def edge(
    app: ASGIApp,
    *,
    methods: Mapping[str, frozenset[str]],
    request_id: ContextVar[str],
    measurements: Measurements,
    limiter: RateLimiter,
) -> ASGIApp:
    """The application behind its edge. Litestar's own middleware runs after routing, so unknown paths
    and wrong methods would pass by it: this wraps the whole.
    """
    limited = RateLimit(WellFormed(AllowedMethods(app, methods)), limiter, measurements)
    guarded = RequestId(SecurityHeaders(Measured(limited, measurements)), request_id)

    async def outermost(scope: Scope, receive: Receive, send: Send) -> None:
        await (guarded if scope["type"] == ScopeType.HTTP else app)(scope, receive, send)

    return outermost
