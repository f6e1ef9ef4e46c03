"""On a bad day a share of the stores is dead or slow: always the same ones."""

import asyncio

import httpx
import pytest

from tests.sandbox.bookstores.conftest import Street, isbn

SECONDS = 0.05


async def heard(street: Street, store: str) -> str:
    customer = street.customer(store)
    try:
        await customer.search(isbn(0))
    except httpx.TransportError:
        return "cut"
    return {500: "error", 503: "unavailable"}.get(customer.answer.status_code, "served")


async def test_a_fifth_of_the_stores_is_dead_in_three_ways(street: Street) -> None:
    report = await street.post("/control/weather", dead=0.2, slow=0.2, seconds=0.0, latency=0.0)
    dead = report["dead_stores"]
    assert len(dead) == len(report["slow_stores"]) == 12
    assert not set(dead) & set(report["slow_stores"])
    assert set(dead.values()) == {"cut", "error", "unavailable"}
    assert dict(zip(street.stores, [await heard(street, store) for store in street.stores], strict=True)) == {
        **dict.fromkeys(street.stores, "served"),
        **dead,
    }


async def test_the_same_weather_strikes_the_same_stores(street: Street) -> None:
    first = await street.post("/control/weather", dead=0.1, latency=0.0)
    worse = await street.post("/control/weather", dead=0.3, latency=0.0)
    assert first["dead_stores"].items() <= worse["dead_stores"].items()
    cleared = (await street.sandbox.http.delete("/control/weather")).json()
    assert cleared["dead_stores"] == {}
    assert cleared["slow_stores"] == []
    assert await street.post("/control/weather", dead=0.1, latency=0.0) == first


async def test_slow_stores_take_their_time_and_the_others_do_not_wait(street: Street) -> None:
    report = await street.post("/control/weather", slow=0.05, seconds=SECONDS, latency=0.0)
    customers = [street.customer(store) for store in report["slow_stores"]]
    await asyncio.gather(*(customer.search(isbn(0)) for customer in customers))
    assert all(customer.answer.elapsed.total_seconds() >= SECONDS for customer in customers)


@pytest.mark.parametrize("wrong", [{"dead": 0.6, "slow": 0.6}, {"dead": -0.1}, {"latency": -1}, {"rain": 1}])
async def test_weather_that_cannot_be_is_refused(street: Street, wrong: dict[str, float]) -> None:
    assert (await street.sandbox.http.post("/control/weather", json=wrong)).status_code == 422


async def test_dead_stores_count_who_came(street: Street) -> None:
    report = await street.post("/control/weather", dead=0.05, latency=0.0)
    store = next(iter(report["dead_stores"]))
    before = (await street.get("/ledger/arrivals", store=store))["items"][0]["arrivals"]
    await heard(street, store)
    assert (await street.get("/ledger/arrivals", store=store))["items"][0]["arrivals"] == before + 1
