"""Carts of guests and readers over HTTP."""

import asyncio
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from tests.accounts import PASSWORD, log_in, register, register_and_login
from tests.http.conftest import MakeApp, asking
from tests.http.shelf import Shelf


async def put(client: httpx.AsyncClient, book: object, qty: int = 1, **headers: str) -> httpx.Response:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return await client.post("/v1/cart", json={"book_id": str(book), "qty": qty}, headers=sent)


def quantities(answer: httpx.Response) -> dict[str, int]:
    assert answer.is_success, answer.text
    return {line["book_id"]: line["qty"] for line in answer.json()["lines"]}


async def test_a_guest_fills_a_cart_and_finds_it_again_by_cookie(
    client: httpx.AsyncClient, shelf: Shelf
) -> None:
    emma = shelf.put("Emma", price=1299)
    answer = await put(client, emma, 2)
    assert answer.status_code == 201
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("octavo_cart=")
    assert all(word in cookie.lower() for word in ("httponly", "samesite=lax", "path=/v1", "max-age=2592000"))
    cart = (await client.get("/v1/cart")).json()
    assert cart["cart_token"] == answer.json()["cart_token"]
    assert cart["subtotal"] == {"amount": 2598, "currency": "USD"}
    (line,) = cart["lines"]
    assert line == {
        "book_id": str(emma),
        "isbn": line["isbn"],
        "title": "Emma",
        "format": "paperback",
        "qty": 2,
        "unit_price": {"amount": 1299, "currency": "USD"},
        "price_changed_from": None,
        "total": {"amount": 2598, "currency": "USD"},
        "available": True,
        "stock_problem": None,
    }


async def test_a_program_names_its_cart_by_header(
    app: Litestar, client: httpx.AsyncClient, shelf: Shelf
) -> None:
    emma = shelf.put()
    token = (await put(client, emma)).json()["cart_token"]
    async with asking(app) as other:
        found = await other.get("/v1/cart", headers={"X-Cart-Token": token})
    assert quantities(found) == {str(emma): 1}


async def test_a_visitor_without_a_cart_sees_an_empty_one_and_gets_no_cookie(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/v1/cart")
    assert answer.json() == {
        "lines": [],
        "subtotal": {"amount": 0, "currency": "USD"},
        "notices": [],
        "cart_token": None,
    }
    assert "set-cookie" not in answer.headers


async def test_quantities_change_and_books_leave(client: httpx.AsyncClient, shelf: Shelf) -> None:
    emma, ivanhoe = shelf.put("Emma"), shelf.put("Ivanhoe", format="ebook")
    await put(client, emma)
    await put(client, ivanhoe)
    assert quantities(await client.patch(f"/v1/cart/{emma}", json={"qty": 3}))[str(emma)] == 3
    for _ in range(2):
        assert quantities(await client.delete(f"/v1/cart/{emma}")) == {str(ivanhoe): 1}
    assert quantities(await client.delete("/v1/cart")) == {}


@pytest.mark.parametrize("qty", [0, -1, 100, 10**30])
async def test_an_impossible_quantity_is_refused_by_name(
    client: httpx.AsyncClient, shelf: Shelf, qty: int
) -> None:
    emma = shelf.put()
    added = await put(client, emma, qty)
    await put(client, emma)
    changed = await client.patch(f"/v1/cart/{emma}", json={"qty": qty})
    for answer in (added, changed):
        assert (answer.status_code, answer.json()["field"]) == (400, "qty")
    assert quantities(await client.get("/v1/cart")) == {str(emma): 1}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"qty": 1}, "book_id"),
        ({"book_id": "12", "qty": 1}, "book_id"),
        ({"book_id": str(uuid4()), "qty": "1"}, "qty"),
        ({"book_id": str(uuid4()), "qty": 1.5}, "qty"),
        ({"book_id": str(uuid4()), "qty": 1, "price": 1}, "price"),
    ],
)
async def test_a_malformed_body_is_refused_with_its_place(
    client: httpx.AsyncClient, body: dict[str, object], field: str
) -> None:
    answer = await client.post("/v1/cart", json=body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_an_unknown_or_withdrawn_book_is_not_found(client: httpx.AsyncClient, shelf: Shelf) -> None:
    gone = shelf.put()
    shelf.withdraw(gone)
    for book in (uuid4(), gone):
        answer = await put(client, book)
        assert (answer.status_code, answer.json()["code"]) == (404, "book_not_found")


async def test_changing_a_book_that_is_not_in_the_cart_is_not_found(
    client: httpx.AsyncClient, shelf: Shelf
) -> None:
    answer = await client.patch(f"/v1/cart/{shelf.put()}", json={"qty": 1})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_in_cart")


async def test_the_cart_tells_what_changed_since_it_was_filled(
    client: httpx.AsyncClient, shelf: Shelf
) -> None:
    dearer, fewer, sold_out, gone, ebook = (
        shelf.put(title, price=1000, format=kind)
        for title, kind in [
            ("Dearer", "paperback"),
            ("Fewer", "paperback"),
            ("Sold out", "hardcover"),
            ("Gone", "paperback"),
            ("Ebook", "ebook"),
        ]
    )
    for book in (dearer, fewer, sold_out, gone):
        await put(client, book, 3)
    await put(client, ebook, 99)
    shelf.reprice(dearer, 1200)
    shelf.restock(fewer, 1)
    shelf.restock(sold_out, 0)
    shelf.withdraw(gone)
    cart = (await client.get("/v1/cart")).json()
    lines = {line["title"]: line for line in cart["lines"]}
    assert lines["Dearer"]["price_changed_from"] == {"amount": 1000, "currency": "USD"}
    assert lines["Dearer"]["unit_price"] == {"amount": 1200, "currency": "USD"}
    assert {title: line["stock_problem"] for title, line in lines.items()} == {
        "Dearer": None,
        "Fewer": "Only 1 copy is left.",
        "Sold out": "Sold out for now.",
        "Gone": "This book is no longer sold; remove it to order the rest.",
        "Ebook": None,
    }
    assert [line["title"] for line in cart["lines"] if line["available"]] == ["Dearer", "Ebook"]
    assert cart["subtotal"]["amount"] == 3 * 1200 + 3 * 1000 + 3 * 1000 + 99 * 1000


async def test_a_repeated_addition_under_one_key_counts_once(client: httpx.AsyncClient, shelf: Shelf) -> None:
    emma = shelf.put()
    await put(client, emma)
    for _ in range(3):
        answer = await put(client, emma, 2, Idempotency_Key="again")
    assert quantities(answer) == {str(emma): 3}


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "A" * 5000, "é"])
async def test_a_forged_token_is_refused_in_a_header_and_passed_over_in_a_cookie(
    app: Litestar, client: httpx.AsyncClient, token: str
) -> None:
    answer = await client.get("/v1/cart", headers=[("X-Cart-Token", token.encode())])
    assert (answer.status_code, answer.json()["code"]) == (400, "cart_token_invalid")
    cookie = [("cookie", f"octavo_cart={token}".encode())]
    async with asking(app) as other:
        assert quantities(await other.get("/v1/cart", headers=cookie)) == {}


