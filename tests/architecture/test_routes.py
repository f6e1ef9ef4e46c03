"""Every door of the API is either closed or known to be open."""

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from entrypoints.http.app import create_app
from entrypoints.http.openapi import asked_for
from entrypoints.settings import Settings

CLOSED = {"reader", "staff"}
# Anybody may use these; each for a reason.
PUBLIC = {
    "GET /health/live": "load balancers carry no tokens",
    "GET /health/ready": "load balancers carry no tokens",
    "GET /metrics": "scrapers carry no tokens; counts only",
    "GET /docs": "the API's page",
    "GET /docs/start.js": "the API's page",
    "GET /docs/assets/{name:str}": "the API's page",
    "GET /schema": "the API's description",
    "GET /schema/openapi.json": "the API's description",
    "GET /schema/{path:str}": "the API's description",
    "GET /problems": "explanations of errors",
    "GET /problems/{code:str}": "explanations of errors",
}
PUBLIC_ROOMS = {
    "/v1/books": "the catalogue is for everybody to read",
    "/v1/external/books": "the catalogues of others are, too",
    "/v1/categories": "the catalogue is for everybody to read",
    "/v1/search": "the catalogue is for everybody to search",
    "/v1/works": "the catalogue is for everybody to read",
    "/v1/authors": "the catalogue is for everybody to read",
    "/v1/series": "the catalogue is for everybody to read",
    "/v1/clubs": "public clubs are for everybody to find",
    "/v1/meetings": "public clubs show when they meet",
    "/v1/calendars": "calendar programs carry no tokens: the address is the secret",
    "/v1/cart": "guests have carts, by a signed cookie or header",
    "/v1/quotes": "guests may ask what a cart costs",
}
NO_TOKEN_YET = {
    "POST /v1/users": "registration makes the account",
    "POST /v1/users/register": "registration makes the account",
    "POST /v1/users/login": "signing in makes the token",
    "POST /v1/auth/login": "signing in makes the token",
    "POST /v1/users/refresh": "the refresh token is the proof",
}
SIGNED_BY_SENDER = ("/v1/webhooks/",)  # each message carries the provider's signature
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def _routes() -> list[tuple[str, HTTPRouteHandler]]:
    app: Litestar = create_app(Settings.load({}, secrets_required=False))
    return [
        (f"{method} {route.path}", handler)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS"
    ]


def _is_closed(handler: HTTPRouteHandler) -> bool:
    return bool(CLOSED & asked_for(handler))


def _is_open_on_purpose(name: str, handler: HTTPRouteHandler) -> bool:
    method, _, path = name.partition(" ")
    if name in PUBLIC or name in NO_TOKEN_YET or path.startswith(SIGNED_BY_SENDER):
        return True
    if not any(path == room or path.startswith(f"{room}/") for room in PUBLIC_ROOMS):
        return False
    # Guests write to what they hold the key of, and nothing else.
    return method not in WRITES or "visitor" in asked_for(handler)


def test_every_route_asks_who_is_there_or_is_open_on_purpose() -> None:
    unguarded = {
        name
        for name, handler in _routes()
        if not _is_closed(handler) and not _is_open_on_purpose(name, handler)
    }
    assert unguarded == set()


def test_no_route_is_listed_that_does_not_exist() -> None:
    names = {name for name, _ in _routes()}
    assert set(PUBLIC) - names == set()


def test_handlers_are_asynchronous_or_never_wait() -> None:
    # A handler run in a thread costs several times its work; only scraping may.
    threaded = {name for name, handler in _routes() if getattr(handler, "sync_to_thread", False)}
    assert threaded <= {"GET /metrics"}
