"""Books that wait at stores and what readers ask for, in memory, proven equal by the contract suite."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from application.orders.errors import ProcessesUnavailable
from application.prices.refreshing.ports import NOWHERE, Head, Moved, QueueStanding, Wait
from application.prices.refreshing.processes import NothingToResume, NotRefreshed, Refreshing, StoppedAlready
from application.prices.store_outages import Outage
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.estimates.change_rate import UNKNOWN, ChangeRate
from domain.prices.estimates.demand import HALF_LIFE, Interest
from domain.prices.estimates.freshness import Tier, still_right
from domain.prices.memory import Known
from domain.prices.offer import StoreName
from domain.prices.records import Answerer
from domain.prices.refreshing import DeadLetter
from domain.shared.isbn import Isbn

A_DAY = timedelta(seconds=Tier.L3.value)
LONG_AGO = timedelta(days=30)


@dataclass(frozen=True)
class Wanted:
    """How much a book is asked for, and since when."""

    once_at: float
    expected: float
    kind: str
    at: datetime


class InMemoryRefreshing:
    """The `RefreshQueue`, `DeadLetters`, `ShadowPrices` and `Interests` ports over what is remembered of
    prices (`kept`); `lost` is like a database that is away.
    """

    def __init__(self, kept: Mapping[Answerer, Known]) -> None:
        self._kept = kept
        self.kinds: dict[Isbn, str] = {}
        self.wanted: dict[Isbn, Wanted] = {}
        self.waiting: defaultdict[StoreName, dict[Isbn, Wait]] = defaultdict(dict)
        self.worth: dict[StoreName, float] = {}
        self.weeks: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        self._caught_up: dict[StoreName, datetime] = {}
        self.lost = False

    # -- who waits where -----------------------------------------------------------------------------

    async def heads(self, store: StoreName, depth: int) -> Sequence[Head]:
        self._there()
        by_bucket: defaultdict[int, list[Wait]] = defaultdict(list)
        for wait in self.waiting[store].values():
            if wait.given_up is None:
                by_bucket[wait.bucket].append(wait)
        return [
            self._head(store, wait)
            for place in sorted(by_bucket)
            for wait in sorted(by_bucket[place], key=lambda one: one.asked_at)[:depth]
        ]

    async def put(self, store: StoreName, waits: Sequence[Wait]) -> None:
        self._there()
        self.waiting[store].update({wait.isbn: wait for wait in waits if wait.isbn in self.wanted})

    async def moved(self, store: StoreName, at: datetime) -> Moved:
        self._there()
        there, since = self.waiting[store], self._caught_up.get(store)
        for wait in list(there.values()):
            known = self._kept.get((wait.isbn, store))
            if wait.given_up is not None and known is not None and known.told.at > wait.asked_at:
                there[wait.isbn] = Wait(wait.isbn, wait.bucket, known.told.at)
        moved = [isbn for isbn, one in self.wanted.items() if since is None or one.at > since]
        waits = [there.get(isbn) or Wait(isbn, NOWHERE, at - A_DAY) for isbn in moved]
        heads = [self._head(store, wait) for wait in waits if wait.given_up is None]
        return Moved(heads, at - timedelta(minutes=1))

    async def catch_up(self, store: StoreName, until: datetime) -> None:
        self._there()
        self._caught_up[store] = until

    async def price(self, store: StoreName) -> float | None:
        self._there()
        return self.worth.get(store)

    async def save_price(self, store: StoreName, price: float) -> None:
        self._there()
        self.worth[store] = price

    async def prices(self) -> Mapping[StoreName, float]:
        self._there()
        return dict(self.worth)

    async def standing(self, store: StoreName, at: datetime) -> QueueStanding:
        self._there()
        aside = sum(wait.given_up is not None for wait in self.waiting[store].values())
        return QueueStanding(len(self.waiting[store]) - aside, aside, self._fresh(store, at))

    async def all(self, store: StoreName | None, limit: int) -> Sequence[DeadLetter]:
        self._there()
        found = [
            DeadLetter(name, wait.isbn, wait.failures, wait.given_up, wait.asked_at)
            for name, there in self.waiting.items()
            for wait in there.values()
            if wait.given_up is not None and store in {None, name}
        ]
        return sorted(found, key=lambda one: (-one.since.timestamp(), one.store, one.isbn.value))[:limit]

    async def send_again(self, store: StoreName, isbn: Isbn | None) -> int:
        self._there()
        there = self.waiting[store]
        again = [wait for wait in there.values() if wait.given_up is not None and isbn in {None, wait.isbn}]
        there.update({wait.isbn: Wait(wait.isbn, wait.bucket, wait.asked_at - A_DAY) for wait in again})
        return len(again)

    # -- what readers ask for ------------------------------------------------------------------------

    async def note(self, times: Mapping[Isbn, int], at: datetime) -> None:
        self._there()
        now, (year, week, _) = at.timestamp(), at.isocalendar()
        for isbn, asked in times.items():
            before = self.wanted.get(isbn)
            weight = asked + (2 ** ((before.once_at - now) / HALF_LIFE) if before else 0)
            once_at = now + HALF_LIFE * math.log2(weight)
            kept = before or self._first(isbn, at)
            self.wanted[isbn] = replace(kept, once_at=once_at, at=at)
            self.weeks[kept.kind, year, week] += asked

    async def expect(self, per_second: Mapping[Isbn, float], at: datetime) -> None:
        self._there()
        for isbn in self.wanted.keys() | per_second.keys():
            one, expected = self.wanted.get(isbn) or self._first(isbn, at), per_second.get(isbn, 0.0)
            if abs(expected - one.expected) > 0.1 * one.expected or isbn not in self.wanted:
                self.wanted[isbn] = replace(one, expected=expected, at=at)

    async def seasons(self, at: datetime) -> Mapping[str, tuple[float, float]]:
        self._there()
        year, week, _ = at.isocalendar()
        found: dict[str, tuple[float, float]] = {}
        for kind in {kind for kind, _, _ in self.weeks}:
            asked = {
                (y, w): times
                for (of, y, w), times in self.weeks.items()
                if of == kind and (year - 1, week) <= (y, w) < (year, week)
            }
            if (year - 1, week) in asked:
                found[kind] = float(asked[year - 1, week]), sum(asked.values()) / len(asked)
        return found

    async def forget(self, before: datetime, at_most: int) -> int:
        self._there()
        old = [
            isbn for isbn, one in self.wanted.items() if one.once_at < before.timestamp() and not one.expected
        ][:at_most]
        for isbn in old:
            del self.wanted[isbn]
            for there in self.waiting.values():
                there.pop(isbn, None)
        return len(old)

    def _head(self, store: StoreName, wait: Wait) -> Head:
        known, wanted = self._kept.get((wait.isbn, store)), self.wanted[wait.isbn]
        told_at, evidence = (known.told.at, known.evidence) if known else (None, ChangeRate())
        return Head(wait, told_at, evidence, Interest(1.0, wanted.once_at), wanted.expected, wanted.kind)

    def _fresh(self, store: StoreName, at: datetime) -> float | None:
        right = asked = 0.0
        for isbn, one in self.wanted.items():
            demand = Interest(1.0, one.once_at).per_second(at.timestamp(), usual=0.0) + one.expected
            known = self._kept.get((isbn, store))
            asked += demand
            if known is not None:
                rate = (known.evidence + UNKNOWN).per_second
                right += demand * still_right(rate, max((at - known.told.at).total_seconds(), 0.0))
        return right / asked if asked else None

    def _first(self, isbn: Isbn, at: datetime) -> Wanted:
        return Wanted((at - LONG_AGO).timestamp(), 0.0, self.kinds.get(isbn, ""), at)

    def _there(self) -> None:
        if self.lost:
            raise DatabaseUnavailable("Lost.")


class InMemoryOutages:
    """The `WrittenOutages` port."""

    def __init__(self) -> None:
        self._kept: defaultdict[StoreName, list[Outage]] = defaultdict(list)
        self.lost = False

    async def begin(self, store: StoreName, at: datetime, *, refused: bool) -> None:
        self._there()
        kept = self._kept[store]
        if kept and kept[-1].ended_at is None:
            kept[-1] = replace(kept[-1], refused=kept[-1].refused or refused)
        else:
            kept.append(Outage(at, None, refused))

    async def end(self, store: StoreName, at: datetime) -> None:
        self._there()
        kept = self._kept[store]
        if kept and kept[-1].ended_at is None:
            kept[-1] = replace(kept[-1], ended_at=max(at, kept[-1].began_at))

    async def since(self, at: datetime) -> Mapping[StoreName, Sequence[Outage]]:
        self._there()
        found = {
            store: [one for one in kept if one.ended_at is None or one.ended_at >= at]
            for store, kept in self._kept.items()
        }
        return {store: kept for store, kept in found.items() if kept}

    def _there(self) -> None:
        if self.lost:
            raise DatabaseUnavailable("Lost.")


@dataclass
class InMemoryRefreshProcesses:
    """The `RefreshProcesses` port: processes that stand as they were told."""

    stopped: dict[StoreName, str | None] = field(default_factory=dict)
    lost: bool = False

    async def running(self) -> Collection[StoreName]:
        self._there()
        return set(self.stopped)

    async def start(self, store: StoreName) -> None:
        self._there()
        self.stopped.setdefault(store, None)

    async def pause(self, store: StoreName, note: str) -> None:
        if self._of(store):
            raise StoppedAlready("It is.")
        self.stopped[store] = note

    async def drain(self, store: StoreName, note: str) -> None:
        await self.pause(store, note)

    async def resume(self, store: StoreName) -> None:
        if not self._of(store):
            raise NothingToResume("Nobody did.")
        self.stopped[store] = None

    async def standing(self, store: StoreName) -> Refreshing:
        note = self._of(store)
        return Refreshing(store, "paused" if note else "asking", note or "", None)

    def _of(self, store: StoreName) -> str | None:
        self._there()
        if store not in self.stopped:
            raise NotRefreshed("Nobody does.")
        return self.stopped[store]

    def _there(self) -> None:
        if self.lost:
            raise ProcessesUnavailable("Lost.")
