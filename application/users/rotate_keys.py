"""Moving every subject's key under the shop's current one, while the shop is open."""

from collections.abc import AsyncIterator
from typing import Final, Protocol
from uuid import UUID

from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import UserId
from domain.shared.personal_data import WrappedKey

BATCH: Final = 500  # keys a transaction: a few milliseconds, nobody waits for it


class KeyWrapper(Protocol):
    """Knows the shop's keys, old and current."""

    def rewrap(self, key: WrappedKey) -> WrappedKey:
        """The same data key under the current shop key; unchanged when it already is."""
        ...


class RotateKeys:
    """Operators put a new shop key first, restart, run this, and may then drop the old one. What is
    sealed stays as it is, so nothing is unreadable at any moment; running it twice is harmless.
    """

    def __init__(self, unit_of_work: UnitOfWork, wrapper: KeyWrapper) -> None:
        self._unit_of_work = unit_of_work
        self._wrapper = wrapper

    async def __call__(self) -> AsyncIterator[tuple[int, int]]:
        """Yield after each batch how many keys were seen and how many of them rewrapped."""
        last, seen, rewrapped = UserId(UUID(int=0)), 0, 0
        while True:
            async with self._unit_of_work() as work:
                keys = await work.subject_keys.after(last, BATCH)
                for user_id, old in keys:
                    new = self._wrapper.rewrap(old)
                    if new != old and await work.subject_keys.replace(user_id, old, new):
                        rewrapped += 1
            if not keys:
                return
            last, seen = keys[-1][0], seen + len(keys)
            yield seen, rewrapped
