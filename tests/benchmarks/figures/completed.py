"""Completed orders a second: the process from its start to its end, beside processes that do nothing."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid4

from application.orders.place_order import OrderRequest
from domain.requests.idempotency import RequestKey
from domain.shared.address import PostalAddress
from domain.shared.ids import OrderId
from tests.benchmarks.ceilings.empty import run_empty
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.load.tasks import all_done
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import TITLES, ebook, paper
from tests.benchmarks.stand.people import ADDRESS, Reader, fill_carts
from workflows.checkout.contracts import workflow_id
from workflows.checkout.workflow import CheckoutWorkflow

AT_ONCE: Final = 32  # orders on their way at a time, as many as one API process lets wait
WARM_UP: Final = 16  # workflows of each kind that do not count
_CEILING: Final = "empty workflows"
_HOW: Final = (
    f"{AT_ONCE} orders on their way at a time, already accepted, each from the start of its process until"
    " Temporal says that it has ended. Everything runs; the relay publishes their events meanwhile."
    " Ceiling: workflows that do nothing, started and awaited in the same way on the same server, by one"
    " worker process set as ours."
)


class NotCompleted(Exception):
    """An order came to another end; the message says which."""


async def ebooks(bench: Bench) -> list[Figure]:
    """Authorised, confirmed, captured, delivered at once, and a letter."""
    return await _completed(
        bench,
        "Completed orders, e-books",
        ebook,
        f"{_HOW} An e-book is authorised, confirmed, captured and delivered, and a letter is sent.",
        (Target(Measure.RATIO, 0.40),),
    )


async def papers(bench: Bench) -> list[Figure]:
    """The same with a parcel."""
    return await _completed(
        bench,
        "Completed orders, parcels",
        paper,
        "The same with paperbacks, which are also booked with the carrier, dispatched and delivered; the"
        " sandbox carrier does so without delay and tells by webhook. Two letters are sent.",
    )


async def _completed(
    bench: Bench,
    name: str,
    book: Callable[[int], UUID],
    how: str,
    targets: tuple[Target, ...] = (),
) -> list[Figure]:
    for warm_up in (_ours(bench, book, WARM_UP), _theirs(bench, WARM_UP)):
        await warm_up
    number = bench.plan.workflows
    ours, ceiling = await bench.beside(lambda: _ours(bench, book, number), lambda: _theirs(bench, number))
    return [
        Figure(
            name=name,
            unit="orders/s",
            ours=ours,
            ceiling=ceiling,
            ceiling_name=_CEILING,
            how=how,
            targets=targets,
        )
    ]


async def _ours(bench: Bench, book: Callable[[int], UUID], number: int) -> Run:
    readers = bench.readers[:number]
    await fill_carts(bench.container, readers, (book(1 + n % TITLES) for n in range(len(readers))))
    bench.stack.freeze("relay")  # it would start them before we do
    try:
        orders = [await _placed(bench, reader) for reader in readers]
    finally:
        bench.stack.thaw("relay")
    return await all_done([partial(_to_the_end, bench, order) for order in orders], at_once=AT_ONCE)


async def _theirs(bench: Bench, number: int) -> Run:
    client = await bench.container.adapters.temporal().client()
    return await all_done([partial(run_empty, client)] * number, at_once=AT_ONCE)


async def _placed(bench: Bench, reader: Reader) -> OrderId:
    key = str(uuid4())
    wish = OrderRequest(
        request=RequestKey(reader.user_id, "POST /v1/checkout", key),
        fingerprint=sha256(key.encode()).digest(),
        address=PostalAddress(**ADDRESS),
        payment_token="tok_ok",
        shipping_method=None,
        coupon=None,
        quote_id=None,
    )
    return OrderId((await bench.container.use_cases.place_order()(wish)).order_id)


async def _to_the_end(bench: Bench, order: OrderId) -> None:
    box = bench.container.adapters
    await box.order_processes().start_checkout(order)
    client = await box.temporal().client()
    result = await client.get_workflow_handle_for(CheckoutWorkflow.run, workflow_id(order)).result()
    if result.status != "completed":
        raise NotCompleted(f"{result.status}: {result.reason}")
