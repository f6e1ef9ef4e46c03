"""Ten thousand readers who wait for a price: their watches written down, and what their processes hold."""

import asyncio
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import uuid4

import psycopg
from temporalio.client import Client

from adapters.postgres.outbox import write_events
from application.watches.begin_watch import WatchWish
from application.watches.views import WatchView
from domain.prices.events import PriceChanged, edition_id
from domain.prices.offer import Condition
from domain.requests.idempotency import Answer, RequestKey
from domain.shared.edition_format import Format
from domain.shared.ids import WatchId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.ports import Particulars
from domain.watches.terms import Terms
from tests.benchmarks.figures.completed import NotCompleted
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import all_done
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.people import AT_ONCE
from tests.benchmarks.stand.tracked import isbn_of
from workflows.watch.contracts import workflow_id

FIRST: Final = 70_000_000  # numbers of their books, of which nobody knows a price
TARGET: Final = Money(1_500, "USD")
LASTS: Final = timedelta(days=90)  # as without a word about it
PATIENCE: Final = 3_600.0  # seconds: ten thousand processes begin at the pace of the engine
SOON: Final = 60.0  # seconds
LOOK_EVERY: Final = 0.5
SETTLED: Final = 5.0  # in which no history grew: all have looked
LOOK_CLOSELY: Final = 0.002
SAMPLE: Final = 100  # processes whose histories are looked at
_WAITING: Final = "WorkflowType = 'Watch' AND ExecutionStatus = 'Running' AND OrderStatus = 'active'"
_FIRED: Final = "SELECT fired_at IS NOT NULL FROM watches WHERE id = %s"


async def begin(bench: Bench, number: int) -> tuple[list[WatchId], Run]:
    """One watch for each of so many books, as readers begin them; the times are those of writing it down."""
    begun: list[WatchId] = []
    use = bench.container.use_cases.begin_watch()

    async def one(place: int) -> None:
        reader = bench.readers[place % len(bench.readers)]
        wish = WatchWish(
            request=RequestKey(reader.user_id, "POST /v1/watches", str(uuid4())),
            fingerprint=b"",
            isbn=isbn_of(FIRST + place),
            terms=_terms,
            particulars=Particulars(),
        )
        begun.append((await use(wish, _answer)).watch_id)

    run = await all_done([partial(one, place) for place in range(number)], at_once=AT_ONCE)
    return begun, run


async def until_all_wait(bench: Bench, begun: Sequence[WatchId]) -> float:
    """Each has a process, and no history grows any more: the moment (seconds) at which the last one did."""
    client: Client = await bench.container.adapters.temporal().client()
    until = time.monotonic() + PATIENCE
    known, moment = None, time.perf_counter()
    while time.perf_counter() < moment + SETTLED:
        left = await _left(bench, client, len(begun))
        if time.monotonic() > until:
            raise NotCompleted(f"{left} of {len(begun)} watches do not wait, or some do not end looking.")
        seen = None if left else await histories(bench, begun)
        if seen is None or seen != known:
            known, moment = seen, time.perf_counter()
        await asyncio.sleep(LOOK_EVERY)
    return moment


async def histories(bench: Bench, begun: Sequence[WatchId]) -> tuple[float, float]:
    """Events and bytes of a process's history, in the mean of some, early and late ones."""
    client: Client = await bench.container.adapters.temporal().client()
    events = size = looked_at = 0
    for watch_id in begun[:: max(len(begun) // SAMPLE, 1)]:
        described = await client.get_workflow_handle(workflow_id(watch_id)).describe()
        info = described.raw_description.workflow_execution_info
        events, size = events + info.history_length, size + info.history_size_bytes
        looked_at += 1
    return events / looked_at, size / looked_at


async def _left(bench: Bench, client: Client, number: int) -> int:
    """Watches without a process, and what the relay has not told yet."""
    waiting = (await client.count_workflows(_WAITING)).count
    untold, _ = await bench.container.adapters.outbox().backlog()
    return number - waiting + untold


async def price_comes(bench: Bench, place: int, watch_id: WatchId) -> None:
    """A store asks less: returns when that watch has looked."""
    isbn, box = isbn_of(FIRST + place), bench.container.adapters
    async with box.database().transaction() as connection:
        await write_events(connection, [_price(isbn, box.clock().now())])
    with psycopg.connect(bench.stack.settings.database.url, autocommit=True) as looking:
        until = time.monotonic() + SOON
        while looking.execute(_FIRED, (watch_id,)).fetchone() != (True,):
            if time.monotonic() > until:
                raise NotCompleted(f"Nobody woke watch {watch_id}.")
            await asyncio.sleep(LOOK_CLOSELY)


def place_of(isbn: Isbn) -> int:
    """Which of them waits for that book."""
    return int(isbn.value[4:12]) - FIRST


def _terms(now: datetime) -> Terms:
    return Terms(
        formats=frozenset({Format.PAPERBACK}),
        conditions=frozenset({Condition.NEW.value}),
        target=TARGET,
        until=now + LASTS,
    )


def _answer(_view: WatchView) -> Answer:
    return Answer(201, b"{}")


def _price(isbn: Isbn, now: datetime) -> PriceChanged:
    return PriceChanged(
        aggregate_id=edition_id(isbn),
        occurred_at=now,
        isbn=isbn.value,
        format=Format.PAPERBACK,
        condition=Condition.NEW,
        currency=TARGET.currency,
        before=None,
        after=Money(TARGET.amount - 100, TARGET.currency),
    )
