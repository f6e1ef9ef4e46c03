"""What others told about books, kept in Valkey until it is of no use even while they are down."""

import zlib
from datetime import timedelta
from typing import Final

import msgspec
from redis.asyncio import Redis

from application.external_books.ports import Kept
from application.external_books.question import Question
from application.shared.unavailable import CacheUnavailable

# Twenty descriptions compress to a quarter; the fastest level does nearly as well as the best.
LEVEL: Final = 1
# Part of every name: what an older version of the shop wrote is not read by a newer one.
SHAPE: Final = 1
_read: Final = msgspec.json.Decoder(Kept)
_write: Final = msgspec.json.Encoder()


class ValkeyBookAnswers:
    """The `KeptAnswers` port."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    async def find(self, source: str, question: Question) -> Kept | None:
        """See the port."""
        try:
            found = await self._client.get(_name(source, question))
        except CacheUnavailable:
            return None
        try:
            return _read.decode(zlib.decompress(found)) if isinstance(found, bytes) else None
        except (msgspec.DecodeError, zlib.error):
            return None  # damaged: it is asked for again, and written over

    async def keep(self, source: str, question: Question, kept: Kept, span: timedelta) -> None:
        """See the port."""
        packed = zlib.compress(_write.encode(kept), LEVEL)
        try:
            await self._client.set(_name(source, question), packed, ex=span)
        except CacheUnavailable:
            return  # it is asked for again next time


def _name(source: str, question: Question) -> str:
    return f"books:{SHAPE}:{source}:{question.key}"
