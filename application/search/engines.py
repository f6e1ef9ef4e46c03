"""Two engines as one: the first while it is well, the second while it is not."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar, cast

from application.search.ports import SearchEngine
from application.shared.breaker import CircuitBreaker, CircuitOpen
from application.shared.measurements import Measurements
from domain.search.errors import SearchUnavailable

# Searches of one process at the same time. More would only wait inside the engine, where a full house cannot
# be told from a failing one; here they wait without being counted as failures.
AT_ONCE: Final = 8
# Seconds. Who waits longer is probably waiting for an engine that is stuck: the second is asked besides, and
# whoever answers first has answered.
LONG: Final = 0.2

T = TypeVar("T")


class Overtaken(Exception):
    """The second engine had its answer first."""

    def __init__(self, answer: object) -> None:
        super().__init__("The second engine was quicker.")
        self.answer = answer


class Engines:
    """A search that the first engine does not answer, or not soon, is asked of the second within the same
    request. After a few failures the first is left in peace for a while, so that nobody waits for it in vain,
    and one request finds out when it is well again. What belongs together (a page, its counts) comes from one
    engine.
    """

    def __init__(
        self,
        first: SearchEngine,
        second: SearchEngine | None,
        breaker: CircuitBreaker,
        measurements: Measurements,
        *,
        long: float = LONG,
    ) -> None:
        self._first = first
        self._second = second
        self._breaker = breaker
        self._measurements = measurements
        self._places = asyncio.Semaphore(AT_ONCE)
        self._long = long

    async def ask(self, question: Callable[[SearchEngine], Awaitable[T]]) -> tuple[str, T]:
        """Who answered, and what. Raises `SearchUnavailable` when neither did."""
        try:
            async with self._places:
                answer = await self._breaker.call(lambda: self._soon(question))
        except Overtaken as overtaken:
            answer, engine = cast("T", overtaken.answer), cast("SearchEngine", self._second).name
        except (SearchUnavailable, CircuitOpen) as unwell:
            if self._second is None:
                raise _unavailable(unwell) from unwell
            answer, engine = await question(self._second), self._second.name
        else:
            engine = self._first.name
        self._measurements.search_answered(engine)
        return engine, answer

    async def _soon(self, question: Callable[[SearchEngine], Awaitable[T]]) -> T:
        """The first engine's answer. Raises `Overtaken` if the second's was there before."""
        if self._second is None:
            return await question(self._first)
        asked = [asyncio.ensure_future(question(self._first))]
        try:
            await asyncio.wait(asked, timeout=self._long)
            if not asked[0].done():
                asked.append(asyncio.ensure_future(question(self._second)))
                await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
                if not asked[0].done() and asked[1].exception() is None:
                    raise Overtaken(asked[1].result())
            return await asked[0]
        finally:
            for task in asked:
                task.cancel()
            await asyncio.gather(*asked, return_exceptions=True)


def _unavailable(unwell: Exception) -> SearchUnavailable:
    if isinstance(unwell, SearchUnavailable):
        return unwell
    return SearchUnavailable("The search does not answer at the moment; browsing does.")
