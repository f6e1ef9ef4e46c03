"""The stock room over HTTP, for staff."""

from uuid import uuid4

import httpx
import pytest

from tests.accounts import register_and_login
from tests.http.shelf import Shelf


async def test_staff_sees_how_many_copies_there_are_and_how_many_are_free(
    client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf
) -> None:
    answer = await client.get(f"/v1/inventory/{shelf.put(copies=5)}", headers=staff)
    assert (answer.status_code, answer.json()) == (200, {"on_hand": 5, "held": 0, "available": 5})


async def test_what_arrives_is_there_at_once(
    client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf
) -> None:
    place = f"/v1/inventory/{shelf.put(copies=5)}"
    answer = await client.post(f"{place}/receipts", headers=staff, json={"qty": 3, "reason": "delivery"})
    assert (answer.status_code, answer.json()["on_hand"]) == (201, 8)
    assert (await client.get(place, headers=staff)).json()["available"] == 8


@pytest.mark.parametrize("form", ["ebook", None])
async def test_an_e_book_and_an_unknown_book_have_no_stock(
    client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf, form: str | None
) -> None:
    place = f"/v1/inventory/{shelf.put(format=form) if form else uuid4()}"
    receipt = {"qty": 1, "reason": "delivery"}
    for answer in (
        await client.get(place, headers=staff),
        await client.post(f"{place}/receipts", headers=staff, json=receipt),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "no_stock_record")


@pytest.mark.parametrize(
    "receipt",
    [
        {"qty": 0, "reason": "x"},
        {"qty": -1, "reason": "x"},
        {"qty": 1_000_001, "reason": "x"},
        {"qty": "1", "reason": "x"},
        {"qty": 1.0001, "reason": "x"},
        {"qty": True, "reason": "x"},
        {"qty": 1},
        {"qty": 1, "reason": ""},
        {"qty": 1, "reason": "x" * 201},
        {"qty": 1, "reason": "x", "price": 1},
    ],
)
async def test_a_receipt_that_makes_no_sense_is_refused(
    client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf, receipt: dict[str, object]
) -> None:
    place = f"/v1/inventory/{shelf.put(copies=5)}"
    answer = await client.post(f"{place}/receipts", headers=staff, json=receipt)
    assert answer.status_code in {400, 422}
    assert (await client.get(place, headers=staff)).json()["on_hand"] == 5


async def test_no_shelf_overflows(client: httpx.AsyncClient, staff: dict[str, str], shelf: Shelf) -> None:
    place = f"/v1/inventory/{shelf.put(copies=999_999_999)}"
    for qty, status in ((2, 400), (1, 201), (1, 400)):
        answer = await client.post(f"{place}/receipts", headers=staff, json={"qty": qty, "reason": "x"})
        assert answer.status_code == status, answer.text
    assert (await client.get(place, headers=staff)).json()["on_hand"] == 1_000_000_000


async def test_readers_do_not_count_copies(client: httpx.AsyncClient, shelf: Shelf) -> None:
    reader, place = await register_and_login(client), f"/v1/inventory/{shelf.put()}"
    for answer in (
        await client.get(place, headers=reader),
        await client.post(f"{place}/receipts", headers=reader, json={"qty": 1, "reason": "x"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
