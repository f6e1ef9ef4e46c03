"""One transaction over the repositories a use case needs."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol


class Work(Protocol):
    """What can be loaded and saved inside one transaction. Repositories save the aggregate's events too."""


class UnitOfWork(Protocol):
    """Opens a `Work`: committed when the block ends, undone when it raises. Never call out of the house
    inside it: a lock held across a network call stops every other reader.
    """

    def __call__(self) -> AbstractAsyncContextManager[Work]:
        """Begin."""
        ...
