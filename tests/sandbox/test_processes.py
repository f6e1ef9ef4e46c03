"""The servers as processes: killed without warning they lose nothing they have answered."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from entrypoints.stack.places import free_port
from tests.sandbox.running import eventually

KEY = {"Authorization": "Bearer test-key"}
PATIENCE = 30.0  # seconds a Python process may take to start on a busy machine
MONEY = {"order_id": "o-1", "amount": 1299, "currency": "USD"}
PARCEL = {
    "order_id": "o-1",
    "weight_grams": 540,
    "method": "standard",
    "address": {"name": "A", "line1": "B", "city": "C", "postal_code": "62701", "country": "US"},
}


def environment(home: Path, port: int) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}"
    settings = {
        "OCTAVO_HOME": str(home),
        "OCTAVO_PAYMENTS_URL": url,
        "OCTAVO_PAYMENTS_API_KEY": "test-key",
        "OCTAVO_PAYMENTS_WEBHOOK_SECRET": "secret",
        "OCTAVO_CARRIER_URL": url,
        "OCTAVO_CARRIER_API_KEY": "test-key",
        "OCTAVO_CARRIER_WEBHOOK_SECRET": "secret",
        "OCTAVO_BOOKSTORES_URL": url,
        "OCTAVO_BOOKSTORES_API_KEY": "test-key",
        "OCTAVO_SEARCH_ENGINE": "postgres",
        "OCTAVO_CARRIER_DISPATCH_SECONDS": "3600",
        "OCTAVO_PUBLIC_URL": "http://127.0.0.1:1",
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
    return inherited | settings


@asynccontextmanager
async def process(part: str, home: Path, session: aiohttp.ClientSession) -> AsyncIterator[Any]:
    """The server `part` as it runs in the stack; gives the process and its address."""
    port = free_port()
    program = f"from entrypoints.sandbox.{part}.main import main; from entrypoints.settings import Settings; "
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        f"{program}main(Settings.load(secrets_required=False))",
        env=environment(home, port),
    )
    try:
        url = f"http://127.0.0.1:{port}"
        await ready(url, session)
        yield child, url
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def ready(url: str, session: aiohttp.ClientSession) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                async with session.get(f"{url}/health") as response:
                    if response.ok:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def ledger(url: str, session: aiohttp.ClientSession) -> list[dict[str, Any]]:
    async with session.get(f"{url}/ledger") as response:
        found: list[dict[str, Any]] = (await response.json())["items"]
        return found


async def test_a_killed_payment_provider_keeps_its_ledger_and_its_answers(tmp_path: Path) -> None:
    body, answered = MONEY | {"token": "tok_ok"}, []

    async def buy_until_it_dies(session: aiohttp.ClientSession, url: str) -> None:
        for number in range(10_000):
            headers = KEY | {"Idempotency-Key": f"key-{number}"}
            try:
                async with session.post(f"{url}/v1/authorisations", json=body, headers=headers) as response:
                    answered.append((f"key-{number}", response.status, await response.json()))
            except aiohttp.ClientError:
                return

    async with aiohttp.ClientSession() as session:
        async with process("payments", tmp_path, session) as (child, url):
            buyer = asyncio.create_task(buy_until_it_dies(session, url))
            await eventually(lambda: len(answered) >= 20)
            child.send_signal(signal.SIGKILL)
            await buyer
        async with process("payments", tmp_path, session) as (_, url):
            kept = {line["key"] for line in await ledger(url, session)}
            assert {key for key, _, _ in answered} <= kept
            key, status, first = answered[-1]
            headers = KEY | {"Idempotency-Key": key}
            async with session.post(f"{url}/v1/authorisations", json=body, headers=headers) as response:
                assert (response.status, await response.json()) == (status, first)
            assert len(await ledger(url, session)) == len(kept)


async def test_a_killed_carrier_keeps_its_parcels(tmp_path: Path) -> None:
    async with aiohttp.ClientSession(headers=KEY) as session:
        async with process("carrier", tmp_path, session) as (child, url):
            async with session.post(f"{url}/v1/parcels/key-1", json=PARCEL) as response:
                parcel = await response.json()
            child.send_signal(signal.SIGKILL)
            await child.wait()
        async with (
            process("carrier", tmp_path, session) as (_, url),
            session.get(f"{url}/v1/parcels/key-1") as response,
        ):
            assert await response.json() == parcel


@pytest.mark.parametrize("part", ["payments", "carrier", "bookstores"])
async def test_a_server_told_to_end_ends_in_order(tmp_path: Path, part: str) -> None:
    async with aiohttp.ClientSession() as session, process(part, tmp_path, session) as (child, _):
        child.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(child.wait(), PATIENCE) == 0


async def test_killed_bookstores_keep_their_orders(tmp_path: Path) -> None:
    isbn, key = "9780141439518", "purchase-1"
    async with aiohttp.ClientSession(headers=KEY) as session:
        async with process("bookstores", tmp_path, session) as (child, url):
            async with session.post(f"{url}/control/clock", json={"step": 29_900_000}):
                pass
            async with session.get(f"{url}/ledger/prices?isbn={isbn}") as response:
                offers = (await response.json())["items"]
            async with session.get(f"{url}/stores") as response:
                stores = (await response.json())["items"]
            desks = {store["name"] for store in stores if store["format"] == "json" and store["idempotent"]}
            offer = next(o for o in offers if o["store"] in desks and o["availability"] == "in_stock")
            order = {
                "offer_id": offer["offer_id"],
                "isbn13": isbn,
                "expected_total": {"amount": "1000000", "currency": offer["currency"]},
                "ship_to": PARCEL["address"],
            }
            desk = f"{url}/{offer['store']}/api/v2/orders?api_key=test-key"
            named = {"Idempotency-Key": key, "X-Api-Key": "test-key"}
            async with session.post(desk, json=order, headers=named) as response:
                receipt = await response.json()
            child.send_signal(signal.SIGKILL)
            await child.wait()
        async with (
            process("bookstores", tmp_path, session) as (_, url),
            session.get(f"{url}/ledger/orders?key={key}") as response,
        ):
            (kept,) = (await response.json())["items"]
            assert kept["order_id"] == receipt["order_id"]
