"""Every arrival counts, on the store's clock; whoever comes too often is sent away."""

from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrypoints.sandbox.bookstores import create_app
from tests.sandbox.bookstores.conftest import LONG, Street, isbn
from tests.sandbox.bookstores.customers import KEY
from tests.sandbox.running import running


async def hold(street: Street) -> None:
    """Let time stand, long after everything before."""
    street.now += LONG
    street.hurried = False


def with_rule(street: Street, seconds: int) -> str:
    """A store with a second rule over that time; 0: without one."""
    rules = {n: [rule["seconds"] for rule in s["limits"][1:]] for n, s in street.stores.items()}
    return next(name for name, windows in rules.items() if windows == ([seconds] if seconds else []))


async def counted(street: Street, store: str) -> dict[str, Any]:
    (found,) = (await street.get("/ledger/arrivals", store=store))["items"]
    return dict(found)


async def test_as_many_as_agreed_are_served_and_the_next_is_not(street: Street) -> None:
    store = street.named(format="json")
    customer, calls = street.customer(store), street.stores[store]["limits"][0]["calls"]
    await hold(street)
    before, statuses = await counted(street, store), []
    for _ in range(calls + 2):
        await customer.search(isbn(0))
        statuses.append(customer.answer.status_code)
    assert statuses == [200] * calls + [429] * 2
    assert customer.code == "too_many_requests"
    after = await counted(street, store)
    assert after["arrivals"] - before["arrivals"] == calls + 2
    assert after["refused"] - before["refused"] == 2
    assert after["rules"][0]["most"] == calls + 2


async def test_a_window_slides(street: Street) -> None:
    """Nobody is served twice as often around the turn of a second."""
    store = next(name for name, s in street.stores.items() if s["limits"][0]["calls"] == 4)
    customer, statuses = street.customer(store), []
    await hold(street)
    for pause in (0.0, 0.5, 0.25, 0.24, 0.02, 0.47):  # five of the last second when the sixth comes at 1.48
        street.now += pause
        await customer.search(isbn(0))
        statuses.append(customer.answer.status_code)
    assert 429 not in statuses[:5]
    assert statuses[5] == 429


async def test_being_sent_away_counts_as_having_come(street: Street) -> None:
    store = next(name for name, s in street.stores.items() if s["limits"][0]["calls"] == 1)
    customer = street.customer(store)
    await hold(street)
    await customer.search(isbn(0))
    for _ in range(3):
        street.now += 0.6
        await customer.search(isbn(0))
        assert customer.answer.status_code == 429
    street.now += 1.0
    await customer.search(isbn(0))
    assert customer.answer.status_code != 429


async def test_a_second_rule_holds_over_a_minute(street: Street) -> None:
    store = with_rule(street, 60)
    first, second = street.stores[store]["limits"]
    customer = street.customer(store)
    await hold(street)
    for _ in range(second["calls"]):
        street.now += 1 / first["calls"] + 0.001
        await customer.call("GET", "/")
        assert customer.answer.status_code != 429
    street.now += 1.0
    await customer.call("GET", "/")
    assert customer.answer.status_code == 429
    assert (await counted(street, store))["rules"][1]["most"] == second["calls"] + 1


async def test_what_is_nowhere_and_who_is_nobody_counts_too(street: Street) -> None:
    store = street.named(auth={"kind": "header", "name": "X-Api-Key"})
    customer = street.customer(store)
    before = (await counted(street, store))["arrivals"]
    await customer.call("GET", "/nowhere")
    customer.key = "wrong"
    await customer.search(isbn(0))
    assert (await counted(street, store))["arrivals"] == before + 2


@pytest.mark.parametrize("manner", ["seconds", "date", "none"])
async def test_each_store_has_its_manner_of_saying_when_to_come_back(street: Street, manner: str) -> None:
    store = street.named(retry_after=manner)
    customer = street.customer(store)
    await hold(street)
    for _ in range(street.stores[store]["limits"][0]["calls"] + 1):
        await customer.search(isbn(0))
    told = customer.answer.headers.get("retry-after")
    assert customer.answer.status_code == 429
    match manner:
        case "seconds":
            assert told == "1"
        case "date":
            away = parsedate_to_datetime(told or "") - parsedate_to_datetime(customer.answer.headers["date"])
            assert 1 <= away.total_seconds() <= 3
        case "none":
            assert told is None


async def test_who_comes_back_when_told_is_served(street: Street) -> None:
    store = street.named(retry_after="seconds", format="json")
    customer = street.customer(store)
    await hold(street)
    for _ in range(street.stores[store]["limits"][0]["calls"] + 3):
        street.now += 0.01
        await customer.search(isbn(0))
    street.now += float(customer.answer.headers["retry-after"])
    await customer.search(isbn(0))
    assert customer.answer.status_code != 429


async def test_looking_at_the_ledger_is_no_visit(street: Street) -> None:
    before = await street.get("/ledger/arrivals")
    await street.get("/ledger/prices", isbn=isbn(0))
    await street.get("/stores")
    assert await street.get("/ledger/arrivals") == before


async def test_what_was_counted_outlives_the_server(tmp_path: Path) -> None:
    counted = []
    for visits in (4, 1):
        app = create_app(tmp_path / "bookstores.db", KEY, 1, latency=0.0, now=lambda: 0.0)
        async with running(app) as url, httpx.AsyncClient(base_url=url) as http:
            (store,) = (await http.get("/stores")).json()["items"]
            for _ in range(visits):
                await http.get(f"{store['path']}/")
            counted.append((await http.get("/ledger/arrivals")).json()["items"][0])
    first, second = counted
    assert (first["arrivals"], second["arrivals"]) == (4, 5)
    assert second["rules"][0]["most"] == first["rules"][0]["most"] == 4
    assert second["first_at"] == first["first_at"]
