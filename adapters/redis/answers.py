"""Answers that API processes share in Valkey: a help and never a need. Slow or gone, it is passed by."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final, TypeVar
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.answer_news import hearing
from adapters.redis.answer_scripts import FIND, FORGET, KEEP, LEAVE
from adapters.redis.packing import Garbled, pack, unpack
from application.shared.answers import LONGEST_SHARED, NO_STORE, Answer, Spot
from application.shared.breaker import BreakerTerms, CircuitBreaker, CircuitOpen
from application.shared.unavailable import CacheUnavailable

CHANNEL: Final = "octavo:answers-forgotten"
CHANGED: Final = "answers:changed:"  # all versions of the shop have these in common
EVERYTHING: Final = "*"
A_SECOND: Final = 1_000_000.0  # microseconds
# Seconds. An answer takes Valkey a fraction of a millisecond; whoever waits longer asks the database instead.
ANSWER_WITHIN: Final = 0.05
# Three visitors in a row waited in vain: for two seconds nobody does, then one finds out.
TERMS: Final = BreakerTerms(failures=3, slow_after=ANSWER_WITHIN, open_for=2.0)
# Milliseconds. Who asks and dies keeps others from asking no longer than that; they stop waiting earlier.
ASKING_FOR: Final = 1_000
# Milliseconds. No answer lives longer than this remembers what changed since it was asked for.
REMEMBER_FOR: Final = round((LONGEST_SHARED + 30) * 1000)

LOOKS: Final = 5  # turns of our loop from bytes that lie there to a parsed reply, with some to spare

T = TypeVar("T")
Args = list[str | bytes | int]
_log = structlog.get_logger("octavo.answers")


class ValkeyAnswers:
    """The `SharedAnswers` port. `version` is the shop's: two versions never read each other's answers."""

    def __init__(self, redis: Redis, version: str, breaker: CircuitBreaker) -> None:
        self._redis = redis
        self._version = version
        self._breaker = breaker
        self._find, self._keep = redis.register_script(FIND), redis.register_script(KEEP)
        self._leave, self._forget = redis.register_script(LEAVE), redis.register_script(FORGET)
        self._who, self._words = uuid4().hex, count()

    async def find(self, question: bytes, *, oldest: float, early: float) -> Spot:
        """See the port."""
        word = f"{self._who}-{next(self._words)}"
        args: Args = [round(oldest * A_SECOND), round(early * A_SECOND), word, ASKING_FOR, CHANGED]
        said = await self._soon(lambda: self._find(keys=self._keys(question), args=args))
        return NO_STORE if said is None else _spot(said, word)

    async def keep(self, question: bytes, answer: Answer, ticket: str, seconds: float) -> None:
        """See the port."""
        asked, _, word = ticket.partition(" ")
        packing, body = pack(answer.body)
        tags = " ".join(sorted(answer.tags))
        args: Args = [asked, answer.etag, tags, packing, body, round(seconds * 1000), word]
        await self._soon(lambda: self._keep(keys=self._keys(question), args=args))

    async def leave(self, question: bytes, ticket: str) -> None:
        """See the port."""
        word = ticket.partition(" ")[2]
        await self._soon(lambda: self._leave(keys=self._keys(question)[1:], args=[word]))

    async def forget(self, tags: Collection[str]) -> None:
        """See the port."""
        said: Args = [CHANNEL, REMEMBER_FOR, CHANGED, " ".join(tags), *(tags or (EVERYTHING,))]
        await _told(self._forget(args=said))

    @asynccontextmanager
    async def listening(self, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
        """See the port."""
        async with hearing(self._redis, CHANNEL, heard):
            yield

    def _keys(self, question: bytes) -> list[str]:
        name = hashlib.blake2b(question, digest_size=16).hexdigest()
        return [f"answers:{self._version}:{name}", f"answers:{self._version}:{name}:asking"]

    async def _soon(self, command: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - whatever the script says
        """None if there is no answer soon, or Valkey is left in peace."""
        try:
            return await self._breaker.call(lambda: _within(_told(command()), ANSWER_WITHIN))
        except (CacheUnavailable, CircuitOpen):
            return None


async def _told(command: Awaitable[T]) -> T:
    try:
        return await command
    except RedisError as error:  # out of memory, still loading, read only: as good as gone
        raise CacheUnavailable("The store for short-lived facts refuses.") from error


async def _within(command: Awaitable[T], seconds: float) -> T:
    """Its result, or `CacheUnavailable`. A command that comes too late is left to itself: breaking it off
    would cost its connection. If our own loop is late, Valkey is not to blame: what came meanwhile counts.
    """
    task = asyncio.ensure_future(command)
    task.add_done_callback(_seen)
    await asyncio.wait([task], timeout=seconds)
    for _ in range(LOOKS):
        if task.done():
            return task.result()
        await asyncio.sleep(0)
    raise CacheUnavailable("The store for short-lived facts does not answer in time.")


def _seen(task: asyncio.Future[Any]) -> None:
    if not task.cancelled():
        task.exception()


def _spot(said: Sequence[Any], word: str) -> Spot:
    ticket, ours = f"{said[0].decode()} {word}", said[1] == 1
    if len(said) == 2:  # noqa: PLR2004 - the moment and whose turn it is: there is no answer
        return Spot(None, 0.0, ours=ours, ticket=ticket)
    age, etag, tags, packing, body = said[2:]
    try:
        answer = Answer(unpack(packing, body), etag.decode(), frozenset(tags.decode().split()))
    except (Garbled, UnicodeDecodeError):
        _log.warning("answer_garbled", effect="it is asked for anew")
        return Spot(None, 0.0, ours=True, ticket=ticket)
    return Spot(answer, int(age) / A_SECOND, ours=ours, ticket=ticket)
