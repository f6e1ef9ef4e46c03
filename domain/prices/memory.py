"""What the shop remembers of a book's prices: each store's last answer, and how asking it went since."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from domain.prices.answer import Outcome, Told, Unanswered
from domain.prices.estimates.change_rate import UNKNOWN, ChangeRate, learnt
from domain.prices.estimates.freshness import Tier
from domain.prices.offer import StoreName
from domain.prices.store import Missing
from domain.shared.isbn import Isbn


@dataclass(frozen=True, slots=True)
class Known:
    """A store's last answer, and what it and those before it tell of how often they change."""

    told: Told
    evidence: ChangeRate = field(default_factory=ChangeRate)

    @property
    def change_rate(self) -> ChangeRate:
        """What to believe: the evidence, on top of what is believed of any store."""
        return self.evidence + UNKNOWN

    def then(self, told: Told) -> "Known":
        """After a later answer. An answer has changed when the best price of any series has."""
        interval = (told.at - self.told.at).total_seconds()
        changed = told.lows != self.told.lows
        return Known(told, learnt(self.evidence, UNKNOWN, interval=interval, changed=changed))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Since its last answer a store was asked so many times in vain, the last time at that moment."""

    why: Missing
    at: datetime
    failures: int


News = Known | Unanswered


@dataclass(frozen=True, slots=True)
class StoreMemory:
    """One store. Trouble does not take away what was known: an old price with its age is better than none."""

    known: Known | None = None
    trouble: Trouble | None = None

    @property
    def latest(self) -> datetime | None:
        """When it was last asked, as far as is remembered."""
        moments = [self.known.told.at] if self.known else []
        return max([*moments, self.trouble.at] if self.trouble else moments, default=None)

    def after(self, news: News) -> "StoreMemory":
        """The later wins, in whatever order they come, and what comes twice counts once."""
        if isinstance(news, Known):
            return self._answered(news)
        if self.latest is not None and news.at <= self.latest:
            return self
        failures = self.trouble.failures if self.trouble else 0
        return replace(self, trouble=Trouble(news.why, news.at, failures + 1))

    def joined(self, other: "StoreMemory") -> "StoreMemory":
        """The same store as remembered in two places: the later of each, and no trouble that is over."""
        known = max(filter(None, (self.known, other.known)), key=lambda one: one.told.at, default=None)
        trouble = max(filter(None, (self.trouble, other.trouble)), key=lambda one: one.at, default=None)
        over = known is not None and trouble is not None and trouble.at <= known.told.at
        return StoreMemory(known, None if over else trouble)

    def _answered(self, news: Known) -> "StoreMemory":
        if self.known is not None and news.told.at < self.known.told.at:
            return self
        over = self.trouble is None or self.trouble.at <= news.told.at
        return StoreMemory(news, None if over else self.trouble)


class Layer(StrEnum):
    """Where something was remembered, the nearest first."""

    PROCESS = "process"
    SHARED = "shared"  # by all processes, for as long as somebody asks for it
    LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of one edition; `tier` is how much it is asked for."""

    isbn: Isbn
    stores: Mapping[StoreName, StoreMemory]
    tier: Tier
    layer: Layer

    def of(self, store: StoreName) -> StoreMemory:
        """Nothing at all of a store that was never asked."""
        return self.stores.get(store, _NOTHING)

    def after(self, news: Iterable[News]) -> "Remembered":
        """With what came since; news of other editions is passed by."""
        stores = dict(self.stores)
        for one in news:
            isbn, store = about(one)
            if isbn == self.isbn:
                stores[store] = stores.get(store, _NOTHING).after(one)
        return replace(self, stores=stores)


_NOTHING: Final = StoreMemory()


def about(news: News) -> tuple[Isbn, StoreName]:
    """Of which edition at which store it speaks."""
    told = news.told if isinstance(news, Known) else news
    return told.isbn, told.store


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody who wants to ask a store hears first: what it told others meanwhile (`news`), that
    it is for them to ask (`ticket`, to be handed back), or neither: somebody else is asking right now.
    """

    news: Outcome | None = None
    ticket: str | None = None


class PriceMemory(Protocol):
    """Remembers over all processes. It is a help: whatever of it is lost makes answers slower, not wrong."""

    async def recall(self, isbn: Isbn) -> Remembered:
        """All that is known of it, in one look; being asked for is counted. How far it may be trusted by now
        is for the caller to tell. Raises `DatabaseUnavailable` where nothing nearer has it.
        """
        ...

    async def keep(self, news: Sequence[News]) -> None:
        """Remember what lasts already, and what is not meant to last; other processes hear of it. What is
        older than what is remembered changes nothing. Never fails.
        """
        ...

    async def claim(
        self, isbn: Isbn, store: StoreName, *, since: datetime | None, within: timedelta
    ) -> Claim:
        """Before asking a store: news since that moment, or the right to ask, which lapses by itself after
        that time. Never fails: where that cannot be found out, everybody may ask.
        """
        ...

    async def leave(self, isbn: Isbn, store: StoreName, ticket: str) -> None:
        """Asking is over; what it brought is kept before. Never fails."""
        ...

    def listening(self) -> AbstractAsyncContextManager[None]:
        """While the block runs, what other processes keep is known here at once."""
        ...
