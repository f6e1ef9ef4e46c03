"""The HTTP application: controllers, error table, and the container's use cases as named parameters."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from entrypoints.container import Container, opened, use_case_providers
from entrypoints.http.auth import AUTH_DEPENDENCIES
from entrypoints.http.errors import EXCEPTION_HANDLERS
from entrypoints.settings import Settings

LARGEST_BODY: Final = 64 * 1024  # bytes; the longest honest request is a fraction of it
CONTROLLERS: Final[list[ControllerRouterHandler]] = []


def create_app(settings: Settings | None = None, container: Container | None = None) -> Litestar:
    """Build the application; tests hand in a container whose providers they have overridden."""
    box = container or Container(settings=settings or Settings.load())

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with opened(box):
            yield

    return Litestar.from_config(
        AppConfig(
            route_handlers=[Router(path="/v1", route_handlers=CONTROLLERS)],
            dependencies={**_use_cases(box), **AUTH_DEPENDENCIES},
            exception_handlers=EXCEPTION_HANDLERS,
            lifespan=[lifespan],
            request_max_body_size=LARGEST_BODY,
        )
    )


def _use_cases(box: Container) -> dict[str, Provide]:
    def handing_out(provider: Callable[[], Any]) -> Provide:
        return Provide(lambda: provider(), sync_to_thread=False, use_cache=False)  # noqa: PLW0108 - Litestar reads a signature

    return {name: handing_out(provider) for name, provider in use_case_providers(box).items()}
