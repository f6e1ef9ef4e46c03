"""Answers kept ready as bytes: most visitors ask what somebody asked a moment ago."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Final

from application.shared.answers import Answer, Life
from application.shared.measurements import Measurements

CAPACITY: Final = 5_000  # answers of 2 to 40 KB: some 50 MB at the very most
LAYER: Final = "process"


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    until: float


class Answers:
    """Asks once however many wait for the same thing, and remembers the answer while it is fresh."""

    def __init__(self, measurements: Measurements, clock: Callable[[], float] = time.monotonic) -> None:
        self._measurements = measurements
        self._clock = clock
        self._kept: dict[Hashable, _Kept] = {}
        self._asked: dict[Hashable, asyncio.Task[Answer]] = {}

    def ready(self, question: Hashable) -> Answer | None:
        """The answer if it is there and fresh: nobody has to be asked."""
        kept = self._kept.get(question)
        if kept is None or kept.until <= self._clock():
            return None
        self._measurements.cache_hit(LAYER)
        return kept.answer

    async def get(
        self, question: Hashable, ask: Callable[[], Awaitable[Answer]], *, life: Life, anew: bool = False
    ) -> Answer:
        """The answer as fresh as its `life` says, or `anew`. Errors are passed on and not remembered."""
        if not anew and (answer := self.ready(question)):
            return answer
        self._measurements.cache_missed(LAYER)
        if anew:
            return self._keep(question, await ask(), life)
        return await asyncio.shield(self._asked.get(question) or self._start(question, ask, life))

    def forget(self, question: Hashable) -> None:
        """It was changed here: the next visitor of this process sees the change."""
        self._kept.pop(question, None)
        self._asked.pop(question, None)

    def _start(
        self, question: Hashable, ask: Callable[[], Awaitable[Answer]], life: Life
    ) -> asyncio.Task[Answer]:
        async def answer() -> Answer:
            task = asyncio.current_task()
            try:
                found = await ask()
                if self._asked.get(question) is task:  # nobody said meanwhile that it changed
                    self._keep(question, found, life)
                return found
            finally:
                if self._asked.get(question) is task:
                    del self._asked[question]

        self._asked[question] = asyncio.create_task(answer())
        return self._asked[question]

    def _keep(self, question: Hashable, answer: Answer, life: Life) -> Answer:
        self._kept.pop(question, None)  # so that the dict stays in order of age
        self._kept[question] = _Kept(answer, self._clock() + life.fresh)
        while len(self._kept) > CAPACITY:
            del self._kept[next(iter(self._kept))]
        return answer
