"""Every request has a name that clients, logs and support can quote."""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send
from uuid_utils import uuid7

HEADER: Final = b"x-request-id"
_GOOD: Final = re.compile(rb"[A-Za-z0-9._-]{8,128}")  # safe to log, and long enough to be somebody's own


class RequestId:
    """Keeps the caller's X-Request-ID if it is well formed, makes one otherwise, and sends it back."""

    def __init__(self, app: ASGIApp, current: ContextVar[str]) -> None:
        self._app = app
        self._current = current

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on under its name."""
        name = _given(scope["headers"]) or uuid7().hex.encode()
        self._current.set(name.decode())

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (HEADER, name)]
            await send(message)

        await self._app(scope, receive, named)


def _given(headers: Iterable[tuple[bytes, bytes]]) -> bytes | None:
    for name, value in headers:
        if name == HEADER:
            return value if _GOOD.fullmatch(value) else None
    return None
