"""All stores in one process that does nothing but look at its own clock when a call arrives.

`python -m tests.torture.politeness.receiver SOCKET`: `POST /N` is a call to store N, `GET /ledger` tells when
each was called, in seconds on this clock, and when this process looked at it late, and by how much.
"""

import asyncio
import gc
import os
import sys
import time
from array import array
from collections import defaultdict
from contextlib import suppress

import uvloop
from aiohttp import web

GLANCE = 0.005  # seconds
LATE = 0.05  # seconds, worth telling
MANY = 4_096  # connections at once: after a pause everybody calls
URGENT = -10  # stores have machines of their own: where it is allowed, we go before those who call


class Ledger:
    """Written when calls arrive, and read once."""

    def __init__(self) -> None:
        self._arrivals: defaultdict[str, array[float]] = defaultdict(lambda: array("d"))
        self._late: list[tuple[float, float]] = []

    async def call(self, request: web.Request) -> web.Response:
        self._arrivals[request.match_info["number"]].append(time.monotonic())
        return web.Response()

    async def read(self, _: web.Request) -> web.Response:
        arrivals = {number: list(moments) for number, moments in self._arrivals.items()}
        return web.json_response({"arrivals": arrivals, "late": self._late})

    async def watch_itself(self) -> None:
        """Who looks at the clock late counts a call late."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(GLANCE)
            if (late := time.monotonic() - before - GLANCE) > LATE:
                self._late.append((before, late))


async def serve(socket: str) -> None:
    ledger = Ledger()
    app = web.Application()
    app.router.add_post("/{number}", ledger.call)
    app.router.add_get("/ledger", ledger.read)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.UnixSite(runner, socket, backlog=MANY).start()
    await ledger.watch_itself()


if __name__ == "__main__":
    with suppress(PermissionError):
        os.nice(URGENT)
    gc.disable()  # it stops everything for longer than it saves, and this process does not live long
    uvloop.run(serve(sys.argv[1]))
