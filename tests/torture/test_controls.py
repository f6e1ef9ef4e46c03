"""A judge who never says "guilty" proves nothing: four shops, each with one rule broken, are found out."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from entrypoints.container import Container, opened
from entrypoints.http.app import create_app
from entrypoints.settings import Settings
from entrypoints.stack.places import free_port
from entrypoints.stack.program import launch, wait_until
from entrypoints.stack.temporal import TemporalServer
from entrypoints.worker.main import build_worker
from tests.http.conftest import asking, running
from tests.shop import PATIENCE, Shop, environment_of, living
from tests.torture import sabotage
from tests.torture.driver import Driver
from tests.torture.purchases import NOWHERE, Purchase
from tests.torture.record import Record
from tests.torture.stage import add_book, open_accounts
from tests.torture.verdict import Verdict, judge

RUSH = 5  # buyers of a last copy

pytestmark = [pytest.mark.torture, pytest.mark.timeout(120)]


@dataclass(frozen=True)
class Sentence:
    """What the judge says, and the checks of the audit that name one of these orders or books."""

    verdict: Verdict
    red: set[str]
    sold: int


@pytest.fixture(scope="module")
async def world(
    make_shop_database: Callable[[], str],
    redis_url: str,
    stack_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Shop]:
    """An outside world and an engine for these trials alone."""
    temporal = TemporalServer(port=free_port(), ui_port=free_port())
    process = launch(temporal.program(), stack_home / "trials.log")
    try:
        wait_until(temporal.ready, process, PATIENCE)
        environment = environment_of(
            tmp_path_factory.mktemp("trials"),
            database_url=make_shop_database(),
            redis_url=redis_url,
            temporal_address=temporal.address,
        )
        async with living(environment) as shop:
            await shop.stop_working()  # each trial brings a worker of its own
            yield shop
    finally:
        process.stop()


async def trial(world: Shop, folder: Path, *changes: Callable[[Container], None]) -> Sentence:
    """Readers rush for a last copy, one lives nowhere, one reads on a screen; then all is judged."""
    settings = Settings.load(world.environment)
    with psycopg.connect(settings.database.url) as connection:
        last, plenty, ebook = (add_book(connection, copies) for copies in (1, 9, None))
    buyers = await open_accounts(world.container, RUSH + 2)
    async with opened(Container(settings=settings)) as box:
        for change in changes:
            change(box)
        worker = build_worker(await box.adapters.temporal().client(), box)
        app = create_app(container=box)
        async with worker, running(app), asking(app) as door:
            driver = Driver(door, folder / "history.jsonl", RUSH)
            records = await driver.drive(_purchases(last, plenty, ebook), buyers)
            await _ends(world, records)
    orders = [str(record.order_id) for record in records if record.acknowledged]
    ledger = [line for order in orders for line in await world.payments.ledger(order)]
    parcels = [move for order in orders for move in await world.carrier.ledger(order)]
    printed = {str(last): 1, str(plenty): 9}
    report = await world.container.use_cases.audit_shop()()
    ours = {*printed, *orders}
    return Sentence(
        judge(records, printed, ledger, parcels, settings.database.url),
        {c.check.name for c in report.checks for finding in c.findings if finding.subject in ours},
        sum(record.acknowledged for record in records[:RUSH]),
    )


def _purchases(last: UUID, plenty: UUID, ebook: UUID) -> list[Purchase]:
    return [
        *(Purchase(number=number, books={last: 1}, token="tok_ok") for number in range(RUSH)),
        Purchase(number=RUSH, books={plenty: 2}, token="tok_ok", postal_code=NOWHERE),
        Purchase(number=RUSH + 1, books={ebook: 1}, token="tok_ok"),
    ]


async def _ends(world: Shop, records: list[Record]) -> None:
    """Wait until every order that there is has come to its end."""
    with psycopg.connect(world.environment["OCTAVO_DATABASE_URL"]) as connection:
        orders = {str(row[0]) for row in connection.execute("SELECT id FROM orders").fetchall()}
    for record in records:
        if record.order_id in orders:
            await world.ended(str(record.order_id))


async def test_an_honest_shop_is_found_clean(world: Shop, tmp_path: Path) -> None:
    sentence = await trial(world, tmp_path, sabotage.a_worker_dies_after_each_authorisation)
    assert sentence == Sentence(Verdict(), set(), sold=1)


async def test_a_new_payment_key_for_each_try_is_found_out(world: Shop, tmp_path: Path) -> None:
    sentence = await trial(
        world, tmp_path, sabotage.random_payment_key, sabotage.a_worker_dies_after_each_authorisation
    )
    assert len(sentence.verdict.doubled) == 3
    assert "provider-charged-once" in sentence.red


async def test_an_answer_before_the_commit_is_found_out(world: Shop, tmp_path: Path) -> None:
    sentence = await trial(world, tmp_path, sabotage.answer_before_commit)
    assert len(sentence.verdict.lost) == RUSH + 2


async def test_a_skipped_compensation_is_found_out(world: Shop, tmp_path: Path) -> None:
    sentence = await trial(world, tmp_path, sabotage.no_compensation)
    assert len(sentence.verdict.kept) == 1
    assert {"provider-let-go", "payment-agrees-with-ledger"} <= sentence.red


async def test_copies_held_without_looking_are_found_out(world: Shop, tmp_path: Path) -> None:
    sentence = await trial(world, tmp_path, sabotage.no_stock_predicate)
    assert sentence.sold == RUSH
    assert len(sentence.verdict.oversold) == 1
    assert "never-oversold" in sentence.red
