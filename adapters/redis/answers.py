"""Answers that API processes share in Valkey: a help and never a need. Slow or gone, it is passed by."""

import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Final
from uuid import uuid4

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from adapters.redis.answer_scripts import FIND, FORGET, KEEP, LEAVE
from adapters.redis.line import Line, Word
from adapters.redis.news import hearing
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
# Five visitors in a row waited in vain: for half a second nobody does, then one finds out. A machine that is
# busy for a moment must not do without for long. What takes longer than a second and is answered all the same
# took our own loop so long.
TERMS: Final = BreakerTerms(failures=5, slow_after=1.0, open_for=0.5)
# Milliseconds. Who asks and dies keeps others from asking no longer than that; they stop waiting earlier.
ASKING_FOR: Final = 1_000
# Milliseconds. No answer lives longer than this remembers what changed since it was asked for.
REMEMBER_FOR: Final = round((LONGEST_SHARED + 30) * 1000)

_log = structlog.get_logger("octavo.answers")


class ValkeyAnswers:
    """The `SharedAnswers` port. `version` is the shop's: two versions never read each other's answers."""

    def __init__(self, redis: Redis, version: str, breaker: CircuitBreaker) -> None:
        self._redis = redis
        self._version = version
        self._breaker = breaker
        self._line = Line(redis, ANSWER_WITHIN, (FIND, KEEP, LEAVE))
        self._forget = redis.register_script(FORGET)
        self._who, self._words = uuid4().hex, count()

    async def find(self, question: bytes, *, oldest: float, early: float) -> Spot:
        """See the port."""
        word = f"{self._who}-{next(self._words)}"
        limits = (round(oldest * A_SECOND), round(early * A_SECOND))
        said = await self._soon(FIND, self._keys(question), (*limits, word, ASKING_FOR, CHANGED))
        return NO_STORE if said is None else _spot(said, word)

    async def keep(self, question: bytes, answer: Answer, ticket: str, seconds: float) -> None:
        """See the port."""
        asked, _, word = ticket.partition(" ")
        packing, body = pack(answer.body, seconds)
        tags = " ".join(sorted(answer.tags))
        said = (asked, answer.etag, tags, packing, body, round(seconds * 1000), word)
        await self._soon(KEEP, self._keys(question), said)

    async def leave(self, question: bytes, ticket: str) -> None:
        """See the port."""
        word = ticket.partition(" ")[2]
        await self._soon(LEAVE, self._keys(question)[1:], (word,))

    async def forget(self, tags: Collection[str]) -> None:
        """See the port."""
        said: list[Word] = [CHANNEL, REMEMBER_FOR, CHANGED, " ".join(tags), *(tags or (EVERYTHING,))]
        try:
            await self._forget(args=said)
        except RedisError as error:  # out of memory, still loading, read only: as good as gone
            raise CacheUnavailable("The store for short-lived facts refuses.") from error

    @asynccontextmanager
    async def listening(self, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
        """See the port."""
        try:
            async with hearing(self._redis, CHANNEL, heard):
                yield
        finally:
            self._line.close()

    def _keys(self, question: bytes) -> list[str]:
        name = hashlib.blake2b(question, digest_size=16).hexdigest()
        return [f"answers:{self._version}:{name}", f"answers:{self._version}:{name}:asking"]

    async def _soon(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        """None if there is no answer soon, or Valkey is left in peace."""
        try:
            return await self._breaker.call(lambda: self._line.run(script, keys, args))
        except (CacheUnavailable, CircuitOpen):
            return None


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
