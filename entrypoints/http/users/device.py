"""What a request tells about the device it comes from."""

from datetime import timedelta
from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie

from application.users.throttle import Source
from entrypoints.http.middleware.rate_limit import household

COOKIE: Final = "octavo_device"
KEPT_FOR: Final = timedelta(days=365)
_BROWSERS: Final = (  # in this order: most of them also claim to be those further down
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def kind_of_device(user_agent: str) -> str:
    """The family of browser and system, enough for its owner to recognise it and no more."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "Another program")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), None)
    return f"{browser} on {system}" if system else browser


def source_of(request: Request[Any, Any, Any]) -> Source:
    """The network address (an IPv6 household counts as one) and the cookie of an earlier sign-in."""
    address = household(request.client.host) if request.client else "unknown"
    return Source(address, request.cookies.get(COOKIE))


def device_cookie(token: str, request: Request[Any, Any, Any]) -> Cookie:
    """Kept by the browser for a year, out of reach of scripts and of other sites."""
    return Cookie(
        key=COOKIE,
        value=token,
        path="/v1",
        max_age=int(KEPT_FOR.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
