"""Who is woken by what, and what a watch hears when it begins."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from application.outbox.ports import WaitingEvent
from application.watches import wake_watches
from application.watches.begin_watch import BeginWatch, WatchWish
from application.watches.wake_watches import OVERLAP, WakeBuyer, WakeLookedAt, WakeWatches
from domain.prices.records import first
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.ids import WatchId
from domain.watches.watch import Watch
from tests.builders import NOON, READER
from tests.fakes.time import CountingIds
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork
from tests.price_builders import told
from tests.watching import EMMA_ISBN, buying, low, minutes, particulars, price, terms, usd, watch


class Woken:
    """The `WatchProcesses` port."""

    def __init__(self) -> None:
        self.ids: list[WatchId] = []

    async def wake(self, watch_ids: Sequence[WatchId]) -> None:
        self.ids += watch_ids


class Noon:
    def now(self) -> datetime:
        return NOON


class Nowhere:
    """The `ReadersServers` port, of readers who name none."""

    def require_allowed(self, url: str) -> None:
        raise AssertionError(url)

    async def post(self, url: str, body: bytes, *, key: str, signature: str) -> bool:
        raise AssertionError(url)


def _wish() -> WatchWish:
    return WatchWish(
        request=RequestKey(READER, "POST /v1/watches", "once"),
        fingerprint=b"body",
        isbn=EMMA_ISBN,
        terms=lambda _: terms(),
        particulars=particulars(),
    )


async def shop_with(*watches: Watch) -> tuple[InMemoryUnitOfWork, InMemoryWork, Woken]:
    work = InMemoryWork()
    for each in watches:
        await work.watches.add(each, None)  # type: ignore[arg-type] # nobody opens it here
    return InMemoryUnitOfWork(work), work, Woken()


def event(name: str, of: Watch, **payload: object) -> WaitingEvent:
    return WaitingEvent(1, name, of.id, {"isbn": EMMA_ISBN.value, **payload}, NOON)


def price_changed(of: Watch, cents: int | None, minute: int = 0) -> WaitingEvent:
    after = None if cents is None else {"amount": cents, "currency": "USD"}
    payload = {
        "isbn": EMMA_ISBN.value,
        "format": "paperback",
        "condition": "new",
        "currency": "USD",
        "after": after,
    }
    return WaitingEvent(1, "price_changed", of.id, payload, minutes(minute))


async def test_a_price_wakes_whom_it_concerns_and_is_known_before() -> None:
    ready, patient = watch(), watch(terms(buying(), target=1_000), number=2)
    unit_of_work, work, woken = await shop_with(ready, patient)
    wake = WakeWatches(unit_of_work, work.watches, woken, Noon())
    assert await wake(price_changed(ready, 1_400))
    assert woken.ids == [ready.id]
    assert await work.watches.lows(EMMA_ISBN) == [low(1_400)]
    assert await wake(price_changed(ready, None, 1))
    assert woken.ids == [ready.id]
    assert await work.watches.lows(EMMA_ISBN) == [low(None, minutes(1))]


async def test_a_price_of_many_watches_wakes_every_one_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_watches, "PAGE", 3)
    many = [watch(number=number) for number in range(1, 8)]
    unit_of_work, work, woken = await shop_with(*many)
    await WakeWatches(unit_of_work, work.watches, woken, Noon())(price_changed(many[0], 1_400))
    assert woken.ids == [each.id for each in many]


async def test_a_watch_that_begins_hears_what_is_remembered_and_forgets_what_is_not() -> None:
    it = watch()
    unit_of_work, work, woken = await shop_with(it)
    long_ago = NOON - timedelta(days=90)
    await work.watches.hear(low(900, long_ago))  # of a watch that ended since
    await work.watches.hear(low(800, long_ago, condition="good"))
    await work.prices.save([first(told(EMMA_ISBN, 1_700))])
    assert await WakeLookedAt(unit_of_work, woken)(event("watch_begun", it))
    heard = {one.condition: one for one in await work.watches.lows(EMMA_ISBN)}
    assert heard == {"good": low(None, NOON - OVERLAP, condition="good"), "new": low(1_700, NOON - OVERLAP)}
    assert woken.ids == [it.id]


async def test_a_watch_tells_from_its_first_moment_on_what_is_remembered_of_the_price() -> None:
    unit_of_work, work, woken = await shop_with()
    await work.prices.save([first(told(EMMA_ISBN, 1_700))])
    begin = BeginWatch(unit_of_work, work.requests, Noon(), CountingIds(), Nowhere())
    said = await begin(_wish(), lambda view: Answer(201, view.why.encode()))
    dearer = b"The lowest price known is 17.00 USD, 2.00 USD more than what you wait for."
    assert said.answer.body == dearer
    assert (await work.watches.one(said.watch_id, READER, NOON)).why.encode() == dearer
    # What was changed while it was written down is read again, and is the later word.
    await work.prices.save([first(told(EMMA_ISBN, 1_600))])
    (it,) = work.watches.every()
    await WakeLookedAt(unit_of_work, woken)(event("watch_begun", it))
    assert [one.price for one in await work.watches.lows(EMMA_ISBN)] == [usd(1_600)]


async def test_what_was_heard_a_moment_ago_is_not_forgotten() -> None:
    it = watch()
    unit_of_work, work, woken = await shop_with(it)
    await work.watches.hear(low(1_400))
    await WakeLookedAt(unit_of_work, woken)(event("watch_changed", it))
    assert await work.watches.lows(EMMA_ISBN) == [low(1_400)]


async def test_the_end_of_a_purchase_wakes_the_watch_that_began_it_and_nobody_else() -> None:
    it = watch()
    assert it.look(price(1_400), NOON)
    _, work, woken = await shop_with(it)
    wake = WakeBuyer(work.watches, woken)
    for purchase in (it.purchase_id, it.id):
        assert await wake(WaitingEvent(1, "purchase_ended", purchase, {}, NOON))
    assert woken.ids == [it.id]
    assert it.threshold == usd(1_500)
