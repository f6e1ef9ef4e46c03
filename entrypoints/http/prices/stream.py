"""A comparison as server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Final

import msgspec
from litestar.response import ServerSentEventMessage

from application.prices.comparison_events import (
    BestFound,
    Compared,
    ComparisonEvent,
    Counts,
    Priced,
    Quoted,
    StoreStood,
)
from domain.shared.errors import InvalidInput
from entrypoints.http.prices.comparison_schemas import (
    BestEvent,
    MissingStore,
    OfferedPrice,
    PriceComparison,
    QuoteEvent,
    StateEvent,
    StoreCounts,
    StorePrices,
)

STILL_HERE: Final = 2.0  # seconds of silence after which a proxy or a reader may think that we are gone
_MILLISECONDS: Final = 1_000


def last_seen(last_event_id: str | None) -> datetime | None:
    """An event's id is the moment of the newest answer told by then, so that whoever comes back is spared
    what it has, whichever process it comes to: answers are remembered.
    """
    if last_event_id is None:
        return None
    if not last_event_id.isdecimal() or len(last_event_id) > len("9999999999999"):
        raise InvalidInput("Last-Event-ID", "Send the id of the last event you received, or leave it out.")
    return datetime.fromtimestamp(int(last_event_id) / _MILLISECONDS, UTC)


async def messages(
    events: AsyncGenerator[ComparisonEvent, None], isbn: str, currency: str, seen: datetime | None
) -> AsyncIterator[ServerSentEventMessage]:
    """As they come, with a sign of life in between."""
    newest = 0 if seen is None else _number(seen)
    already = newest
    async with aclosing(_with_pauses(events)) as paused:
        async for event in paused:
            if event is None:
                yield ServerSentEventMessage(comment="still here", data=None)
                continue
            if isinstance(event, Quoted):
                told_at = _number(event.answer.told_at)
                if told_at <= already:
                    continue
                newest = max(newest, told_at)
            name, data = _told(event, isbn, currency)
            yield ServerSentEventMessage(data=msgspec.json.encode(data).decode(), event=name, id=str(newest))
    yield ServerSentEventMessage(data="{}", event="end")


def _told(event: ComparisonEvent, isbn: str, currency: str) -> tuple[str, msgspec.Struct]:
    match event:
        case Quoted(answer, counts):
            return "quote", QuoteEvent(StorePrices.of(answer), StoreCounts.of(counts))
        case StoreStood(missing, counts):
            return "store_state", StateEvent(MissingStore.of(missing), StoreCounts.of(counts))
        case BestFound(best, counts):
            return "best", _best(best, counts)
        case Compared():
            return "final", PriceComparison.of(isbn, currency, event)


def _best(best: Priced | None, counts: Counts) -> BestEvent:
    return BestEvent(None if best is None else OfferedPrice.of(best), StoreCounts.of(counts))


async def _with_pauses(
    events: AsyncGenerator[ComparisonEvent, None],
) -> AsyncGenerator[ComparisonEvent | None, None]:
    """None after each silence."""
    following = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            done, _ = await asyncio.wait([following], timeout=STILL_HERE)
            if not done:
                yield None
                continue
            event = following.result()
            if event is None:
                return
            yield event
            following = asyncio.ensure_future(anext(events, None))
    finally:
        following.cancel()
        await asyncio.wait([following])
        await events.aclose()


def _number(moment: datetime) -> int:
    return round(moment.timestamp() * _MILLISECONDS)
