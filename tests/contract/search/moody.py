"""A server that answers searches as it is told to: late, by half, or not at all."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Mood = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Moody:
    """Each search gets the next mood; the last one stays. `asked` are the searches, as they came."""

    def __init__(self) -> None:
        self.moods: list[Mood] = []
        self.asked: list[dict[str, Any]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked += json.loads(await request.read())["searches"]
        mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        return await mood(request)

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/multi_search", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner


def saying(status: int, body: str, kind: str = "application/json") -> Mood:
    async def mood(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body, content_type=kind)

    return mood


def found(total: int, **more: object) -> Mood:
    return saying(200, json.dumps({"results": [{"found": total, "hits": [], **more}]}))


async def hanging_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


TOO_LATE = saying(408, '{"message": "Request Timeout"}')
