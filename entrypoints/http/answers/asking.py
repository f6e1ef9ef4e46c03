"""Asking for an answer: another process may have it, may be asking just now, or nobody has and we ask."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from application.shared.answers import LONGEST_SHARED, NO_STORE, Answer, Life, SharedAnswers, Spot
from application.shared.changes import Changes
from application.shared.measurements import Measurements
from entrypoints.http.answers.background import Background

LAYER: Final = "valkey"
# Of its life: from about there on one process asks again while the others still give the answer away. Each
# draws its own moment, so that they do not come all at once.
EARLY: Final = (0.7, 0.95)
# Seconds between two looks at what another process is asking for: most answers take a few milliseconds, and
# whoever has waited a sixth of a second asks for itself.
LOOKS: Final = (0.005, 0.01, 0.02, 0.04, 0.08)

Ask = Callable[[], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer that was `age` seconds old and true when the process had heard of `true_at` changes."""

    answer: Answer
    age: float
    true_at: int


class Asking:
    """Through the store that processes share, if the answer's life says so."""

    def __init__(
        self,
        measurements: Measurements,
        shared: SharedAnswers,
        changes: Changes,
        background: Background,
        clock: Callable[[], float],
    ) -> None:
        self._measurements = measurements
        self._shared = shared
        self._changes = changes
        self._background = background
        self._clock = clock

    async def __call__(self, name: bytes, ask: Ask, life: Life, at_hand: Found | None) -> Found:
        """`name` is what processes call the question. `at_hand` is what this one still has; it does while
        another process asks.
        """
        if not life.shared:
            return await self._ask(name, ask, life, NO_STORE)
        true_at = self._changes.moment
        spot = await self._look(name, life, early=life.shared * random.uniform(*EARLY))
        for pause in LOOKS:
            if spot.answer is not None or spot.ours:
                break
            if at_hand is not None and at_hand.age <= life.shared:
                return at_hand
            self._measurements.cache_helped("coalesced")
            await asyncio.sleep(pause)
            true_at = self._changes.moment
            spot = await self._look(name, life, early=life.shared)
        if spot.answer is None:
            self._measurements.cache_missed(LAYER)
            return await self._ask(name, ask, life, spot)
        self._measurements.cache_hit(LAYER)
        if spot.ours:
            self._measurements.cache_helped("early")
            self._background.start(self._ask(name, ask, life, spot))
        return Found(spot.answer, spot.age, true_at)

    async def anew(self, name: bytes, ask: Ask, life: Life) -> Found:
        """Whatever others have or do: ask, and let them have it."""
        spot = await self._shared.find(name, oldest=0.0, early=0.0) if life.shared else NO_STORE
        return await self._ask(name, ask, life, spot)

    async def _look(self, name: bytes, life: Life, early: float) -> Spot:
        return await self._shared.find(name, oldest=life.shared, early=early)

    async def _ask(self, name: bytes, ask: Ask, life: Life, spot: Spot) -> Found:
        true_at, began = self._changes.moment, self._clock()
        try:
            answer = await ask()
        except BaseException:  # whatever it was, others must not wait for us
            if spot.ticket:
                self._background.start(self._shared.leave(name, spot.ticket))
            raise
        if spot.ticket:
            seconds = min(life.shared, LONGEST_SHARED)
            self._background.start(self._shared.keep(name, answer, spot.ticket, seconds))
        return Found(answer, self._clock() - began, true_at)
