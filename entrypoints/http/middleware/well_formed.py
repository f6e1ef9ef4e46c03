"""Refuses what no honest caller sends and no table can hold."""

from typing import Final

from litestar.types import ASGIApp, Receive, Scope, Send

from domain.shared.errors import InvalidInput
from entrypoints.http.errors import send_problem

NUL: Final = "\x00"  # PostgreSQL's text cannot hold it
ESCAPED_NUL: Final = b"%00"


class WellFormed:
    """Looks at path and query only; bodies are looked at where they are decoded."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on, or answer 400."""
        if NUL in scope["path"] or ESCAPED_NUL in scope["query_string"]:
            await send_problem(send, InvalidInput("url", "The character U+0000 is not allowed anywhere."))
            return
        await self._app(scope, receive, send)
