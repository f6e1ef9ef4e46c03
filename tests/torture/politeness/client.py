"""A process of the shop that wants to call every store all the time.

`python -m tests.torture.politeness.client VALKEY RECEIVER STORES SEATS WAY`: it calls whenever it has a
turn, until it is told to stop. `WAY` is "ours", "naive" or "both": naive is a plain GCRA of the store's own
rate and burst, which is what everybody writes first.
"""

import asyncio
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import aiohttp
import uvloop

from adapters.redis.client import connect
from adapters.redis.line import Line
from adapters.redis.pace import ValkeyPace
from adapters.redis.turns.valkey_turns import ANSWERS_WITHIN, SCRIPTS, ValkeyTurns
from application.external_books.ports import PaceTerms
from domain.prices.store import Lane, StoreTerms
from tests.torture.politeness.stores import NAIVE, terms

WITHIN = timedelta(seconds=5)
AFTER_A_NO = 0.5  # seconds
CROWD = (Lane.READER, Lane.READER, Lane.REFRESH)  # who waits at each store


class Way(Protocol):
    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta) -> bool: ...


class NaiveTurns:
    """So many a second, so many at once."""

    def __init__(self, pace: ValkeyPace) -> None:
        self._pace = pace

    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta) -> bool:
        calls = terms.limits[0].calls
        wait = await self._pace.take(terms.name, PaceTerms(a_minute=60 * calls, at_once=calls))
        await asyncio.sleep(wait)
        return wait == 0


async def want(store: StoreTerms, address: str, lane: Lane, turns: Way, http: aiohttp.ClientSession) -> None:
    while True:
        if await turns.take(store, lane, within=WITHIN):
            async with http.post(address):
                pass
        elif not isinstance(turns, NaiveTurns):
            await asyncio.sleep(AFTER_A_NO)


async def call_all(url: str, receiver: str, seats: int, ours: range, naive: range) -> None:
    told, client = asyncio.Event(), connect(url)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    turns = ValkeyTurns(Line(client, ANSWERS_WITHIN, SCRIPTS), seats)
    ways = dict.fromkeys(ours, turns) | {number: NaiveTurns(ValkeyPace(client)) for number in naive}
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(receiver, limit=0)) as http,
        turns.seated(),
    ):
        wanting = [
            asyncio.create_task(want(terms(number), f"http://stores/{number}", lane, way, http))
            for number, way in ways.items()
            for lane in CROWD
        ]
        stopped = asyncio.create_task(told.wait())
        done, _ = await asyncio.wait([stopped, *wanting], return_when=asyncio.FIRST_COMPLETED)
        for task in wanting:
            task.cancel()
        await asyncio.gather(*wanting, return_exceptions=True)
        for task in done - {stopped}:
            task.result()  # it ends only by failing


def main(url: str, receiver: str, stores: str, seats: str, way: str) -> None:
    count = int(stores)
    ours = range(0 if way == "naive" else count)
    naive = range(0 if way == "ours" else NAIVE, 0 if way == "ours" else NAIVE + count)
    while not Path(receiver).exists():
        time.sleep(0.01)
    uvloop.run(call_all(url, receiver, int(seats), ours, naive))


if __name__ == "__main__":
    main(*sys.argv[1:])
