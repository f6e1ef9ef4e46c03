"""Stand-in servers inside the test's own loop, and a receiver for their events."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@asynccontextmanager
async def running(app: web.Application, port: int = 0) -> AsyncIterator[str]:
    """Serve `app` on that port, or a free one; gives its address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass
class Letterbox:
    """Where events arrive. `status` is what it answers them with."""

    status: int = 200
    letters: list[tuple[bytes, str]] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self, request: web.Request) -> web.Response:
        self.letters.append((await request.read(), request.headers.get("Sandbox-Signature", "")))
        self.came.set()
        return web.Response(status=self.status)

    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body, _ in self.letters]

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The events, as soon as there are that many."""
        await eventually(lambda: len(self.letters) >= count)
        return self.events()


async def eventually(true: Callable[[], bool], patience: float = 10.0) -> None:
    """Return as soon as it is true."""
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another server
            await asyncio.sleep(0.01)


@asynccontextmanager
async def letterbox() -> AsyncIterator[tuple[Letterbox, str]]:
    """A receiver and its address."""
    box = Letterbox()
    app = web.Application()
    app.router.add_post("/hook", box.receive)
    async with running(app) as url:
        yield box, f"{url}/hook"
