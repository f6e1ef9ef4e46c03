"""A reader begins to wait for a price."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from application.shared.unit_of_work import UnitOfWork
from application.watches.new_watch import lows_before, write_down
from application.watches.ports import ReadersServers
from application.watches.views import WatchView
from domain.requests.idempotency import Answer, RequestInProgress, RequestKey, Requests
from domain.shared.clock import Clock
from domain.shared.errors import InvalidInput
from domain.shared.ids import IdSource, WatchId
from domain.shared.isbn import Isbn
from domain.watches.lows import Low
from domain.watches.ports import Particulars
from domain.watches.terms import Terms
from domain.watches.watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWish:
    """What the reader sent. `fingerprint` is a digest of the body: the same key must mean the same.
    `terms` are made at the moment it begins.
    """

    request: RequestKey
    fingerprint: bytes
    isbn: Isbn
    terms: Callable[[datetime], Terms]
    particulars: Particulars


@dataclass(frozen=True, slots=True)
class Begun:
    """The watch and the answer to the request; `replayed` says it was given before."""

    watch_id: WatchId
    answer: Answer
    replayed: bool = False


class BeginWatch:
    """A signed-in reader names a book, the price to wait for and until when. The shop tells as soon as a
    store asks that or less, or buys: so many copies, each for no more than that, all for no more than the
    budget. A veto window has the reader told before, with time to say no. The answer tells the prices that
    are remembered.

    The same request again finds the first one's watch, never a second.
    """

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        requests: Requests,
        clock: Clock,
        ids: IdSource,
        servers: ReadersServers,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._requests = requests
        self._clock = clock
        self._ids = ids
        self._servers = servers

    async def __call__(self, wish: WatchWish, answer: Callable[[WatchView], Answer]) -> Begun:
        """Raises `InvalidInput`, `TooManyWatches`, `KeyReused`."""
        seen = await self._seen_before(wish)
        if seen is not None:
            return seen
        watch = self._watch(wish, self._clock.now())
        async with self._unit_of_work() as work:
            lows = await lows_before(work, watch)
            said = answer(_view(watch, lows))
            taken = await work.requests.remember(
                wish.request,
                fingerprint=wish.fingerprint,
                subject_id=watch.id,
                busy_until=watch.begun_at,
                at=watch.begun_at,
                answer=said,
            )
            if taken:
                await write_down(work, watch, wish.particulars, lows)
                return Begun(watch.id, said)
        twin = await self._seen_before(wish)
        if twin is None:
            raise RequestInProgress("This request is still being worked on; ask again.", retry_after=1)
        return twin

    async def _seen_before(self, wish: WatchWish) -> Begun | None:
        known = await self._requests.recall(wish.request)
        if known is None:
            return None
        known.require_same(wish.fingerprint)
        return Begun(WatchId(known.subject_id), known.answer, replayed=True) if known.answer else None

    def _watch(self, wish: WatchWish, now: datetime) -> Watch:
        private, terms = wish.particulars, wish.terms(now)
        if terms.buying is not None and (private.address is None or private.payment_token is None):
            raise InvalidInput("payment_info", "A watch that buys needs a payment and an address.")
        if private.webhook is not None:
            self._servers.require_allowed(private.webhook.url)
        watch = Watch(
            id=WatchId(self._ids.new()),
            user_id=wish.request.user_id,
            isbn=wish.isbn,
            terms=terms,
            begun_at=now,
        )
        watch.begin()
        return watch


def _view(watch: Watch, lows: Iterable[Low]) -> WatchView:
    mine = [low for low in watch.terms.mine(lows) if low.price is not None]
    return WatchView(
        watch=watch,
        at=watch.begun_at,
        lows=sorted(mine, key=lambda low: low.price.amount if low.price else 0),
    )
