"""Counts for a monitoring system to scrape: without personal data, yet meant for your own network."""

from collections.abc import Callable

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler


def metrics_route(exposition: Callable[[], bytes], media_type: str) -> HTTPRouteHandler:
    """The one route; all processes of the stack are added up whichever of them answers."""

    @get("/metrics", include_in_schema=False, sync_to_thread=True)  # reads one small file a process
    def metrics() -> Response[bytes]:
        return Response(exposition(), media_type=media_type)

    return metrics
