"""Keep one store's prices fresh for some minutes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from application.prices.inquiries import Inquiries, Inquiry
from application.prices.refreshing.batch import Batch, Ending
from application.prices.refreshing.pick_books import PickBooks, Picked
from application.prices.refreshing.ports import RefreshQueue
from application.prices.refreshing.strain import Strain
from application.prices.refreshing.tally import Tally
from application.prices.store_breaker import StoreBreaker
from application.prices.store_records import StoreRecords
from domain.prices.estimates.budget import MINUTE, calls_a_minute, lane_a_minute
from domain.prices.offer import StoreName
from domain.prices.ports import Bookstore, Bookstores
from domain.prices.store import Lane
from domain.shared.clock import Clock

WITHIN: Final = timedelta(seconds=10)  # one ask with its turn; nobody waits for it, so it is given time
# Seconds' worth of books that are picked at once, and between two looks: none loses its worth in that.
ROUND: Final = MINUTE
MOST_IN_HAND: Final = 100  # of a store that is asked very fast
MOST_AT_ONCE: Final = 8  # asks on their way: a slow store must not fill this process
STRAINED: Final = 15.0  # seconds until a shop that is stuck, or a store left in peace, is tried again
BEAT: Final = 10.0  # seconds between two signs of life
SLOWEST: Final = 0.95  # what all but the slowest twentieth take

Tell = Callable[[Batch], None]


@dataclass(frozen=True, slots=True)
class Shift:
    """For how long, who may end it before, and who hears how it goes."""

    lasting: timedelta
    stop: asyncio.Event
    tell: Tell


@dataclass(slots=True)
class _Round:
    """A batch on its way."""

    store: Bookstore
    shift: Shift
    tally: Tally
    apart: float  # seconds from one ask to the next, at full pace
    next_look: float = 0.0  # when books are picked again, if there were fewer than could be asked about
    asking: set[asyncio.Task[None]] = field(default_factory=set)


class RefreshStore:
    """A store is asked at an even pace, within its refresh lane, always about the book whose price is most
    worth knowing; readers and purchases go first at every turn. While the shop itself is behind, it is asked
    more slowly or not at all. A store left in peace is tried by these calls, so that no reader has to.
    """

    def __init__(
        self,
        *,
        stores: Bookstores,
        queue: RefreshQueue,
        pick: PickBooks,
        inquiries: Inquiries,
        breaker: StoreBreaker,
        records: StoreRecords,
        strain: Strain,
        clock: Clock,
        seconds: Callable[[], float],
        chance: Callable[[], float],
        at_most: int,
    ) -> None:
        """`seconds` is a clock that never goes back, `chance` drawn evenly from 0 to 1, and `at_most` the
        calls a minute for which the shop has time at each store; 0: none.
        """
        self._stores = stores
        self._queue = queue
        self._pick = pick
        self._inquiries = inquiries
        self._breaker = breaker
        self._records = records
        self._strain = strain
        self._clock = clock
        self._seconds = seconds
        self._chance = chance
        self._at_most = at_most
        self._answered: dict[StoreName, datetime] = {}

    async def __call__(self, name: StoreName, shift: Shift, *, readmit: bool = False) -> Batch:
        """What came of it. `readmit`: an operator has looked why it was isolated. Raises
        `DatabaseUnavailable`; whatever a store does is no error.
        """
        if not self._at_most:
            return Batch(ending=Ending.OFF)
        try:
            store = self._stores.named(name)
        except KeyError:
            return Batch(ending=Ending.GONE)
        if readmit:
            await self._breaker.readmit(name)
        budget = calls_a_minute(store.terms, self._at_most)
        batch = Batch(a_minute=budget, lane=lane_a_minute(store.terms))
        tally = Tally(await self._shown(name, batch), self._answered.get(name))
        going = _Round(store, shift, tally, MINUTE / budget)
        try:
            await self._ask_in_turn(going)
        finally:
            await asyncio.shield(self._put_back(going))
        ended = going.tally.batch
        if shift.stop.is_set() and ended.ending is Ending.TIME:
            ended = replace(ended, ending=Ending.TOLD)
        return await self._shown(name, ended)

    async def _ask_in_turn(self, going: _Round) -> None:
        until = self._seconds() + going.shift.lasting.total_seconds()
        # Sixty stores begin together when a worker starts: they need not be asked in step.
        await self._pause(going, going.apart * self._chance(), until)
        while self._goes_on(going, until):
            pace = await self._strain.pace()
            going.tally.batch = replace(going.tally.batch, pace=pace)
            if not pace:
                await self._pause(going, STRAINED, until)
                continue
            if not await self._has_books(going):
                await self._pause(going, going.next_look - self._seconds(), until)
                continue
            if len(going.asking) >= MOST_AT_ONCE:
                await asyncio.wait(going.asking, return_when=asyncio.FIRST_COMPLETED)
            task = asyncio.create_task(self._ask(going, going.tally.hand.popleft()))
            going.asking.add(task)
            await self._pause(going, going.apart / pace, until)
            going.asking -= await _ended(going.asking)
            if going.tally.batch.breaker != "closed":
                await self._pause(going, STRAINED, until)

    async def _has_books(self, going: _Round) -> bool:
        if not going.tally.hand and self._seconds() >= going.next_look:
            await self._put_back(going)
            calls = min(max(round(ROUND / going.apart), 1), MOST_IN_HAND)
            picked = await self._pick(going.store.terms.name, calls)
            going.tally.hand.extend(picked)
            going.next_look = self._seconds() + (ROUND if len(picked) < calls else 0.0)
        return bool(going.tally.hand)

    async def _ask(self, going: _Round, picked: Picked) -> None:
        inquiry = Inquiry(
            store=going.store,
            isbn=picked.head.wait.isbn,
            lane=Lane.REFRESH,
            within=WITHIN,
            since=picked.since,
            usual=None,
        )
        going.tally.hears(picked, await self._inquiries(inquiry))

    async def _put_back(self, going: _Round) -> None:
        """Every ask ends by itself, and what it brought is remembered by then."""
        if going.asking:
            await asyncio.wait(going.asking)
            await _ended(going.asking)
            going.asking.clear()
        if going.tally.answered_at is not None:
            self._answered[going.store.terms.name] = going.tally.answered_at
        await self._queue.put(going.store.terms.name, going.tally.settled())

    async def _pause(self, going: _Round, seconds: float, until: float) -> None:
        end = min(self._seconds() + seconds, until)
        while (left := end - self._seconds()) > 0 and not going.shift.stop.is_set():
            going.shift.tell(going.tally.batch)
            try:
                await asyncio.wait_for(going.shift.stop.wait(), min(left, BEAT))
            except TimeoutError:
                continue

    def _goes_on(self, going: _Round, until: float) -> bool:
        ended = going.shift.stop.is_set() or going.tally.batch.ending is not Ending.TIME
        return not ended and self._seconds() < until

    async def _shown(self, store: StoreName, batch: Batch) -> Batch:
        now = self._clock.now()
        standing, day = await asyncio.gather(
            self._queue.standing(store, now), self._records.of(store, now.date())
        )
        return replace(
            batch,
            price=self._pick.price(store),
            waiting=standing.waiting,
            set_aside=standing.set_aside,
            fresh=standing.fresh,
            answers=day.availability,
            slowest=day.within(SLOWEST),
        )


async def _ended(asking: set[asyncio.Task[None]]) -> set[asyncio.Task[None]]:
    """Raises what one of them died of: that is a mistake of ours."""
    ended = {task for task in asking if task.done()}
    for task in ended:
        task.result()
    return ended
