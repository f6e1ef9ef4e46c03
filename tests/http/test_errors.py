"""What is wrong, where, and what to do: every error is a problem document."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import httpx
import msgspec
import pytest
from litestar import Litestar, Router, get, post
from litestar.params import FromPath, JSONBody, Parameter

from adapters.redis.client import connect
from application.shared.unavailable import CacheUnavailable
from domain.shared.errors import InvalidInput
from domain.users.principal import NotAuthenticated
from entrypoints.http.problems import PROBLEM_JSON
from tests.http.conftest import MakeApp, asking

NOBODY = "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"


class Place(msgspec.Struct, forbid_unknown_fields=True):
    city: str


class Parcel(msgspec.Struct, forbid_unknown_fields=True):
    qty: Annotated[int, msgspec.Meta(ge=1, le=99)]
    place: Place
    tags: list[str] = []


@post("/parcels", status_code=200)
async def send_parcel(data: JSONBody[Parcel]) -> dict[str, int]:
    return {"qty": data.qty}


@get("/parcels")
async def list_parcels(limit: Annotated[int, Parameter(ge=1, le=100)] = 20) -> dict[str, int]:
    return {"limit": limit}


@get("/parcels/{parcel_id:uuid}")
async def get_parcel(parcel_id: FromPath[UUID]) -> dict[str, str]:
    return {"id": str(parcel_id)}


@get("/refused/{code:str}")
async def refuse(code: FromPath[str]) -> None:
    refusals: dict[str, Exception] = {
        "input": InvalidInput("isbn", "The check digit is wrong."),
        "token": NotAuthenticated("Sign in."),
        "cache": CacheUnavailable("Not now."),
        "mistake": RuntimeError("password=hunter2 in /srv/secret.py"),
    }
    raise refusals[code]


@pytest.fixture(scope="module")
async def parcels(make_app: MakeApp) -> AsyncIterator[Litestar]:
    async with make_app() as app:
        app.register(Router(path="/test", route_handlers=[send_parcel, list_parcels, get_parcel, refuse]))
        yield app


@pytest.fixture
async def shop(parcels: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(parcels) as client:
        yield client


def _problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == PROBLEM_JSON
    document: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code", "detail"} <= document.keys()
    assert (document["status"], document["code"]) == (status, code)
    assert document["type"] == f"/problems/{code}"
    return document


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ('{"qty": 1, "place": {"city": "Ulm"}, "colour": 1}', "colour", "There is no such field here."),
        ('{"qty": 1, "place": {"city": "Ulm", "zip": 1}}', "place.zip", "There is no such field here."),
        ('{"qty": 1}', "place", "This field is missing."),
        ('{"qty": "1", "place": {"city": "Ulm"}}', "qty", "Expected `int`, got `str`"),
        ('{"qty": 0, "place": {"city": "Ulm"}}', "qty", "Expected `int` >= 1"),
        ('{"qty": 1, "place": {"city": "Ulm"}, "tags": ["a", 2]}', "tags[1]", "Expected `str`, got `int`"),
        ("[1]", "", "Expected `object`, got `array`"),
        ("", "", "Send a JSON body."),
    ],
)
async def test_a_wrong_field_is_named(shop: httpx.AsyncClient, body: str, field: str, words: str) -> None:
    answer = await shop.post("/test/parcels", content=body, headers={"Content-Type": "application/json"})
    assert _problem(answer, 400, "invalid_request")["errors"] == [{"field": field, "message": words}]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"qty": 1,\n "place": oops}', "at line 2, column 11"),
        (b'{"qty": 1', "truncated"),
        (b'{"qty": 1, "place": {"city": "\xff"}}', "not UTF-8"),
        (b'{"qty": 1, "place": {"city": "\\ud800"}}', "not JSON"),
        (b'{"qty": NaN}', "at line 1, column 9"),
    ],
)
async def test_malformed_json_is_told_by_line_and_column(
    shop: httpx.AsyncClient, body: bytes, words: str
) -> None:
    answer = await shop.post("/test/parcels", content=body, headers={"Content-Type": "application/json"})
    assert words in _problem(answer, 400, "malformed_request")["detail"]


async def test_a_body_that_is_not_declared_as_json_is_refused(shop: httpx.AsyncClient) -> None:
    answer = await shop.post("/test/parcels", content=b"{}", headers={"Content-Type": "text/plain"})
    assert "application/json" in _problem(answer, 415, "unsupported_media_type")["detail"]


async def test_the_nul_character_is_refused_wherever_it_stands(shop: httpx.AsyncClient) -> None:
    body = b'{"qty": 1, "place": {"city": "\\u0000"}}'
    answer = await shop.post("/test/parcels", content=body, headers={"Content-Type": "application/json"})
    _problem(answer, 400, "invalid_request")
    _problem(await shop.get("/test/%00"), 400, "invalid_input")


async def _chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 1024):
        yield b" " * 1024


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_over_64_kb_is_refused_whether_announced_or_chunked(
    shop: httpx.AsyncClient, *, announced: bool
) -> None:
    content: Any = b" " * (64 * 1024 + 1) if announced else _chunks(70 * 1024)
    answer = await shop.post("/test/parcels", content=content, headers={"Content-Type": "application/json"})
    _problem(answer, 413, "body_too_large")


async def test_a_wrong_query_parameter_is_named(shop: httpx.AsyncClient) -> None:
    found = _problem(await shop.get("/test/parcels?limit=many"), 400, "invalid_request")
    assert found["errors"] == [{"field": "limit", "message": "Expected `int`, got `str`"}]
    _problem(await shop.get("/test/parcels?limit=101"), 400, "invalid_request")


async def test_an_address_that_leads_nowhere_is_404(shop: httpx.AsyncClient) -> None:
    _problem(await shop.get("/nowhere"), 404, "not_found")
    _problem(await shop.get("/test/parcels/not-a-uuid"), 404, "not_found")


async def test_a_wrong_method_says_which_ones_work(shop: httpx.AsyncClient) -> None:
    answer = await shop.delete("/test/parcels")
    _problem(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/cart", "DELETE, GET, OPTIONS, POST"),
        ("/v1/users/profile", "DELETE, GET, OPTIONS, PATCH, PUT"),
        (f"/v1/books/{UUID(int=1)}", "DELETE, GET, OPTIONS, PATCH, PUT"),
    ],
)
async def test_options_tells_every_method_of_an_address(
    shop: httpx.AsyncClient, path: str, methods: str
) -> None:
    assert (await shop.options(path)).headers["allow"] == methods


async def test_a_broken_rule_names_its_field(shop: httpx.AsyncClient) -> None:
    found = _problem(await shop.get("/test/refused/input"), 400, "invalid_input")
    assert found["errors"] == [{"field": "isbn", "message": "The check digit is wrong."}]
    assert (found["field"], found["detail"]) == ("isbn", "The check digit is wrong.")


async def test_whoever_must_sign_in_is_told_how(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/test/refused/token")
    _problem(answer, 401, "not_authenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_what_is_lost_for_now_may_be_asked_again(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/test/refused/cache")
    _problem(answer, 503, "cache_unavailable")
    assert answer.headers["retry-after"] == "1"


async def test_our_own_mistake_is_told_without_internals(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/test/refused/mistake")
    _problem(answer, 500, "internal_error")
    assert "hunter2" not in answer.text
    assert "secret.py" not in answer.text
    assert answer.headers["strict-transport-security"]


async def test_a_lost_database_is_503_and_not_500(make_app: MakeApp) -> None:
    async with make_app(OCTAVO_DATABASE_URL=NOBODY) as app, asking(app) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503


async def test_a_lost_valkey_raises_what_the_shop_can_tell() -> None:
    redis = connect("redis://127.0.0.1:1/0")
    with pytest.raises(CacheUnavailable):
        await redis.get("x")
    with pytest.raises(CacheUnavailable):
        async with redis.pipeline() as pipeline:
            await pipeline.get("x").execute()
    await redis.aclose()


async def test_every_code_is_explained_to_people(shop: httpx.AsyncClient) -> None:
    listed = await shop.get("/problems")
    assert "/problems/not_authenticated" in listed.text
    page = await shop.get("/problems/body_too_large")
    assert page.headers["content-type"].startswith("text/html")
    assert "64 KB" in page.text
    assert (await shop.get("/problems/<script>")).status_code == 404
