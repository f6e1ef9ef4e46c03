"""Hundreds of checkouts while everything that can be killed is killed: nothing is lost, doubled or stuck."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest
from temporalio.client import Client

from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from tests.torture.driver import Buyer, Driver
from tests.torture.house import House
from tests.torture.nemesis import Nemesis
from tests.torture.purchases import draw
from tests.torture.record import Record
from tests.torture.stage import fill_shelf, open_accounts, put_out_coupon
from tests.torture.verdict import judge

SEED = int(os.environ.get("OCTAVO_TORTURE_SEED", "0")) or int(time.time())
CHECKOUTS = int(os.environ.get("OCTAVO_TORTURE_CHECKOUTS", "220"))
KILLS = int(os.environ.get("OCTAVO_TORTURE_KILLS", "14"))  # each victim twice
KEEP = os.environ.get("OCTAVO_TORTURE_KEEP")  # a folder for logs, answers and histories of the run
COUPONS = 10  # fewer than are wanted
BUYERS_AT_ONCE = 12
QUIET_WITHIN = 60.0  # seconds after the storm; whatever is still open then is stuck
# Parcels that leave after a second can still be called off; they arrive at once.
SETTINGS = {"OCTAVO_CARRIER_DISPATCH_SECONDS": "1", "OCTAVO_CARRIER_DELIVERY_SECONDS": "0"}
_UNFINISHED = "ExecutionStatus = 'Running' AND WorkflowType != 'Refresh'"

pytestmark = [pytest.mark.torture, pytest.mark.timeout(300)]


@dataclass
class Storm:
    """A shop that is being tortured."""

    house: House
    settings: Settings
    shop: Container

    async def is_quiet(self) -> bool:
        """Nothing is open any more: no order, no event, no process."""
        with psycopg.connect(self.settings.database.url) as connection:
            row = connection.execute(
                "SELECT (SELECT count(*) FROM orders WHERE status IN ('pending', 'confirmed')),"
                " (SELECT count(*) FROM outbox WHERE published_at IS NULL)"
            ).fetchone()
        return row == (0, 0) and await self.open_processes() == 0

    async def open_processes(self) -> int:
        """Orders and refunds whose processes have not ended; the refreshing of prices never ends."""
        client: Client = await self.shop.adapters.temporal().client()
        return (await client.count_workflows(_UNFINISHED)).count

    async def calm_down(self) -> float:
        """Wait for quiet, as long as is fair; returns how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < QUIET_WITHIN and not await self.is_quiet():  # noqa: ASYNC110 - other processes work
            await asyncio.sleep(0.5)
        return time.monotonic() - began

    async def ledger(self, of: str) -> list[dict[str, object]]:
        """The provider's own, or the carrier's."""
        async with httpx.AsyncClient(timeout=20) as http:
            items: list[dict[str, object]] = (await http.get(f"{of}/ledger")).json()["items"]
        return items


@pytest.fixture
async def storm(tmp_path_factory: pytest.TempPathFactory, stack_home: Path) -> AsyncIterator[Storm]:
    """The whole shop as `octavo up` starts it."""
    home = stack_home / "storm"
    home.mkdir(mode=0o755)
    house = House(home, **SETTINGS)
    try:
        settings = await house.opened()
        async with opened(Container(settings=settings)) as shop:
            yield Storm(house, settings, shop)
    finally:
        house.close()
        if KEEP:
            shutil.copytree(
                home, KEEP, dirs_exist_ok=True, ignore=shutil.ignore_patterns("postgres*", "*.sock")
            )


async def test_nothing_is_lost_doubled_oversold_leaked_or_stuck_while_everything_is_killed(
    storm: Storm, capsys: pytest.CaptureFixture[str]
) -> None:
    database_url = storm.settings.database.url
    shelf = fill_shelf(database_url)
    await put_out_coupon(storm.shop, COUPONS)
    buyers = await open_accounts(storm.shop, CHECKOUTS)
    purchases = draw(SEED, CHECKOUTS, shelf)
    nemesis = Nemesis(storm.house, SEED)
    began = time.monotonic()
    async with httpx.AsyncClient(base_url=storm.settings.http.local_url, timeout=10) as http:
        driver = Driver(http, storm.house.home / "history.jsonl", BUYERS_AT_ONCE)
        raging = asyncio.create_task(nemesis.rage(KILLS))
        records = await driver.drive(purchases, buyers)
        await raging
        lasted = time.monotonic() - began
        calm = await storm.calm_down()
        changed = await _answers_that_changed(driver, records, buyers)
    verdict = judge(
        records,
        {str(book): copies for book, copies in shelf.printed.items()},
        await storm.ledger(storm.settings.payments.url),
        await storm.ledger(storm.settings.carrier.url),
        database_url,
    )
    found = await asyncio.to_thread(storm.house.audit)
    acknowledged = sum(record.acknowledged for record in records)
    with capsys.disabled():
        print(  # noqa: T201 - the figures are what this test is for
            f"\nstorm of seed {SEED}: {len(records)} checkouts, {acknowledged} acknowledged, "
            f"{sum(record.refused for record in records)} refused, in {lasted:.0f} s with "
            f"{len(nemesis.kills)} kills ({', '.join(nemesis.kills)}); quiet after {calm:.0f} s\n"
            f"  {verdict.counts()}; audit: {len(found)} findings"
        )
    assert verdict.clean, verdict
    assert changed == []
    assert found == []
    assert await storm.open_processes() == 0
    assert acknowledged >= CHECKOUTS // 2, "most readers found the shop open"


async def _answers_that_changed(
    driver: Driver, records: Sequence[Record], buyers: Sequence[Buyer]
) -> list[str]:
    """The same request again gets the same answer, byte for byte, whatever was killed in between."""
    changed = []
    for record, buyer in zip(records, buyers, strict=True):
        if not record.acknowledged:
            continue
        again = await driver.ask_again(record, buyer)
        if again != record.tries[-1]:
            changed.append(f"{record.purchase.key}: {record.tries[-1]} became {again}")
    return changed
