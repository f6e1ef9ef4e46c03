"""Can this process serve, and what is missing for readers while one of its dependencies is lost?"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.shared.clock import Clock

ANSWER_WITHIN: Final = 1.0  # seconds a dependency has; a load balancer asks every few
FRESH_FOR: Final = timedelta(seconds=1)  # many ask at once, and each answer costs a look at everything


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something the shop leans on. `probe` says in words how it is, or raises; `effect` says what readers
    feel while it is lost; without an `essential` one the shop cannot even be looked at.
    """

    name: str
    probe: Callable[[], Awaitable[str]]
    effect: str
    essential: bool = False


@dataclass(frozen=True, slots=True)
class DependencyHealth:
    """How a dependency is. `effect` stands only while it is lost."""

    name: str
    healthy: bool
    detail: str
    effect: str | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The whole picture; `ready` means that books can be browsed."""

    ready: bool
    dependencies: tuple[DependencyHealth, ...]


class CheckReadiness:
    """Anybody may ask. All dependencies are looked at together, briefly, and at most once a second."""

    def __init__(self, dependencies: Sequence[Dependency], clock: Clock) -> None:
        self._dependencies = tuple(dependencies)
        self._clock = clock
        self._last: tuple[datetime, Readiness] | None = None
        self._looking = asyncio.Lock()

    async def __call__(self) -> Readiness:
        """Look, or repeat what was seen less than a second ago."""
        async with self._looking:
            if self._last is None or self._clock.now() - self._last[0] >= FRESH_FOR:
                seen = await self._look()
                self._last = (self._clock.now(), seen)
            return self._last[1]

    async def _look(self) -> Readiness:
        found = await asyncio.gather(*(_ask(dependency) for dependency in self._dependencies))
        essential = {dependency.name for dependency in self._dependencies if dependency.essential}
        lost = {health.name for health in found if not health.healthy}
        return Readiness(ready=not essential & lost, dependencies=tuple(found))


async def _ask(dependency: Dependency) -> DependencyHealth:
    try:
        detail = await asyncio.wait_for(dependency.probe(), ANSWER_WITHIN)
    except TimeoutError:
        return DependencyHealth(
            dependency.name, False, f"no answer within {ANSWER_WITHIN:g} s", dependency.effect
        )
    except Exception as error:  # noqa: BLE001 - whatever a probe raises means: not healthy; the kind says why
        return DependencyHealth(dependency.name, False, type(error).__name__, dependency.effect)
    return DependencyHealth(dependency.name, True, detail, None)
