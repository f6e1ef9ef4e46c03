"""What an outage left behind is listed by one command, and goes on by the same."""

import asyncio
import json
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from entrypoints.cli.main import octavo
from tests.shop import Shop, eventually
from workflows.shared import steps


async def parked(shop: Shop, *options: str) -> Result:
    """`octavo parked` as an operator types it."""
    return await asyncio.to_thread(
        CliRunner().invoke, octavo, ["parked", *options], env=dict(shop.environment)
    )


async def listed(shop: Shop) -> dict[str, str]:
    """What is parked, and why; Temporal's list may lag a moment behind."""
    answer = await parked(shop, "--json")
    assert answer.exit_code in {0, 1}, answer.output
    found = json.loads(answer.stdout)["parked"]
    assert answer.exit_code == bool(found)
    return {process["process_id"]: process["trouble"] for process in found}


async def all_of(shop: Shop, expected: set[str]) -> dict[str, str] | None:
    found = await listed(shop)
    return found if expected <= found.keys() else None


async def nothing(shop: Shop) -> str | None:
    answer = await parked(shop)
    return answer.output if answer.exit_code == 0 else None


async def test_everything_that_an_outage_parked_goes_on_at_one_word(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps.Steps._for_long, "__defaults__", (timedelta(seconds=1),))  # its patience
    await shop.payments.misbehave("capture", "error_before", times=1_000)
    reader, book = await shop.reader(), shop.shelf.put(format="ebook")
    bought = [(await shop.buy(reader, book)).json()["order_id"] for _ in range(3)]
    expected = {f"order-{order_id}" for order_id in bought}
    found = await eventually(lambda: all_of(shop, expected))
    assert all("taking the payment did not succeed" in why for why in found.values())
    await shop.payments.behave()
    assert (await parked(shop, "--retry")).exit_code == 0
    for order_id in bought:
        assert (await shop.ended(order_id))["status"] == "completed"
    assert await eventually(lambda: nothing(shop)) == "0 parked.\n"


async def test_an_engine_that_is_away_is_told_by_an_exit_code(shop: Shop) -> None:
    nowhere = dict(shop.environment) | {"OCTAVO_TEMPORAL_ADDRESS": "127.0.0.1:1"}
    answer = await asyncio.to_thread(CliRunner().invoke, octavo, ["parked"], env=nowhere)
    assert answer.exit_code == 2
    assert "could not look" in answer.output
