"""Granian with nothing behind it: `GET /1234` answers 1,234 bytes. `python -m … PORT PROCESSES`."""

import sys
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops
from granian.server import Server

from entrypoints.http.server import IN_WORK, WAITING_CONNECTIONS

Send = Callable[[Mapping[str, Any]], Awaitable[None]]


@cache
def _messages(path: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    body = b"x" * int(path.removeprefix("/") or 0)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    return (
        {"type": "http.response.start", "status": 200, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


async def app(scope: Mapping[str, Any], _receive: object, send: Send) -> None:
    """The least an ASGI application can do."""
    if scope["type"] == "http":
        for message in _messages(scope["path"]):
            await send(message)


def main() -> None:
    """With the settings of the shop's own server."""
    port, processes = map(int, sys.argv[1:])
    Server(
        f"{__name__ if __name__ != '__main__' else 'tests.benchmarks.ceilings.static_server'}:app",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        websockets=False,
        workers=processes,
        backlog=WAITING_CONNECTIONS,
        backpressure=IN_WORK,
        log_enabled=False,
    ).serve()


if __name__ == "__main__":
    main()
