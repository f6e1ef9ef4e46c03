"""Turns at stores, dealt out by Valkey for all processes together; without it, by leases it gave before."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final
from uuid import uuid4

from adapters.redis.scripts import Scripts
from adapters.redis.turns.lease import SECOND, Lease
from adapters.redis.turns.leased_turns import AT_ONCE, IN_VAIN, AtStore
from adapters.redis.turns.policies import (
    ASK_AGAIN,
    LANES,
    LONGEST_REST,
    PATIENCE,
    PAUSE,
    UNSAID_REST,
    USED_WITHIN,
    microseconds,
)
from adapters.redis.turns.queue import Queue
from adapters.redis.turns.seat import SEATS, Seat
from adapters.redis.turns.seating import GET_UP, SIT
from adapters.redis.turns.taking import HOLD_BACK, LEAVE, TAKE
from adapters.redis.turns.wish import Wish
from application.shared.unavailable import CacheUnavailable
from domain.prices.offer import StoreName
from domain.prices.store import Lane, StoreTerms

SCRIPTS: Final = (TAKE, HOLD_BACK, LEAVE, SIT, GET_UP)  # what is run
ANSWERS_WITHIN: Final = USED_WITHIN.total_seconds()  # a turn of which we hear later is lost anyway
A_TURN, COME_BACK = 1, 0
BRIEFEST: Final = 0.001  # seconds; timers are no finer


class ValkeyTurns:
    """The `Turns` port. `seats` is how many processes ask stores, the same number in each of them."""

    def __init__(self, scripts: Scripts, seats: int, seconds: Callable[[], float] = time.monotonic) -> None:
        """`seconds` is a clock that never goes back."""
        self._scripts = scripts
        self._me = uuid4().hex
        self._seconds = seconds
        self._seat = Seat(scripts, self._me, seats, seconds)
        self._queues: defaultdict[tuple[StoreName, Lane], Queue] = defaultdict(Queue)
        self._stores: defaultdict[StoreName, AtStore] = defaultdict(AtStore)
        self._untold: set[StoreName] = set()  # who refused us while Valkey was away
        self._leaving: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def seated(self) -> AsyncIterator[None]:
        """Hold a lease while the block runs: without one this process is silent whenever Valkey is."""
        async with self._seat.held(self._tell_refusals):
            yield

    async def take(self, terms: StoreTerms, lane: Lane, *, within: timedelta, cost: int = 1) -> bool:
        """See the port."""
        now, limit, queue = self._seconds(), within.total_seconds(), self._queues[terms.name, lane]
        wish = Wish(terms, lane, cost, now, now + limit)
        rest = self._stores[terms.name].rests_until - now
        if cost > wish.dearest or max(rest, queue.expected_wait(now)) > limit:
            return False
        try:
            async with queue.at_its_head(limit):
                return await self._wait_for_turn(wish, queue)
        except TimeoutError:
            return False

    async def hold_back(self, store: StoreName, *, retry_after: timedelta | None) -> None:
        """See the port."""
        rest = min(UNSAID_REST if retry_after is None else retry_after, LONGEST_REST)
        self._stores[store].refused(self._seconds(), rest.total_seconds())
        try:
            await self._scripts.run(HOLD_BACK, [_name(store)], [microseconds(rest)])
        except CacheUnavailable:
            self._untold.add(store)

    async def _wait_for_turn(self, wish: Wish, queue: Queue) -> bool:
        try:
            while (wait := await self._look(wish, queue)) > AT_ONCE:
                if self._seconds() + wait > wish.until:
                    return False
                await asyncio.sleep(min(max(wait, BRIEFEST), ASK_AGAIN.total_seconds()))
            return True
        finally:
            if queue.expected and queue.waiting == 1:  # whoever is behind us comes in our place
                self._leave(wish, queue)

    async def _look(self, wish: Wish, queue: Queue) -> float:
        """Take a turn if there is one; otherwise the seconds until there may be."""
        now = self._seconds()
        lease = self._seat.lease_in_use() if wish.can_be_leased else None
        if lease is not None:
            return self._take_leased(lease, wish, queue, now)
        try:
            wait = await self._ask(wish, queue, now)
        except CacheUnavailable:
            queue.silent_since = queue.silent_since or now
            return self._without_answer(wish, now, queue.silent_since)
        queue.silent_since = None
        return wait

    async def _ask(self, wish: Wish, queue: Queue, now: float) -> float:
        waited, left = round((now - wish.since) * SECOND), max(0, round((wish.until - now) * SECOND))
        lost, queue.question = queue.lost, queue.question + 1
        queue.lost = queue.question  # until we know better
        said = await self._scripts.run(
            TAKE,
            [_name(wish.terms.name), SEATS],
            [
                *(self._me, wish.lane_number, wish.spacing, wish.cost, waited, queue.waiting, left),
                *(int(wish.can_be_leased), self._seat.seats, wish.dearest, queue.question, lost, *wish.rules),
            ],
        )
        verdict, wait, each, elsewhere, thousandths = map(int, said)
        heard = self._seconds()
        self._stores[wish.terms.name].pace = thousandths / 1000
        queue.heard(heard + wait / SECOND, each / SECOND, elsewhere)
        queue.expected = verdict == COME_BACK
        if verdict == A_TURN and heard - now > ANSWERS_WITHIN:
            return BRIEFEST  # too late: we come back for another one
        queue.lost = 0
        if verdict == A_TURN:
            return AT_ONCE
        return wait / SECOND if queue.expected else IN_VAIN

    def _take_leased(self, lease: Lease, wish: Wish, queue: Queue, now: float) -> float:
        store, above = self._stores[wish.terms.name], LANES[: wish.lane_number - 1]
        if store.rests_until > now:
            return store.rests_until - now
        after_you = any(self._queues[wish.terms.name, lane].waiting for lane in above)
        wait = store.take_moment(lease, wish, now, after_you=after_you)
        queue.expected = False
        if wait < IN_VAIN:
            queue.heard(now + wait, store.cycle(lease, wish.spacing) / SECOND, 0)
        return wait

    def _without_answer(self, wish: Wish, now: float, silent_since: float) -> float:
        lease = self._seat.lease() if wish.can_be_leased else None
        if lease is not None:
            soon = self._stores[wish.terms.name].seconds_to_lease(lease, wish, now)
            if now + soon <= wish.until:
                return PAUSE.total_seconds()
        return PAUSE.total_seconds() if now - silent_since < PATIENCE.total_seconds() else IN_VAIN

    def _leave(self, wish: Wish, queue: Queue) -> None:
        queue.expected = False
        leaving = asyncio.create_task(self._tell_that_we_left(wish))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _tell_that_we_left(self, wish: Wish) -> None:
        with suppress(CacheUnavailable):  # nobody is waited for longer than a moment anyway
            await self._scripts.run(LEAVE, [_name(wish.terms.name)], [self._me, wish.lane_number])

    async def _tell_refusals(self) -> None:
        while self._untold:
            store = self._untold.pop()
            left = self._stores[store].rests_until - self._seconds()
            await self.hold_back(store, retry_after=timedelta(seconds=max(0.0, left)))
            if store in self._untold:
                return


def _name(store: StoreName) -> str:
    return f"turns:{store}"
