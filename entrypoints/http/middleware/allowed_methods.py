"""OPTIONS tells all methods of an address. Litestar's own answer knows only those of one handler's route."""

from collections.abc import Mapping
from typing import Final

from litestar.types import ASGIApp, Message, Receive, Scope, Send

ALLOW: Final = b"allow"


class AllowedMethods:
    """Corrects `Allow` by the table of routes; `methods` is keyed by route template."""

    def __init__(self, app: ASGIApp, methods: Mapping[str, frozenset[str]]) -> None:
        self._app = app
        self._allow = {template: ", ".join(sorted(found)).encode() for template, found in methods.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on; an answer to OPTIONS says what holds."""

        async def corrected(message: Message) -> None:
            if message["type"] == "http.response.start":
                allow = self._allow.get(scope.get("path_template", ""))
                if allow is not None:
                    others = [pair for pair in message["headers"] if pair[0] != ALLOW]
                    message["headers"] = [*others, (ALLOW, allow)]
            await send(message)

        await self._app(scope, receive, corrected if scope.get("method") == "OPTIONS" else send)
