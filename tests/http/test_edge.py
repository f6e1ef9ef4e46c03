"""What every answer carries, whatever it is."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar

from tests.http.conftest import MakeApp, asking

HEADERS = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ANSWERS = [
    ("GET", "/health/live", 200),
    ("GET", "/health/ready", 200),
    ("GET", "/metrics", 200),
    ("GET", "/docs", 200),
    ("GET", "/problems", 200),
    ("GET", "/schema/openapi.json", 200),
    ("GET", "/nowhere", 404),
    ("POST", "/health/live", 405),
    ("OPTIONS", "/health/live", 204),
    ("GET", "/health/live?q=%00", 400),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_security_headers_stand_on_every_answer(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


async def test_answers_are_not_stored_unless_the_route_says_so(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).headers["cache-control"] == "no-store"
    kept = await client.get("/docs/assets/swagger-ui.css")
    assert kept.headers["cache-control"] == "public, max-age=86400"


async def test_a_good_request_id_is_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get("/nowhere", headers={"X-Request-ID": "order-desk-4711"})
    assert answer.headers["x-request-id"] == "order-desk-4711"


@pytest.mark.parametrize("given", [None, "short", "x" * 129, 'line"break\ttab', "späth-12345"])
async def test_any_other_request_id_is_replaced(client: httpx.AsyncClient, given: str | None) -> None:
    headers = {} if given is None else {"X-Request-ID": given.encode("latin-1")}
    answer = await client.get("/nowhere", headers=headers)  # type: ignore[arg-type] # bytes are what is tested
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


async def test_other_sites_are_not_let_in_by_default(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health/live", headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.fixture(scope="module")
async def open_app(make_app: MakeApp) -> AsyncIterator[Litestar]:
    async with make_app(OCTAVO_CORS_ORIGINS="https://front.example") as app:
        yield app


async def test_a_named_site_is_let_in_and_no_other(open_app: Litestar) -> None:
    async with asking(open_app) as client:
        ours = await client.get("/health/live", headers={"Origin": "https://front.example"})
        theirs = await client.get("/health/live", headers={"Origin": "https://elsewhere.example"})
    assert ours.headers["access-control-allow-origin"] == "https://front.example"
    assert "access-control-allow-credentials" not in ours.headers
    assert "access-control-allow-origin" not in theirs.headers


async def test_a_preflight_allows_the_headers_the_shop_reads(open_app: Litestar) -> None:
    async with asking(open_app) as client:
        answer = await client.options(
            "/health/live",
            headers={
                "Origin": "https://front.example",
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization,idempotency-key,if-match",
            },
        )
    assert answer.status_code == 204
    assert "idempotency-key" in answer.headers["access-control-allow-headers"].lower()


async def test_requests_are_counted_by_route_and_not_by_path(client: httpx.AsyncClient) -> None:
    await client.get("/problems/not_found")
    await client.get("/nowhere/quinces")
    shown = (await client.get("/metrics")).text
    assert 'octavo_http_requests_total{method="GET",route="/problems/{code}",status="200"}' in shown
    assert 'octavo_http_requests_total{method="GET",route="(none)",status="404"}' in shown
    assert "quinces" not in shown
