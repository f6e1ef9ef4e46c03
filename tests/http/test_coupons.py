"""Coupons over HTTP: staff puts them out, and everybody else is kept away."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.accounts import register_and_login


def terms(**changed: object) -> dict[str, Any]:
    return {"code": f"c-{uuid4().hex[:10]}", "basis_points": 1000} | changed


async def test_staff_puts_a_coupon_out_and_finds_it_however_the_code_is_typed(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    wanted = terms(
        total_limit=100,
        per_user_limit=1,
        starts_at="2026-01-01T00:00:00Z",
        ends_at="2027-01-01T00:00:00+01:00",
        minimum_subtotal={"amount": 2000, "currency": "USD"},
    )
    answer = await client.post("/v1/coupons", json=wanted, headers=staff)
    assert answer.status_code == 201
    code = wanted["code"].upper()
    assert answer.headers["location"] == f"/v1/coupons/{code}"
    found = (await client.get(f"/v1/coupons/{wanted['code']}", headers=staff)).json()
    assert found == {
        "code": code,
        "basis_points": 1000,
        "amount": None,
        "total_limit": 100,
        "per_user_limit": 1,
        "starts_at": "2026-01-01T00:00:00Z",
        "ends_at": "2026-12-31T23:00:00Z",
        "minimum_subtotal": {"amount": 2000, "currency": "USD"},
        "used": 0,
    }


async def test_a_fixed_coupon_starts_at_once_unless_told_otherwise(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    wanted = {"code": terms()["code"], "amount": {"amount": 500, "currency": "USD"}}
    answer = (await client.post("/v1/coupons", json=wanted, headers=staff)).json()
    assert (answer["amount"], answer["basis_points"]) == (wanted["amount"], None)
    assert answer["starts_at"].endswith("Z")


async def test_a_code_is_given_out_once(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    wanted = terms()
    first = await client.post("/v1/coupons", json=wanted, headers=staff)
    again = await client.post("/v1/coupons", json=wanted | {"code": wanted["code"].upper()}, headers=staff)
    assert (first.status_code, again.status_code) == (201, 409)
    assert again.json()["code"] == "coupon_exists"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"code": "x"}, "code"),
        ({"code": "with space"}, "code"),
        ({"basis_points": 0}, "basis_points"),
        ({"basis_points": 10_001}, "basis_points"),
        ({"basis_points": None}, "basis_points"),
        ({"amount": {"amount": 1, "currency": "USD"}}, "basis_points"),
        ({"basis_points": None, "amount": {"amount": 0, "currency": "USD"}}, "amount"),
        ({"basis_points": None, "amount": {"amount": 10**20, "currency": "USD"}}, "amount"),
        ({"total_limit": 0}, "total_limit"),
        ({"per_user_limit": 10**12}, "per_user_limit"),
        ({"minimum_subtotal": {"amount": -1, "currency": "USD"}}, "minimum_subtotal"),
        ({"minimum_subtotal": {"amount": 1, "currency": "XXX"}}, "currency"),
        ({"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-01-01T00:00:00Z"}, "ends_at"),
        ({"starts_at": "2026-02-01T00:00:00"}, "starts_at"),
        ({"used": 5}, "used"),
    ],
)
async def test_terms_that_cannot_be_are_refused_by_name(
    client: httpx.AsyncClient, staff: dict[str, str], changed: dict[str, Any], field: str
) -> None:
    answer = await client.post("/v1/coupons", json=terms(**changed), headers=staff)
    problem = answer.json()
    assert answer.status_code == 400
    assert field in {problem.get("field"), *(error["field"] for error in problem.get("errors", ()))}


async def test_coupons_are_for_staff_alone(client: httpx.AsyncClient) -> None:
    reader = await register_and_login(client)
    for headers, status in [({}, 401), (reader, 403)]:
        assert (await client.post("/v1/coupons", json=terms(), headers=headers)).status_code == status
        assert (await client.get("/v1/coupons/ANY", headers=headers)).status_code == status


async def test_an_unknown_code_is_not_found(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    answer = await client.get("/v1/coupons/NOBODY", headers=staff)
    assert (answer.status_code, answer.json()["code"]) == (404, "coupon_not_found")
