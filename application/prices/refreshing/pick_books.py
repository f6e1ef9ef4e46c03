"""Which books a store is asked about next, only to keep their prices fresh."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Final

from application.prices.refreshing.ports import Head, RefreshQueue, Wait
from application.prices.refreshing.seasons import Seasons
from domain.prices.estimates.change_rate import UNKNOWN
from domain.prices.estimates.demand import forecast
from domain.prices.estimates.refresh import Waiting, bucket, choose, follow
from domain.prices.offer import StoreName
from domain.shared.clock import Clock

FIRST_PRICE: Final = 1.0  # of a call to a store, until it is known: what it is at 0.2 calls a second
# Questions a second for a book of which nothing is known but that somebody wanted it: one a month.
USUAL: Final = 1 / (30 * 86_400)
# Questions answered wrongly that a call spares at the least: a store is not bothered for less, however much
# time everybody has. A book asked for once a day, as others are, is looked at every 80 minutes at the most.
WORTH_A_CALL: Final = 0.001


@dataclass(frozen=True, slots=True)
class Picked:
    """A book to be asked about, and where it will wait then. News of it `since` that moment will do."""

    head: Head
    bucket: int
    since: datetime

    def after(self, at: datetime, failures: int = 0) -> Wait:
        """Its place once it was asked about."""
        return Wait(self.head.wait.isbn, self.bucket, at, failures)


class PickBooks:
    """The books whose prices are worth most to know: by how much readers ask for them, how often their prices
    change, and how old these are. Books that were looked at and not picked wait where they belong by now.
    """

    def __init__(self, queue: RefreshQueue, seasons: Seasons, clock: Clock) -> None:
        self._queue = queue
        self._seasons = seasons
        self._clock = clock
        self._prices: dict[StoreName, float] = {}

    async def __call__(self, store: StoreName, calls: int) -> Sequence[Picked]:
        """The dearest first; none that is not worth a call. Raises `DatabaseUnavailable`."""
        now, before = self._clock.now(), await self._price(store)
        seasons = await self._seasons.known()
        await self._catch_up(store, now, before, seasons)
        heads = await self._queue.heads(store, calls)
        looked: list[Waiting[Head]] = []
        by_bucket = groupby(heads, key=lambda head: head.wait.bucket)
        queues = [_looked_at(list(queue), now, seasons, looked) for _, queue in by_bucket]
        chosen = [one for one in choose(queues, calls) if one.value >= WORTH_A_CALL]
        # Where there is time for more than is worth a call, one more call would gain next to nothing.
        price = before
        for worth in [*(one.value for one in chosen), *[WORTH_A_CALL] * (calls - len(chosen))]:
            price = follow(price, worth)
        self._prices[store] = price
        places = {one.book: bucket(one.demand, one.change_rate, price) for one in looked}
        picked = [Picked(one.book, places.pop(one.book), now) for one in chosen]
        await self._queue.put(store, _moved(places))
        await self._queue.save_price(store, price)
        return picked

    def price(self, store: StoreName) -> float:
        """What a call to it was worth when books were last picked here."""
        return self._prices.get(store, FIRST_PRICE)

    async def _catch_up(
        self, store: StoreName, now: datetime, price: float, seasons: Mapping[str, float]
    ) -> None:
        moved = await self._queue.moved(store, now)
        looked = [_waiting(head, now, seasons) for head in moved.heads]
        places = {one.book: bucket(one.demand, one.change_rate, price) for one in looked}
        await self._queue.put(store, _moved(places))
        await self._queue.catch_up(store, moved.until)

    async def _price(self, store: StoreName) -> float:
        if store not in self._prices:
            self._prices[store] = await self._queue.price(store) or FIRST_PRICE
        return self._prices[store]


def _looked_at(
    heads: Sequence[Head], now: datetime, seasons: Mapping[str, float], looked: list[Waiting[Head]]
) -> Iterator[Waiting[Head]]:
    for head in heads:
        looked.append(_waiting(head, now, seasons))
        yield looked[-1]


def _waiting(head: Head, now: datetime, seasons: Mapping[str, float]) -> Waiting[Head]:
    own = head.interest.per_second(now.timestamp(), USUAL)
    return Waiting(
        head,
        forecast(own, season=seasons.get(head.kind, 1.0)) + head.expected,
        (head.evidence + UNKNOWN).per_second,
        max((now - head.asked_at).total_seconds(), 0.0),
    )


def _moved(places: Mapping[Head, int]) -> Sequence[Wait]:
    there = (
        (head, replace(head.wait, bucket=place, asked_at=head.asked_at)) for head, place in places.items()
    )
    return [wait for head, wait in there if wait != head.wait]
