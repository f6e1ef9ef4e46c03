"""Running, able to serve, and what is missing."""

import httpx

from tests.http.conftest import MakeApp, asking

NO_DATABASE = "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"
NO_VALKEY = "redis://127.0.0.1:1/0"


async def test_a_running_process_is_live(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_without_temporal_the_shop_is_ready_and_says_what_waits(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/ready")
    found = {part["name"]: part for part in answer.json()["dependencies"]}
    assert answer.status_code == 200
    assert found["postgres"]["healthy"]
    assert found["redis"]["healthy"]
    assert found["postgres"]["detail"].startswith("PostgreSQL 18")
    assert found["redis"]["detail"].startswith("Valkey")
    assert found["postgres"]["effect"] is None
    assert not found["temporal"]["healthy"]
    assert "pending" in found["temporal"]["effect"]


async def test_without_valkey_the_shop_is_ready_still(make_app: MakeApp) -> None:
    async with make_app(OCTAVO_REDIS_URL=NO_VALKEY) as app, asking(app) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert [p["name"] for p in answer.json()["dependencies"] if not p["healthy"]] == ["redis", "temporal"]


async def test_without_the_database_nobody_should_be_sent_here(make_app: MakeApp) -> None:
    async with make_app(OCTAVO_DATABASE_URL=NO_DATABASE) as app, asking(app) as client:
        answer = await client.get("/health/ready")
        alive = await client.get("/health/live")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert alive.status_code == 200


async def test_no_address_and_no_secret_is_told(make_app: MakeApp) -> None:
    secretive = "postgresql://octavo:s3cret@127.0.0.1:1/octavo?connect_timeout=1"
    async with make_app(OCTAVO_DATABASE_URL=secretive) as app, asking(app) as client:
        text = (await client.get("/health/ready")).text
    assert "s3cret" not in text
    assert "127.0.0.1" not in text


async def test_with_everything_there_nothing_is_amiss(make_app: MakeApp, temporal_address: str) -> None:
    async with make_app(OCTAVO_TEMPORAL_ADDRESS=temporal_address) as app, asking(app) as client:
        answer = await client.get("/health/ready")
    parts = answer.json()["dependencies"]
    assert [part["name"] for part in parts if part["healthy"]] == ["postgres", "redis", "temporal"]
    assert parts[2]["detail"].startswith("Temporal 1.")
    assert all(part["effect"] is None for part in parts)
