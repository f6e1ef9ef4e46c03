"""Where prices are remembered: by all processes for a while, and for good."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.prices.doubt import Doubt
from domain.prices.estimates.freshness import Tier
from domain.prices.history import PriceRun
from domain.prices.memory import Claim, Known, News, StoreMemory
from domain.prices.offer import Condition, Series, StoreName
from domain.prices.records import Answerer
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn


@dataclass(frozen=True, slots=True)
class Shared:
    """What processes share of an edition. `whole`: nothing that lasts is missing from it."""

    stores: Mapping[StoreName, StoreMemory]
    tier: Tier
    whole: bool


class SharedPrices(Protocol):
    """What processes share. Nobody who calls waits long, and no call fails."""

    async def recall(self, isbn: Isbn, times: int) -> Shared | None:
        """What is there, for one who was asked so many `times` since the last call; None: out of reach."""
        ...

    async def fill(self, isbn: Isbn, known: Sequence[Known]) -> bool:
        """All that lasts; what is there already and newer stays. False: out of reach."""
        ...

    async def keep(self, news: Sequence[News]) -> bool:
        """For editions that are asked for; other processes hear of all. False: some of it was not taken."""
        ...

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        """See `PriceMemory`."""
        ...

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        """See `PriceMemory`."""
        ...

    def listening(self, heard: Callable[[frozenset[str]], None]) -> AbstractAsyncContextManager[None]:
        """While the block runs, hear of which ISBNs others have news; none at all: it may be any."""
        ...


class LastingPrices(Protocol):
    """What is written down."""

    async def recall(self, isbn: Isbn) -> Sequence[Known]:
        """Every store's last answer. Raises `DatabaseUnavailable`."""
        ...


@dataclass(frozen=True, slots=True)
class Story:
    """What one store asked for a series, in order."""

    series: Series
    store: StoreName
    runs: Sequence[PriceRun]


class PriceStories(Protocol):
    """What prices have been."""

    async def stories(
        self,
        isbn: Isbn,
        *,
        since: datetime,
        format: Format | None = None,  # noqa: A002 - the trade's word
        condition: Condition | None = None,
        store: StoreName | None = None,
    ) -> Sequence[Story]:
        """By store and series, from the last price before that moment on. Raises `DatabaseUnavailable`."""
        ...


class DoubtProcesses(Protocol):
    """The durable processes that wait for staff. All raise `ProcessesUnavailable`."""

    async def begin(self, doubt: Doubt) -> None:
        """Wait for staff's word on it, and after a while ask the store again. Beginning twice is harmless."""
        ...

    async def decided(self, doubt_id: UUID) -> None:
        """Somebody decided elsewhere."""
        ...


class PriceDrawers(Protocol):
    """What is kept for good lies in drawers, one a month. All raise `DatabaseUnavailable`."""

    async def made(self) -> Sequence[datetime]:
        """The months that have one, the oldest first."""
        ...

    async def make(self, month: datetime) -> bool:
        """One for that month, with all that belongs into it. False: everybody is busy, try again."""
        ...

    async def drop(self, month: datetime) -> bool:
        """Throw it away with all that is in it. False: as above."""
        ...

    async def forget(self, before: datetime) -> int:
        """What lies in no drawer and is older; returns how much."""
        ...

    async def forget_answers(
        self, before: datetime, after: Answerer | None, at_most: int
    ) -> tuple[int, Answerer | None]:
        """Look at so many last answers, in order, those after that one; forget the older ones. Returns how
        many those were, and the last that was looked at; None: there are no more.
        """
        ...
