"""Counts and times every answer by route template, never by path: paths hold ids, and ids are endless."""

from time import perf_counter
from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from application.shared.measurements import Measurements

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER: Final = "OTHER"
NO_ROUTE: Final = "(none)"
NO_ANSWER: Final = 499  # the client left first; not in the standard, but what proxies have long called it


class Measured:
    """Stands outside everything that can answer, so that refusals are counted too."""

    def __init__(self, app: ASGIApp, measurements: Measurements) -> None:
        self._app = app
        self._measurements = measurements

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on; count when the last byte is handed over."""
        began = perf_counter()
        status = NO_ANSWER

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            method = str(scope.get("method"))
            route = scope.get("path_template", NO_ROUTE)
            self._measurements.request_answered(
                method if method in METHODS else OTHER, route, status, perf_counter() - began
            )
