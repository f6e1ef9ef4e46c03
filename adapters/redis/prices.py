"""Prices that processes share in Valkey: a help and never a need. Slow or gone, it is passed by."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Final
from uuid import uuid4

import structlog
from redis.asyncio import Redis

from adapters.redis.line import Line, Word
from adapters.redis.news import hearing
from adapters.redis.packing import Garbled
from adapters.redis.price_packing import WHOLE, failed, moment, packed, stores, unpacked
from adapters.redis.price_scripts import CLAIM, KEEP, LEAVE, RECALL
from application.prices.ports import Shared
from application.shared.breaker import BreakerTerms, CircuitBreaker, CircuitOpen
from application.shared.unavailable import CacheUnavailable
from domain.prices.estimates.demand import HALF_LIFE, Interest
from domain.prices.estimates.freshness import Tier
from domain.prices.memory import Claim, Known, News, about
from domain.prices.offer import StoreName
from domain.shared.isbn import Isbn

CHANNEL: Final = "octavo:prices-kept"
SHAPE: Final = 1  # part of every name: what another version of the shop wrote otherwise is not read
# Seconds. All that stores told of an edition comes in a millisecond; who waits longer asks the database.
ANSWER_WITHIN: Final = 0.05
# As for answers kept ready: a machine that is busy for a moment must not do without for long.
TERMS: Final = BreakerTerms(failures=5, slow_after=1.0, open_for=0.5)
# Milliseconds. A book asked for less often than every other hour is looked up in the database; how often it
# is asked for is some hundred bytes, and worth keeping while it counts.
TOLD_FOR: Final = 2 * 3_600_000
ASKED_FOR: Final = 3 * 86_400_000
_MICROSECONDS: Final = 1_000_000

_log = structlog.get_logger("octavo.prices")


class ValkeyPrices:
    """The `SharedPrices` port."""

    def __init__(self, redis: Redis, breaker: CircuitBreaker) -> None:
        self._redis = redis
        self._breaker = breaker
        self._line = Line(redis, ANSWER_WITHIN, (RECALL, KEEP, CLAIM, LEAVE))
        self._who, self._words = uuid4().hex, count()

    async def recall(self, isbn: Isbn, times: int) -> Shared | None:
        """See the port."""
        said = await self._soon(
            RECALL,
            (_told(isbn), f"{_edition(isbn)}:asked"),
            (times, round(HALF_LIFE * _MICROSECONDS), TOLD_FOR, ASKED_FOR),
        )
        if said is None:
            return None
        weight, fields = said
        asked = Interest(float(weight), 0.0).per_second(0.0, usual=0.0)
        whole = (WHOLE, b"1") in zip(fields[::2], fields[1::2], strict=True)
        return Shared(stores(isbn, fields), Tier.of(asked), whole)

    async def fill(self, isbn: Isbn, known: Sequence[Known]) -> bool:
        """See the port."""
        return await self._soon(KEEP, (_told(isbn),), (TOLD_FOR, *_words(known))) is not None

    async def keep(self, news: Sequence[News]) -> bool:
        """See the port."""
        by_edition: defaultdict[Isbn, list[News]] = defaultdict(list)
        for one in news:
            by_edition[about(one)[0]].append(one)
        taken = await asyncio.gather(*(self._keep(isbn, those) for isbn, those in by_edition.items()))
        if by_edition:
            await self._publish(" ".join([self._who, *(isbn.value for isbn in by_edition)]))
        return all(taken)

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        """See the port."""
        word = f"{self._who}-{next(self._words)}"
        lapses = max(round(within.total_seconds() * 1000), 1)
        newer = "" if since is None else moment(since)
        said = await self._soon(CLAIM, (_asking(isbn, store), _told(isbn)), (store, newer, word, lapses))
        match said:
            case None:
                return Claim(ticket="")
            case [b"another"]:
                return Claim()
            case [b"ours"]:
                return Claim(ticket=word)
        return _news(isbn, store, said)

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        """See the port."""
        if ticket:
            await self._soon(LEAVE, (_asking(isbn, store),), (ticket,))

    @asynccontextmanager
    async def listening(self, heard: Callable[[frozenset[str]], None]) -> AsyncIterator[None]:
        """What we said ourselves is no news."""

        def hear(said: frozenset[str]) -> None:
            if self._who not in said:
                heard(frozenset(word for word in said if word.isdigit()))

        try:
            async with hearing(self._redis, CHANNEL, hear):
                yield
        finally:
            self._line.close()

    async def _keep(self, isbn: Isbn, news: Sequence[News]) -> bool:
        """Tried twice: a server that has forgotten our scripts is told them again in between."""
        words = (0, *_words(news))
        taken = await self._soon(KEEP, (_told(isbn),), words)
        return (taken or await self._soon(KEEP, (_told(isbn),), words)) is not None

    async def _publish(self, said: str) -> None:
        try:
            await self._breaker.call(lambda: self._line.ask("PUBLISH", CHANNEL, said))
        except (CacheUnavailable, CircuitOpen) as error:
            _log.info("prices_not_told", reason=type(error).__name__)

    async def _soon(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        """None if there is no answer soon, or Valkey is left in peace."""
        try:
            return await self._breaker.call(lambda: self._line.run(script, keys, args))
        except (CacheUnavailable, CircuitOpen):
            return None


def _edition(isbn: Isbn) -> str:
    return f"prices:{SHAPE}:{{{isbn}}}"


def _told(isbn: Isbn) -> str:
    return f"{_edition(isbn)}:told"


def _asking(isbn: Isbn, store: StoreName) -> str:
    return f"{_edition(isbn)}:asking:{store}"


def _words(news: Sequence[News]) -> Sequence[Word]:
    """Field, moment, and answer or reason of each."""
    words: list[Word] = []
    for one in news:
        if isinstance(one, Known):
            words += (one.told.store, moment(one.told.at), packed(one))
        else:
            words += (f"{one.store}!", moment(one.at), one.why.value)
    return words


def _news(isbn: Isbn, store: StoreName, said: Sequence[bytes]) -> Claim:
    kind, field = said
    try:
        if kind == b"told":
            return Claim(news=unpacked(isbn, store, field).told)
        return Claim(news=failed(isbn, store, field))
    except Garbled:
        _log.warning("price_garbled", effect="the store is asked")
        return Claim(ticket="")
