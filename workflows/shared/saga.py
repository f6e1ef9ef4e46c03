"""What must be undone if the story does not end well."""

from collections.abc import Awaitable, Callable


class Saga:
    """A stack of compensations. Register one before its step runs: a step that failed may have happened.

    Each undoes only its own order's own attempt, and never gives up by itself.
    """

    def __init__(self) -> None:
        self._undo: list[Callable[[], Awaitable[None]]] = []

    def on_failure(self, undo: Callable[[], Awaitable[None]]) -> None:
        """Remember how to undo the step that comes next."""
        self._undo.append(undo)

    async def compensate(self) -> None:
        """Undo everything, last step first."""
        while self._undo:
            await self._undo.pop()()
