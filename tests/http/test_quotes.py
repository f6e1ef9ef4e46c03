"""Quotes over HTTP: the whole price of a cart, explained."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.accounts import register_and_login
from tests.http.shelf import Shelf


@pytest.fixture
async def reader(client: httpx.AsyncClient) -> dict[str, str]:
    return await register_and_login(client)


async def put(client: httpx.AsyncClient, reader: dict[str, str], book: UUID, qty: int = 1) -> None:
    answer = await client.post("/v1/cart", json={"book_id": str(book), "qty": qty}, headers=reader)
    assert answer.status_code == 201, answer.text


async def coupon(client: httpx.AsyncClient, **terms: object) -> str:
    staff = await register_and_login(client, role="staff")
    body = {"code": f"C-{uuid4().hex[:10].upper()}"} | terms
    answer = await client.post("/v1/coupons", json=body, headers=staff)
    code: str = answer.json()["code"]
    return code


async def quote(client: httpx.AsyncClient, reader: dict[str, str], **wish: object) -> httpx.Response:
    return await client.post("/v1/quotes", json={"country": "US"} | wish, headers=reader)


async def test_a_quote_adds_up_and_says_why(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf
) -> None:
    emma, ivanhoe = shelf.put("Emma", price=1299, grams=300), shelf.put("Ivanhoe", price=999, format="ebook")
    await put(client, reader, emma, 2)
    await put(client, reader, ivanhoe)
    code = await coupon(client, basis_points=1000)
    answer = await quote(client, reader, country="DE", coupon=code.lower())
    assert answer.status_code == 201
    found = answer.json()
    assert UUID(found["quote_id"])
    assert found["subtotal"]["amount"] == 2598 + 999
    assert found["discounts"] == [{"code": code, "amount": {"amount": 360, "currency": "USD"}}]
    assert [line["discount"]["amount"] for line in found["lines"]] == [260, 100]
    assert [line["tax"]["amount"] for line in found["lines"]] == [164, 63]  # 7 % of 23.38 and of 8.99
    assert found["shipping"] == {
        "method": "standard",
        "price": {"amount": 1949, "currency": "USD"},
        "tax_basis_points": 700,
        "tax": {"amount": 136, "currency": "USD"},
        "total": {"amount": 2085, "currency": "USD"},
    }
    lines = sum(line["total"]["amount"] for line in found["lines"])
    assert found["total"]["amount"] == lines + found["shipping"]["total"]["amount"]
    assert found["tax"]["amount"] == 164 + 63 + 136
    assert found["explanation"][0] == f"{code} took 2.60 USD off 'Emma'."


async def test_ebooks_need_no_parcel_whatever_was_asked_for(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf
) -> None:
    await put(client, reader, shelf.put(format="ebook", price=999))
    found = (await quote(client, reader, shipping_method="express")).json()
    assert (found["shipping"]["method"], found["total"]["amount"]) == ("digital", 999)


async def test_a_whole_address_serves_as_well_as_a_country(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf
) -> None:
    await put(client, reader, shelf.put())
    address = {"name": "J", "line1": "1 Main St", "city": "X", "postal_code": "1", "country": "US"}
    answer = await client.post("/v1/quotes", json={"shipping_addr": address}, headers=reader)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"country": None}, "country"),
        ({"shipping_addr": {"country": "US"}}, "country"),
        ({"country": "usa"}, "country"),
        ({"country": None, "shipping_addr": {"country": "germany"}}, "shipping_addr.country"),
        ({"country": "XX"}, "shipping_addr.country"),
        ({"shipping_method": "pigeon"}, "shipping_method"),
        ({"shipping_method": "digital"}, "shipping_method"),
        ({"qty": 1}, "qty"),
    ],
)
async def test_a_wish_that_cannot_be_priced_is_refused_by_name(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf, wish: dict[str, Any], field: str
) -> None:
    await put(client, reader, shelf.put())
    answer = await quote(client, reader, **wish)
    problem = answer.json()
    assert answer.status_code == 400
    assert field in {problem.get("field"), *(error["field"] for error in problem.get("errors", ()))}


async def test_an_empty_cart_has_no_price(client: httpx.AsyncClient, reader: dict[str, str]) -> None:
    answer = await quote(client, reader)
    assert (answer.status_code, answer.json()["code"]) == (409, "cart_is_empty")


async def test_a_withdrawn_book_is_named(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf
) -> None:
    gone = shelf.put()
    await put(client, reader, gone)
    shelf.withdraw(gone)
    answer = await quote(client, reader)
    assert (answer.status_code, answer.json()["code"], answer.json()["books"]) == (
        409,
        "no_longer_sold",
        [str(gone)],
    )


@pytest.mark.parametrize(
    "terms",
    [
        {"basis_points": 1000, "starts_at": "2999-01-01T00:00:00Z"},
        {"basis_points": 1000, "starts_at": "2020-01-01T00:00:00Z", "ends_at": "2021-01-01T00:00:00Z"},
        {"basis_points": 1000, "minimum_subtotal": {"amount": 5000, "currency": "USD"}},
        {"amount": {"amount": 500, "currency": "EUR"}},
    ],
)
async def test_a_coupon_that_does_not_apply_is_refused(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf, terms: dict[str, Any]
) -> None:
    await put(client, reader, shelf.put())
    answer = await quote(client, reader, coupon=await coupon(client, **terms))
    assert (answer.status_code, answer.json()["code"]) == (422, "coupon_not_valid")


async def test_an_unknown_coupon_is_refused(
    client: httpx.AsyncClient, reader: dict[str, str], shelf: Shelf
) -> None:
    await put(client, reader, shelf.put())
    answer = await quote(client, reader, coupon="nobody")
    assert (answer.status_code, answer.json()["code"]) == (422, "coupon_not_valid")


async def test_quotes_are_for_readers(client: httpx.AsyncClient) -> None:
    assert (await quote(client, {})).status_code == 401
