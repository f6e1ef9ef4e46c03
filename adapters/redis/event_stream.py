"""The shop's events as a Valkey stream that other systems read."""

from typing import Final

import msgspec
from redis.asyncio import Redis

from application.outbox.ports import WaitingEvent

STREAM: Final = "octavo:events"
KEEP: Final = 100_000  # events, about: a reader that was away longer asks the database


class RedisEventStream:
    """The `EventStream` port. `outbox_id` lets readers recognise what comes twice."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def publish(self, event: WaitingEvent) -> None:
        """Append; the oldest fall off."""
        await self._redis.xadd(
            STREAM,
            {
                "outbox_id": str(event.id),
                "name": event.name,
                "aggregate_id": str(event.aggregate_id),
                "occurred_at": event.occurred_at.isoformat(),
                "payload": msgspec.json.encode(event.payload),
            },
            maxlen=KEEP,
            approximate=True,
        )
