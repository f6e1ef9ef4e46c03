"""One connection on which many ask at once and are answered in turn.

A pool hands out a connection for each command; where thousands are asked a second, that costs several times
what the command itself does. Here commands go out as they come, and replies come in their order. So nothing
may be asked here that keeps the server waiting.
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

import hiredis
from redis.asyncio import Redis
from redis.asyncio.connection import SSLConnection

from application.shared.unavailable import CacheUnavailable

CONNECT_WITHIN: Final = 1.0  # seconds; who asks does not wait for it that long
# Seconds. A loop that is late comes to its timers before it has read what lies there; this is a turn more.
GRACE: Final = 0.002
SILENT_FOR: Final = 2.0  # seconds without a reply: the other end may be gone for ever, so connect anew

_NOTHING: Final = object()
Word = str | bytes | int


class Line:
    """Connects when first used, and again when it must. Each connection begins with the `scripts`."""

    def __init__(self, client: Redis, within: float, scripts: Sequence[str]) -> None:
        """To where `client` connects. Whoever asks waits `within` seconds."""
        self._client = client
        self._within = within
        self._scripts = scripts
        self._wire: _Wire | None = None
        self._opening: asyncio.Task[_Wire] | None = None

    async def run(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        """What one of the scripts answers."""
        return await self.ask("EVALSHA", _digest(script), len(keys), *keys, *args)

    async def ask(self, *words: Word) -> Any:  # noqa: ANN401 - whatever the command answers
        """The reply. Raises `CacheUnavailable` if there is none in time, or it is an error."""
        wire = self._wire if self._wire is not None and self._wire.is_open else await self._connected()
        reply = asyncio.get_running_loop().create_future()
        wire.send(words, reply)
        timer = wire.loop.call_later(self._within, wire.expect, reply)
        try:
            said = await reply
        finally:
            timer.cancel()
        if isinstance(said, hiredis.ReplyError):
            if str(said).startswith("NOSCRIPT"):  # somebody made the server forget them
                wire.close()
            raise CacheUnavailable("The store for short-lived facts refuses.") from said
        return said

    def close(self) -> None:
        """Until somebody asks again."""
        if self._opening is not None:
            self._opening.cancel()
        if self._wire is not None:
            self._wire.close()

    async def _connected(self) -> "_Wire":
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._open())
            self._opening.add_done_callback(_seen)
        opening = self._opening  # another one who waits may begin anew before we come to look
        done, _ = await asyncio.wait([opening], timeout=self._within)
        if not done or opening.cancelled():
            raise CacheUnavailable("The store for short-lived facts can not be reached.")
        return opening.result()

    async def _open(self) -> "_Wire":
        wire = _Wire()
        try:
            async with asyncio.timeout(CONNECT_WITHIN):
                await _reach(self._client, wire)
                said = [wire.send(words) for words in self._greeting()]
                for reply in said:
                    if isinstance(refusal := await reply, hiredis.ReplyError):
                        raise refusal
        except (OSError, TimeoutError, hiredis.ReplyError, CacheUnavailable) as error:
            wire.close()
            raise CacheUnavailable("The store for short-lived facts can not be reached.") from error
        self._wire = wire
        return wire

    def _greeting(self) -> list[tuple[Word, ...]]:
        told = self._client.connection_pool.connection_kwargs
        greeting: list[tuple[Word, ...]] = []
        if told.get("password"):
            greeting.append(("AUTH", *filter(None, [told.get("username")]), told["password"]))
        if told.get("db"):
            greeting.append(("SELECT", told["db"]))
        return [*greeting, *(("SCRIPT", "LOAD", script) for script in self._scripts)]


class _Wire(asyncio.Protocol):
    """The connection itself."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.is_open = False
        self._transport: asyncio.Transport | None = None
        self._reader = hiredis.Reader(notEnoughData=_NOTHING)
        self._waiting: deque[tuple[asyncio.Future[Any], float]] = deque()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio."""
        self._transport = transport  # type: ignore[assignment] # of a stream, both ways
        self.is_open = True

    def data_received(self, data: bytes) -> None:
        """Each reply is for who has waited longest."""
        self._reader.feed(data)
        try:
            while (said := self._reader.gets()) is not _NOTHING:
                reply, _ = self._waiting.popleft()
                if not reply.done():
                    reply.set_result(said)
        except (hiredis.ProtocolError, IndexError):  # nothing that Valkey says
            self.close()

    def connection_lost(self, _: Exception | None) -> None:
        """Nobody will be answered."""
        self.is_open = False
        while self._waiting:
            reply, _since = self._waiting.popleft()
            if not reply.done():
                reply.set_exception(CacheUnavailable("The store for short-lived facts is gone."))
                reply.exception()  # it is no mistake that some have not waited for it

    def send(self, words: Sequence[Word], reply: asyncio.Future[Any] | None = None) -> asyncio.Future[Any]:
        """The reply that will come."""
        reply = reply or self.loop.create_future()
        self._waiting.append((reply, self.loop.time()))
        if self._transport is not None:
            self._transport.write(hiredis.pack_command(tuple(words)))  # type: ignore[arg-type] # of any length
        return reply

    def expect(self, reply: asyncio.Future[Any]) -> None:
        """Now, but for what lies there already."""
        if not reply.done():
            self.loop.call_later(GRACE, self._give_up, reply)

    def close(self) -> None:
        """At once."""
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def _give_up(self, reply: asyncio.Future[Any]) -> None:
        if reply.done():
            return
        reply.set_exception(CacheUnavailable("The store for short-lived facts does not answer in time."))
        if self.loop.time() - self._waiting[0][1] > SILENT_FOR:
            self.close()


async def _reach(client: Redis, wire: _Wire) -> None:
    pool = client.connection_pool
    told = pool.connection_kwargs
    if "path" in told:
        await wire.loop.create_unix_connection(lambda: wire, told["path"])
        return
    secured = (
        SSLConnection(**told).ssl_context.get() if issubclass(pool.connection_class, SSLConnection) else None
    )
    await wire.loop.create_connection(lambda: wire, told["host"], told["port"], ssl=secured)


def _digest(script: str) -> str:
    return hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()


def _seen(task: asyncio.Task[Any]) -> None:
    with suppress(asyncio.CancelledError):
        task.exception()
