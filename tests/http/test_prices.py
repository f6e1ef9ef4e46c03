"""Prices of sixty stand-in bookstores compared over HTTP: real stores, real Valkey, real PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from application.prices.compare_prices import ComparePrices
from application.prices.price_question import PriceQuestion
from entrypoints.sandbox.bookstores import create_app
from entrypoints.sandbox.descriptions.describing import Listed, description
from tests.http.conftest import MakeApp, asking
from tests.sandbox.bookstores.conftest import isbn
from tests.sandbox.running import running

KEY = "key"


@pytest.fixture(scope="module")
async def fleet(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """The stores answer at once."""
    app = create_app(tmp_path_factory.mktemp("fleet") / "bookstores.db", KEY, 60, latency=0.0)
    headers = {"Authorization": f"Bearer {KEY}"}
    async with running(app) as url, httpx.AsyncClient(base_url=url, headers=headers) as client:
        yield client


@pytest.fixture(scope="module")
async def comparing(
    fleet: httpx.AsyncClient, make_app: MakeApp, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    """A shop that knows them."""
    folder: Path = tmp_path_factory.mktemp("stores")
    for store in msgspec.convert((await fleet.get("/stores")).json()["items"], list[Listed]):
        (folder / f"{store.name}.toml").write_text(description(store, str(fleet.base_url).rstrip("/")))
    async with make_app(OCTAVO_STORES=str(folder)) as app, asking(app) as client:
        yield client


async def compare(client: httpx.AsyncClient, number: int, **query: float) -> dict[str, Any]:
    answer = await client.get(f"/v1/books/{isbn(number)}/prices", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_every_store_has_a_part_or_a_reason_and_prices_are_the_stores_own(
    comparing: httpx.AsyncClient, fleet: httpx.AsyncClient
) -> None:
    page = await compare(comparing, 3, wait=5)
    assert len(page["stores"]) + len(page["missing"]) == 60
    best = page["best"]
    assert (best["condition"], best["landed"]["currency"]) == ("new", "USD")
    assert page["stores"]
    assert page["counts"]["answered"] >= 1  # now; what others told before is remembered
    truth = (await fleet.get("/ledger/prices", params={"isbn": isbn(3)})).json()["items"]
    assert best["offer_id"] in [offer["offer_id"] for offer in truth if offer["store"] == best["store"]]


async def test_quotes_come_as_events_and_who_comes_back_is_spared_them(comparing: httpx.AsyncClient) -> None:
    events = await listen(comparing, isbn(3))
    names = [name for name, _, _ in events]
    assert {"quote", "best", "final", "end"} <= set(names)
    assert names[-2:] == ["final", "end"]
    last = max(int(number) for _, number, _ in events if number)
    again = await listen(comparing, isbn(3), {"Last-Event-ID": str(last)})
    assert [name for name, _, _ in again].count("quote") <= 2
    assert next(data for name, _, data in again if name == "final")["best"] is not None


async def test_who_hangs_up_in_the_middle_is_not_talked_to_any_more(
    comparing: httpx.AsyncClient, fleet: httpx.AsyncClient
) -> None:
    await fleet.post("/control/weather", json={"slow": 1.0, "seconds": 30.0})
    hung_up, told = asyncio.Event(), list[Any]()

    async def receive() -> dict[str, Any]:
        if told:
            await hung_up.wait()
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401 - ASGI's
        told.append(message)
        if b"store_state" in message.get("body", b"") or b"still here" in message.get("body", b""):
            hung_up.set()

    scope = {"type": "http", "http_version": "1.1", "method": "GET", "path": f"/v1/books/{isbn(5)}/prices"}
    scope |= {
        "raw_path": scope["path"].encode(),
        "query_string": b"wait=10",
        "root_path": "",
        "scheme": "http",
    }
    scope |= {
        "headers": [(b"accept", b"text/event-stream")],
        "client": ("127.0.0.1", 1),
        "server": ("shop", 80),
    }
    try:
        async with asyncio.timeout(5):
            await app_of(comparing)(scope, receive, send)
    finally:
        await fleet.delete("/control/weather")
    assert hung_up.is_set()
    assert not any(b"event: final" in message.get("body", b"") for message in told)


async def test_who_joins_another_s_question_waits_no_longer_than_said(
    comparing: httpx.AsyncClient, fleet: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, compared = list[timedelta](), ComparePrices.__call__

    def noted(self: ComparePrices, question: PriceQuestion, *, within: timedelta) -> object:
        began.append(within)
        return compared(self, question, within=within)

    monkeypatch.setattr(ComparePrices, "__call__", noted)
    await fleet.post("/control/weather", json={"slow": 1.0, "seconds": 30.0})
    asked = asyncio.create_task(compare(comparing, 6, wait=0.6))
    while not began:  # noqa: ASYNC110 - what is waited for happens in the shop
        await asyncio.sleep(0.05)
    await app_of(comparing).dependencies["answers"].dependency().changed()  # anything may have
    try:
        await asyncio.gather(asked, compare(comparing, 6, wait=0.6))
    finally:
        await fleet.delete("/control/weather")
    assert len(began) == 2  # the first to come is not concerned
    assert began[1] < began[0] <= timedelta(seconds=0.6)


async def test_what_is_no_isbn_or_no_currency_is_told(comparing: httpx.AsyncClient) -> None:
    assert (await comparing.get("/v1/books/9780141439588/prices")).json()["code"] == "invalid_input"
    assert (await comparing.get(f"/v1/books/{isbn(1)}/prices?currency=XXX")).status_code == 400
    assert (await comparing.get(f"/v1/books/{isbn(1)}/prices?wait=11")).status_code == 400


async def test_nobody_is_asked_where_nobody_is_waited_for(comparing: httpx.AsyncClient) -> None:
    page = await compare(comparing, 4, wait=0)
    assert (page["counts"]["asked"], page["best"], page["complete"]) == (0, None, False)


async def test_suspicions_are_for_staff(comparing: httpx.AsyncClient) -> None:
    assert (await comparing.get("/v1/prices/suspicions")).status_code == 401


def app_of(client: httpx.AsyncClient) -> Any:  # noqa: ANN401 - httpx does not say
    """The application that a client asks."""
    return client._transport.app  # type: ignore[attr-defined] # as above


async def listen(
    client: httpx.AsyncClient, book: str, headers: dict[str, str] | None = None
) -> list[tuple[str, str, dict[str, Any]]]:
    accept = {"Accept": "text/event-stream", **(headers or {})}
    answer = await client.get(f"/v1/books/{book}/prices?wait=2", headers=accept)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    found = []
    for block in answer.text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], fields.get("id", ""), json.loads(fields["data"])))
    return found
