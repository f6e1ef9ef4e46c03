"""Scripts whose answer is a help: where there is none soon, nobody waits for the next ones either."""

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import structlog

from adapters.redis.line import Word
from adapters.redis.scripts import Scripts
from application.shared.unavailable import CacheUnavailable

AFTER_LOSS: Final = 1.0  # seconds before a lost Valkey is asked again

_log = structlog.get_logger("octavo.valkey")


class Soon:
    """`what` is not shared while Valkey is away, and then the `effect` is this: that is told once a loss."""

    def __init__(
        self, scripts: Scripts, what: str, effect: str, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._scripts = scripts
        self._words = {"what": what, "effect": effect}
        self._seconds = seconds
        self._lost_at: float | None = None

    async def run(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        """What the script answers; None while Valkey does not."""
        if self._lost_at is not None and self._seconds() < self._lost_at + AFTER_LOSS:
            return None
        try:
            said = await self._scripts.run(script, keys, args)
        except CacheUnavailable:
            if self._lost_at is None:
                _log.warning("not_shared", **self._words)
            self._lost_at = self._seconds()
            return None
        self._lost_at = None
        return said
