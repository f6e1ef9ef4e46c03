"""Headers that keep browsers from doing anything with an answer but reading it. They go on every answer,
errors and unknown paths included (OWASP Secure Headers, ASVS 5.0 section 3.4).
"""

from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

API_UI: Final = "/docs"
_ANSWER: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# The API's page runs its own scripts and styles, shows pictures it carries itself, and calls this API.
_PAGE: Final = f"{_ANSWER}; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
_ALWAYS: Final = [
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
]
ANSWER_HEADERS: Final = [*_ALWAYS, (b"content-security-policy", _ANSWER.encode())]
PAGE_HEADERS: Final = [*_ALWAYS, (b"content-security-policy", _PAGE.encode())]
NOT_STORED: Final = (b"cache-control", b"no-store")  # unless the route knows that its answer may be kept


class SecurityHeaders:
    """Adds them, and forbids caches to keep what no route said they may keep."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on; dress the answer."""
        added = PAGE_HEADERS if scope["path"].startswith(API_UI) else ANSWER_HEADERS

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *added]
                if all(name != b"cache-control" for name, _ in headers):
                    headers.append(NOT_STORED)
                message["headers"] = headers
            await send(message)

        await self._app(scope, receive, guarded)
