"""Two engines as one: the first while it is well, the second while it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from application.search.ports import SearchEngine
from application.shared.breaker import CircuitBreaker, CircuitOpen
from application.shared.measurements import Measurements
from domain.search.errors import SearchUnavailable

# Searches of one process at the same time. More would only wait inside the engine, where a full house cannot
# be told from a failing one; here they wait without being counted as failures.
AT_ONCE: Final = 8

T = TypeVar("T")


class Engines:
    """A search that the first engine does not answer is asked of the second within the same request. After
    a few failures the first is left in peace for a while, so that nobody waits for it in vain, and one
    request finds out when it is well again. What belongs together (a page, its counts) comes from one engine.
    """

    def __init__(
        self,
        first: SearchEngine,
        second: SearchEngine | None,
        breaker: CircuitBreaker,
        measurements: Measurements,
    ) -> None:
        self._first = first
        self._second = second
        self._breaker = breaker
        self._measurements = measurements
        self._places = asyncio.Semaphore(AT_ONCE)

    async def ask(self, question: Callable[[SearchEngine], Awaitable[T]]) -> tuple[str, T]:
        """Who answered, and what. Raises `SearchUnavailable` when neither did."""
        try:
            async with self._places:
                answer = await self._breaker.call(lambda: question(self._first))
        except (SearchUnavailable, CircuitOpen) as unwell:
            if self._second is None:
                raise _unavailable(unwell) from unwell
            answer, engine = await question(self._second), self._second.name
        else:
            engine = self._first.name
        self._measurements.search_answered(engine)
        return engine, answer


def _unavailable(unwell: Exception) -> SearchUnavailable:
    if isinstance(unwell, SearchUnavailable):
        return unwell
    return SearchUnavailable("The search does not answer at the moment; browsing does.")
