"""Where scripts are run: a `Line`, or what a test puts in its place."""

from collections.abc import Sequence
from typing import Any, Protocol

from adapters.redis.line import Word


class Scripts(Protocol):
    """It knows the scripts it is asked to run."""

    async def run(self, script: str, keys: Sequence[Word], args: Sequence[Word]) -> Any:  # noqa: ANN401 - a script's
        """What the script answers. Raises `CacheUnavailable` if that is not soon."""
        ...
