"""Carries what happens in one part of a shop in memory to the others, as the relay does from the outbox."""

import asyncio
from collections.abc import Mapping, Sequence

from domain.shared.events import DomainEvent
from entrypoints.container import Container
from tests.fakes.outbox import InMemoryOutbox, InMemoryStream
from tests.fakes.work import InMemoryWork

EVERY = 0.02  # seconds


class RelayInMemory:
    """Purchases, watches and prices, as soon as somebody watches; whatever else happens in a shop in memory
    is done on the spot.
    """

    def __init__(self, work: InMemoryWork) -> None:
        self._work = work
        self._outbox, self._stream = InMemoryOutbox(), InMemoryStream()
        self._carried = [0, 0, 0]

    def begin_anew(self) -> None:
        """The shop is empty."""
        self._outbox.empty()
        self._carried = [0, 0, 0]

    def ports(self) -> Mapping[str, object]:
        """What the wiring is given instead."""
        return {"outbox": self._outbox, "event_stream": self._stream}

    async def carry_on(self, container: Container) -> None:
        """Until it is cancelled."""
        publish = container.use_cases.publish_events()
        while True:
            await self._write(container)
            await publish()
            await asyncio.sleep(EVERY)

    async def _write(self, container: Container) -> None:
        """Only what was committed: a transaction that is open may still be undone."""
        if not self._work.watches.every() or [len(each) for each in self._events()] == self._carried:
            return
        async with container.adapters.unit_of_work()():
            for place, events in enumerate(self._events()):
                self._outbox.write(*events[self._carried[place] :])
                self._carried[place] = len(events)

    def _events(self) -> Sequence[Sequence[DomainEvent]]:
        return self._work.purchases.events, self._work.watches.events, self._work.prices.events
