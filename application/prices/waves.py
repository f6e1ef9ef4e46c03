"""Stores are asked in waves, each as soon as the one before it has told enough."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Final

from application.prices.prospects import Prospects
from domain.prices.answer import Outcome
from domain.prices.estimates.asking import LAST_WAVE, patience, wave_is_over
from domain.prices.estimates.consensus import WITNESSES
from domain.prices.offer import StoreName

LAST_PART: Final = 0.3  # of a short time: whoever waits for two seconds wants a second wave, too
# Seconds for who was asked last, and after the others: nobody is passed over for being late by a hair.
A_MOMENT, A_HAIR = 0.5, 0.25
Ask = Callable[[StoreName], Awaitable[Outcome | None]]
Asking = asyncio.Task[Outcome | None]


class Waves:
    """For one comparison, which must be told of each answer before the next one is taken."""

    def __init__(
        self, prospects: Prospects, ask: Ask, seconds: Callable[[], float], began: float, until: float
    ) -> None:
        """On the clock `seconds`: never past `until`, and no new wave shortly before it."""
        self._prospects = prospects
        self._ask = ask
        self._seconds = seconds
        self._until = until
        self._last_at = until - min(LAST_WAVE, LAST_PART * (until - began))
        self._asking: dict[Asking, StoreName] = {}
        self._asked_at: dict[StoreName, float] = {}
        self.complete = False

    @property
    def unheard(self) -> list[StoreName]:
        """Who was asked and has not answered."""
        return list(self._asking.values())

    async def answers(self) -> AsyncGenerator[tuple[StoreName, Outcome | None], None]:
        """As they come. Who is still asked when this ends is remembered, and not waited for."""
        try:
            while self._begins_wave() or self._is_worth_waiting():
                began, at_once = self._seconds(), len(self._asking)
                answered = 0
                while self._asking and not self._is_over(at_once, answered, self._seconds() - began):
                    for task in await self._next(began + patience(self._prospects.best)):
                        answered += 1
                        yield self._asking.pop(task), task.result()
            late = self._seconds() + A_HAIR
            while self._asking and (just_asked := await self._next(max(self._latest() + A_MOMENT, late))):
                for task in just_asked:
                    yield self._asking.pop(task), task.result()
        finally:
            for task in self._asking:
                task.cancel()

    def _begins_wave(self) -> bool:
        now = self._seconds()
        if now >= self._until or (now >= self._last_at and self._prospects.waves):
            return False
        wave = self._prospects.next_wave()
        self._prospects.comparison.asked.update(wave)
        for store in wave:
            self._asking[asyncio.ensure_future(self._ask(store))] = store
            self._asked_at[store] = now
        self.complete = not wave and self._prospects.comparison.agreeing >= WITNESSES
        return bool(wave)

    def _is_worth_waiting(self) -> bool:
        """Nobody else is to be asked, what is known does not agree, and who is silent may change it."""
        now = self._seconds()
        return (
            not self.complete
            and now < self._until
            and any(
                self._prospects.may_change_it(store, now - self._asked_at[store])
                for store in self._asking.values()
            )
        )

    def _is_over(self, asked: int, answered: int, waited: float) -> bool:
        best = self._prospects.best
        return self._seconds() >= self._until or wave_is_over(asked, answered, waited, best)

    def _latest(self) -> float:
        return max(self._asked_at[store] for store in self._asking.values())

    async def _next(self, until: float) -> set[Asking]:
        left = min(self._until, until) - self._seconds()
        done, _ = await asyncio.wait(
            self._asking, timeout=max(left, 0.0), return_when=asyncio.FIRST_COMPLETED
        )
        return done