async def test_a_token_with_one_letter_changed_opens_nothing(client: httpx.AsyncClient, shelf: Shelf) -> None:
    token = (await put(client, shelf.put())).json()["cart_token"]
    changed = ("B" if token[0] == "A" else "A") + token[1:]
    answer = await client.get("/v1/cart", headers={"X-Cart-Token": changed})
    assert answer.status_code == 400


async def test_what_a_guest_chose_is_there_after_signing_in(client: httpx.AsyncClient, shelf: Shelf) -> None:
    emma, ivanhoe = shelf.put("Emma"), shelf.put("Ivanhoe")
    email = (await register(client))["email"]
    mine = {"Authorization": f"Bearer {(await log_in(client, email)).json()['access_token']}"}
    await client.post("/v1/cart", json={"book_id": str(emma), "qty": 98}, headers=mine)
    await put(client, emma, 3)
    await put(client, ivanhoe, 2)
    answer = await log_in(client, email)
    assert "octavo_cart" not in client.cookies
    merged = await client.get(
        "/v1/cart", headers={"Authorization": f"Bearer {answer.json()['access_token']}"}
    )
    assert quantities(merged) == {str(emma): 99, str(ivanhoe): 2}
    assert merged.json()["notices"] == ["Your two carts held 101 copies of 'Emma'; 99 are kept."]
    assert merged.json()["cart_token"] is None
    assert quantities(await client.get("/v1/cart")) == {}


async def test_parallel_sign_ins_bring_the_cart_once(
    app: Litestar, client: httpx.AsyncClient, shelf: Shelf
) -> None:
    emma = shelf.put()
    email = (await register(client))["email"]
    token = (await put(client, emma, 3)).json()["cart_token"]

    async def sign_in() -> str:
        async with asking(app) as device:
            credentials = {"email": email, "password": PASSWORD}
            answer = await device.post("/v1/users/login", json=credentials, headers={"X-Cart-Token": token})
            access: str = answer.json()["access_token"]
            return access

    tokens = await asyncio.gather(*(sign_in() for _ in range(4)))
    headers = {"Authorization": f"Bearer {tokens[0]}", "X-Cart-Token": token}
    assert quantities(await client.get("/v1/cart", headers=headers)) == {str(emma): 3}


async def test_a_cart_that_the_sign_in_missed_comes_with_the_next_request(
    client: httpx.AsyncClient, shelf: Shelf
) -> None:
    emma = shelf.put()
    headers = await register_and_login(client)
    await put(client, emma)
    answer = await client.get("/v1/cart", headers=headers)
    assert quantities(answer) == {str(emma): 1}
    assert "octavo_cart" not in client.cookies


async def test_parallel_additions_all_count(client: httpx.AsyncClient, shelf: Shelf) -> None:
    emma = shelf.put()
    await put(client, emma)
    answers = await asyncio.gather(*(put(client, emma) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert quantities(await client.get("/v1/cart")) == {str(emma): 21}


async def test_a_lost_valkey_makes_carts_unavailable_and_signing_in_goes_on(
    client: httpx.AsyncClient, make_app: MakeApp, shelf: Shelf, tmp_path: object
) -> None:
    emma, account = shelf.put(), await register(client)
    token = (await put(client, emma)).json()["cart_token"]
    async with make_app(OCTAVO_REDIS_URL=f"unix://{tmp_path}/nobody.sock") as app, asking(app) as visitor:
        answer = await put(visitor, emma)
        assert (answer.status_code, answer.json()["code"]) == (503, "cart_unavailable")
        assert answer.headers["retry-after"] == "1"
        credentials = {"email": account["email"], "password": PASSWORD}
        signed_in = await visitor.post("/v1/users/login", json=credentials, headers={"X-Cart-Token": token})
        assert signed_in.status_code == 200
    assert quantities(await client.get("/v1/cart")) == {str(emma): 1}
