"""Things that are done for many at once: whoever comes while some are served goes with the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Batches(Generic[T]):
    """Nobody waits for a batch to fill: a single one is served at once, and those who come meanwhile are
    served together. What cannot be served spoils nothing for those it came with.
    """

    def __init__(self, serve: Callable[[Sequence[T]], Awaitable[None]], at_once: int) -> None:
        """`serve` does all of what it is given, or raises and has done nothing; `at_once` is the most."""
        self._serve = serve
        self._at_once = at_once
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._serving: asyncio.Task[None] | None = None

    async def __call__(self, items: Sequence[T]) -> None:
        """Returns when all of these are served. Raises what serving one of them raised."""
        loop = asyncio.get_running_loop()
        mine = [(item, loop.create_future()) for item in items]
        self._waiting += mine
        if self._serving is None and mine:
            self._serving = asyncio.create_task(self._serve_all())
        await asyncio.gather(*(served for _, served in mine))

    async def _serve_all(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._at_once], self._waiting[self._at_once :]
                await self._serve_together(batch)
        finally:
            self._serving = None

    async def _serve_together(self, batch: Sequence[tuple[T, asyncio.Future[None]]]) -> None:
        try:
            await self._serve([item for item, _ in batch])
        except Exception as mistake:  # noqa: BLE001 - it is raised where the item came from
            if len(batch) == 1:
                _end(batch[0][1], mistake)
                return
            for one in batch:
                await self._serve_together([one])
        else:
            for _, served in batch:
                _end(served, None)


def _end(served: asyncio.Future[None], mistake: Exception | None) -> None:
    if served.done():  # whoever waited has gone
        return
    if mistake is None:
        served.set_result(None)
    else:
        served.set_exception(mistake)
