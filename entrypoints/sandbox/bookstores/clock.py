"""The clock by which prices move: the real one, or as a test sets it. Limits are counted on another."""

import time

from entrypoints.sandbox.bookstores.shelf import STEP_SECONDS


class PriceClock:
    """Counts steps of a minute since 1970. Set back to the real time at a restart."""

    def __init__(self) -> None:
        self._fixed: int | None = None
        self._ahead = 0

    @property
    def is_fixed(self) -> bool:
        """Whether prices stand still."""
        return self._fixed is not None

    def step(self) -> int:
        """Which step it is."""
        now = int(time.time()) // STEP_SECONDS if self._fixed is None else self._fixed
        return now + self._ahead

    def stand_at(self, step: int) -> None:
        """Let it be that step, and stay so."""
        self._fixed, self._ahead = step, 0

    def advance(self, steps: int) -> None:
        """Go forward, standing or running."""
        self._ahead += steps

    def run(self) -> None:
        """Show the real time again."""
        self._fixed, self._ahead = None, 0
