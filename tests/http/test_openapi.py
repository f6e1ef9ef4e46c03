"""The API describes itself completely, and the page that shows it needs nothing from elsewhere."""

from typing import Any

import httpx
import pytest

from entrypoints.http.problems import PROBLEM_JSON


@pytest.fixture
async def schema(client: httpx.AsyncClient) -> dict[str, Any]:
    document: dict[str, Any] = (await client.get("/schema/openapi.json")).json()
    return document


def _operations(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, item in schema["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]


async def test_every_operation_says_in_words_what_it_does(schema: dict[str, Any]) -> None:
    assert [name for name, operation in _operations(schema) if not operation.get("description")] == []


async def test_every_error_is_described_as_a_problem_document(schema: dict[str, Any]) -> None:
    for name, operation in _operations(schema):
        assert {"429", "503", "default"} <= operation["responses"].keys(), name
        for status, response in operation["responses"].items():
            if status.startswith("4") and response.get("content"):
                assert PROBLEM_JSON in response["content"], (name, status)


async def test_routes_of_the_signed_in_ask_for_the_token(schema: dict[str, Any]) -> None:
    closed = {name for name, operation in _operations(schema) if "security" in operation}
    assert closed
    for name, operation in _operations(schema):
        if name in closed:
            assert "401" in operation["responses"], name


async def test_operation_names_are_unique_for_generated_clients(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, operation in _operations(schema)]
    assert len(names) == len(set(names))


async def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    def references(part: Any) -> list[str]:  # noqa: ANN401 - any piece of JSON
        if isinstance(part, dict):
            return [
                ref
                for key, value in part.items()
                for ref in ([value] if key == "$ref" else references(value))
            ]
        return [ref for value in part for ref in references(value)] if isinstance(part, list) else []

    for reference in set(references(schema)):
        place: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


async def test_the_page_needs_no_other_server(client: httpx.AsyncClient) -> None:
    page = (await client.get("/docs")).text
    start = (await client.get("/docs/start.js")).text
    assert "http:" not in page + start
    assert "https:" not in page + start
    for asset, kind in (("swagger-ui.css", "text/css"), ("swagger-ui-bundle.js", "text/javascript")):
        answer = await client.get(f"/docs/assets/{asset}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert len(answer.content) > 100_000


async def test_nothing_but_the_page_s_own_files_is_served(client: httpx.AsyncClient) -> None:
    for name in ("index.html", "../__init__.py", "%2e%2e%2f__init__.py", "swagger-ui.css.map"):
        assert (await client.get(f"/docs/assets/{name}")).status_code == 404
