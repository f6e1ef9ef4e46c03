"""The HTTP application: controllers, error table, and the container's use cases as named parameters."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from granian.utils.proxies import wrap_asgi_with_proxy_headers
from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.config.cors import CORSConfig
from litestar.di import Provide
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp, ControllerRouterHandler

from entrypoints.container import Container, asking_stores, opened, use_case_providers
from entrypoints.http.api_ui import ApiUi
from entrypoints.http.auth import AUTH_DEPENDENCIES
from entrypoints.http.bets.controller import Bets
from entrypoints.http.bets.markets import Markets
from entrypoints.http.books.browse import Browse
from entrypoints.http.books.edit import Edit
from entrypoints.http.books.works import Works
from entrypoints.http.carts.controller import Carts
from entrypoints.http.club_buys.club_buys import ClubBuys, buys_of_club
from entrypoints.http.clubs.clubs import Clubs
from entrypoints.http.clubs.hosting import Hosting
from entrypoints.http.clubs.members import Members
from entrypoints.http.errors import EXCEPTION_HANDLERS
from entrypoints.http.external_books.controller import ExternalBooks
from entrypoints.http.friends.card import CallingCardOfReader
from entrypoints.http.friends.controller import Friends
from entrypoints.http.health import Health
from entrypoints.http.inventory.controller import Inventory
from entrypoints.http.leaderboards.controller import see_leaderboard
from entrypoints.http.meetings.attendees import AttendanceByCode, Attendees
from entrypoints.http.meetings.calendars import Calendars
from entrypoints.http.meetings.meetings import Meetings
from entrypoints.http.metrics import metrics_route
from entrypoints.http.middleware import edge
from entrypoints.http.openapi import openapi_config
from entrypoints.http.orders.checkout import checkout
from entrypoints.http.orders.controller import Orders
from entrypoints.http.points.controller import see_points
from entrypoints.http.prices.comparing import BookPrices
from entrypoints.http.prices.history import HistoryOfPrices
from entrypoints.http.prices.suspicions import Suspicions
from entrypoints.http.problem_pages import ProblemPages
from entrypoints.http.promotions.controller import Coupons
from entrypoints.http.purchases.buying import buy
from entrypoints.http.purchases.controller import Purchases
from entrypoints.http.quotes.controller import Quotes
from entrypoints.http.request import StrictRequest
from entrypoints.http.reviews.moderation import ModerateReviews
from entrypoints.http.reviews.reading import ReadReviews
from entrypoints.http.reviews.writing import WriteReviews
from entrypoints.http.search.controller import Search
from entrypoints.http.stores.controller import Stores
from entrypoints.http.threads.posts import Posts
from entrypoints.http.threads.threads import Threads, threads_of_club
from entrypoints.http.users.accounts import Accounts
from entrypoints.http.users.profile import ProfileOfReader
from entrypoints.http.users.roles import RolesOfUser
from entrypoints.http.users.sessions import SessionsOfReader
from entrypoints.http.votes.votes import Votes, votes_of_club
from entrypoints.http.watches.beginning import begin_to_watch
from entrypoints.http.watches.controller import Watches
from entrypoints.http.webhooks.controller import Webhooks
from entrypoints.settings import Settings

LARGEST_BODY: Final = 64 * 1024  # bytes; the longest honest request is a fraction of it
EXPOSED: Final = ["ETag", "Idempotent-Replayed", "Location", "Retry-After", "X-Request-ID"]
CONTROLLERS: Final[list[ControllerRouterHandler]] = [
    Browse,
    Works,
    Edit,
    Search,
    HistoryOfPrices,
    ReadReviews,
    WriteReviews,
    ModerateReviews,
    ExternalBooks,
    Clubs,
    Hosting,
    Members,
    Meetings,
    Attendees,
    AttendanceByCode,
    Calendars,
    Threads,
    threads_of_club,
    Posts,
    Votes,
    votes_of_club,
    ClubBuys,
    buys_of_club,
    Accounts,
    ProfileOfReader,
    SessionsOfReader,
    RolesOfUser,
    Friends,
    CallingCardOfReader,
    Carts,
    Quotes,
    Coupons,
    checkout,
    Orders,
    buy,
    Purchases,
    see_points,
    Bets,
    Markets,
    see_leaderboard,
    BookPrices,
    Suspicions,
    begin_to_watch,
    Watches,
    Stores,
    Inventory,
    Webhooks,
]


def create_app(settings: Settings | None = None, container: Container | None = None) -> Litestar:
    """Build the application; tests hand in a container whose providers they have overridden."""
    box = container or Container(settings=settings or Settings.load())

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with (
            opened(box),
            asking_stores(box),
            box.adapters.rate_limiter().sharing(),
            box.use_cases.answers().listening(),
        ):
            yield

    app = Litestar.from_config(
        AppConfig(
            route_handlers=[Router(path="/v1", route_handlers=CONTROLLERS), *_around_the_shop(box)],
            dependencies={**_use_cases(box), **AUTH_DEPENDENCIES},
            exception_handlers=EXCEPTION_HANDLERS,
            lifespan=[lifespan],
            request_class=StrictRequest,
            request_max_body_size=LARGEST_BODY,
            cors_config=_cors(box),
            openapi_config=openapi_config(),
        )
    )
    app.asgi_handler = _edge(app, box)
    return app


def _around_the_shop(box: Container) -> list[ControllerRouterHandler]:
    measurements = box.adapters.measurements()
    return [Health, metrics_route(measurements.exposition, measurements.media_type), ProblemPages, ApiUi]


def _cors(box: Container) -> CORSConfig | None:
    origins = box.settings().http.cors_origins
    if not origins:
        return None
    # Carts of guests travel in a header there: no cookie is let through from other sites.
    return CORSConfig(allow_origins=list(origins), expose_headers=EXPOSED, max_age=600)


def _edge(app: Litestar, box: Container) -> ASGIApp:
    guarded = edge(
        app.asgi_handler,
        methods=_methods(app),
        request_id=box.adapters.request_id(),
        measurements=box.adapters.measurements(),
        limiter=box.adapters.rate_limiter(),
    )
    proxies = box.settings().http.trusted_proxies
    return wrap_asgi_with_proxy_headers(guarded, list(proxies)) if proxies else guarded


def _methods(app: Litestar) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            found[route.path_format] = found.get(route.path_format, frozenset()) | set(route.methods)
    return found


class _HandedOut(Provide):
    """Equal to itself alone: Litestar compares every pair of them for every route, which took most of the
    application's start.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__


def _use_cases(box: Container) -> dict[str, Provide]:
    def handing_out(provider: Callable[[], Any]) -> Provide:
        return _HandedOut(lambda: provider(), sync_to_thread=False, use_cache=False)  # noqa: PLW0108 - Litestar reads a signature

    return {name: handing_out(provider) for name, provider in use_case_providers(box).items()}
