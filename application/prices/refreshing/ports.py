"""What keeping prices fresh needs from outside: who waits where, what readers ask for, what is strained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from domain.prices.estimates.change_rate import ChangeRate
from domain.prices.estimates.demand import Interest
from domain.prices.offer import StoreName
from domain.prices.refreshing import DeadLetter
from domain.prices.store import Missing
from domain.shared.isbn import Isbn

NOWHERE: Final = -1


@dataclass(frozen=True, slots=True)
class Wait:
    """A book's place at a store: its bucket (`NOWHERE` yet), and since when it waits there, which is when the
    store was last asked about it. `given_up`: it is set aside, for this reason.
    """

    isbn: Isbn
    bucket: int
    asked_at: datetime
    failures: int = 0
    given_up: Missing | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A book that waits, with what is known of it: when the store told of it last (None: never), the evidence
    of how often its price changes, how much readers ask for it and are expected to, and what kind it is.
    """

    wait: Wait
    told_at: datetime | None
    evidence: ChangeRate
    interest: Interest
    expected: float
    kind: str

    @property
    def asked_at(self) -> datetime:
        """A reader's question may have come in between."""
        return max(self.wait.asked_at, self.told_at or self.wait.asked_at)


@dataclass(frozen=True, slots=True)
class Moved:
    """Books that readers ask for more or less than before, `until` that moment."""

    heads: Sequence[Head]
    until: datetime


@dataclass(frozen=True, slots=True)
class QueueStanding:
    """How many books wait at a store, how many are set aside, and P(what is remembered is right) over the
    books that are asked for most, weighted by how much (None: nobody asks for any).
    """

    waiting: int
    set_aside: int
    fresh: float | None


class RefreshQueue(Protocol):
    """Which books wait at which store, in buckets, each oldest first. All raise `DatabaseUnavailable`."""

    async def heads(self, store: StoreName, depth: int) -> Sequence[Head]:
        """The first so many of each bucket, bucket by bucket."""
        ...

    async def put(self, store: StoreName, waits: Sequence[Wait]) -> None:
        """They wait here now, or are set aside."""
        ...

    async def moved(self, store: StoreName, at: datetime) -> Moved:
        """Some thousand of the books that readers came to ask for, or for which more is expected, since the
        store caught up. One that does not wait yet is in no bucket, and as if the store had been asked about
        it a day ago: as long as any price is given. Books set aside which the store has told a reader about
        since wait again; the others are left out.
        """
        ...

    async def catch_up(self, store: StoreName, until: datetime) -> None:
        """What moved until then has found its place."""
        ...

    async def price(self, store: StoreName) -> float | None:
        """What a call to it is worth, in questions answered wrongly; None: nobody knows yet."""
        ...

    async def save_price(self, store: StoreName, price: float) -> None:
        """The same, for all processes."""
        ...

    async def standing(self, store: StoreName, at: datetime) -> QueueStanding:
        """For people."""
        ...


class DeadLetters(Protocol):
    """Books that are set aside. All raise `DatabaseUnavailable`."""

    async def all(self, store: StoreName | None, limit: int) -> Sequence[DeadLetter]:
        """Of one store or of all, the latest first."""
        ...

    async def send_again(self, store: StoreName, isbn: Isbn | None) -> int:
        """This one, or all of the store, wait again; returns how many that were."""
        ...


class Interests(Protocol):
    """What readers ask for. All raise `DatabaseUnavailable`."""

    async def note(self, times: Mapping[Isbn, int], at: datetime) -> None:
        """So many questions about these books, up to that moment."""
        ...

    async def expect(self, per_second: Mapping[Isbn, float], at: datetime) -> None:
        """So many more are expected for these, and for no other."""
        ...

    async def seasons(self, at: datetime) -> Mapping[str, tuple[float, float]]:
        """Of each kind of book: how often it was asked for in this week a year ago, and in the mean of the
        weeks since. Kinds without a year behind them are left out.
        """
        ...

    async def forget(self, before: datetime, at_most: int) -> int:
        """Let go of books that nobody has asked for since and nobody is expected to."""
        ...


class DemandSource(Protocol):
    """Something that knows of questions before they are asked: bestsellers, books beside those that are asked
    for, watched prices, a club that meets.
    """

    async def expected(self, at: datetime) -> Mapping[Isbn, float]:
        """Questions a second. Raises `DatabaseUnavailable`."""
        ...


class ShadowPrices(Protocol):
    """What a call to each store is worth."""

    async def prices(self) -> Mapping[StoreName, float]:
        """In questions answered wrongly. Raises `DatabaseUnavailable`."""
        ...
