"""Empty the outbox."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from application.outbox.ports import EventStream, Outbox, Reaction, WaitingEvent
from application.shared.measurements import Measurements
from domain.shared.clock import Clock
from domain.shared.errors import DomainError

BATCH: Final = 500  # events a look: a second of the busiest shop this serves
AT_ONCE: Final = 16  # aggregates: enough to hide the latency of a start, few enough to leave room for readers


class PublishEvents:
    """Every event is published at least once, those of one aggregate in order: an event that cannot be
    published holds back only its own aggregate's later ones.
    """

    def __init__(
        self,
        *,
        outbox: Outbox,
        stream: EventStream,
        reactions: Mapping[str, Sequence[Reaction]],
        clock: Clock,
        measurements: Measurements,
    ) -> None:
        self._outbox = outbox
        self._stream = stream
        self._reactions = reactions
        self._clock = clock
        self._measurements = measurements
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def __call__(self) -> tuple[int, DomainError | None]:
        """One look; returns how many events went out and the last trouble there was."""
        by_aggregate: dict[UUID, list[WaitingEvent]] = {}
        for event in await self._outbox.waiting(BATCH):
            by_aggregate.setdefault(event.aggregate_id, []).append(event)
        every = await asyncio.gather(
            *(self._in_order(events) for events in by_aggregate.values()), return_exceptions=True
        )
        results = [result for result in every if not isinstance(result, BaseException)]
        done = [event_id for ids, _ in results for event_id in ids]
        if done:
            await self._outbox.published(done, self._clock.now())
        for mistake in every:  # of our own, not an outage: said aloud, once the others' events are noted
            if isinstance(mistake, BaseException):
                raise mistake
        troubles = [trouble for _, trouble in results if trouble is not None]
        return len(done), troubles[-1] if troubles else None

    async def measure(self) -> None:
        """Tell the monitoring how much waits."""
        events, oldest = await self._outbox.backlog()
        seconds = (self._clock.now() - oldest).total_seconds() if oldest else 0.0
        self._measurements.outbox_waiting(events, seconds)

    async def _in_order(self, events: Sequence[WaitingEvent]) -> tuple[list[int], DomainError | None]:
        done: list[int] = []
        async with self._slots:
            for event in events:
                try:
                    if not await self._publish(event):
                        break
                except DomainError as trouble:
                    return done, trouble
                done.append(event.id)
        return done, None

    async def _publish(self, event: WaitingEvent) -> bool:
        for reaction in self._reactions.get(event.name, ()):
            if not await reaction(event):
                return False
        await self._stream.publish(event)
        return True
