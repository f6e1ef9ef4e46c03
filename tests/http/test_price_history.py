"""What a book has cost, over HTTP: in numbers and drawn."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import psycopg
import pytest

from domain.shared.isbn import Isbn
from tests.price_builders import an_isbn

DAY = timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"
NOW = {"Cache-Control": "no-cache"}


@pytest.fixture
def isbn(shop_database: str) -> Isbn:
    """A paperback that was dearer until five days ago, and an e-book."""
    book, now = an_isbn(), datetime.now(UTC)
    runs = [
        ("harbour-books", "paperback", 80, 70, 1699),
        ("harbour-books", "paperback", 60, 6, 1599),
        ("harbour-books", "paperback", 5, 0, 1299),
        ("galley", "paperback", 50, 1, 1450),
        ("galley", "ebook", 3, 1, 999),
    ]
    with psycopg.connect(shop_database, autocommit=True) as connection:
        for store, format_, first, last, landed in runs:
            connection.execute(
                "INSERT INTO price_runs VALUES (%s, %s, %s, 'new', 'USD', %s, %s, 3, %s)",
                (book.value, store, format_, now - first * DAY, now - last * DAY, landed),
            )
    return book


async def see(client: httpx.AsyncClient, isbn: Isbn | str, **asked: str | int) -> Any:  # noqa: ANN401 - JSON
    answer = await client.get(f"/v1/books/{isbn}/prices/history", params=asked, headers=NOW)
    assert answer.status_code == 200, answer.text
    return answer.json()


def prices(item: dict[str, Any]) -> list[int | None]:
    return [point["price"] and point["price"]["amount"] for point in item["points"]]


async def test_the_cheapest_of_all_stores_is_told_series_by_series(
    client: httpx.AsyncClient, isbn: Isbn
) -> None:
    told = await see(client, isbn)
    assert (told["isbn"], told["next"]) == (isbn.value, None)
    paperback, ebook = told["items"]
    assert (paperback["format"], paperback["condition"], paperback["currency"]) == ("paperback", "new", "USD")
    assert sorted(paperback["stores"]) == ["galley", "harbour-books"]
    assert prices(paperback) == [1699, 1599, 1450, 1299]
    assert (paperback["current"], paperback["lowest"]) == ({"amount": 1299, "currency": "USD"},) * 2
    assert (paperback["discount"], paperback["seen"]) == ("real", 12)
    assert paperback["reduction"]["reference"]["amount"] == 1450
    assert paperback["reduction"]["basis_points"] == (1450 - 1299) * 10_000 // 1450
    assert (prices(ebook), ebook["reduction"], ebook["discount"]) == ([999], None, "none")


async def test_formats_stores_conditions_and_days_may_be_asked_for(
    client: httpx.AsyncClient, isbn: Isbn
) -> None:
    (item,) = (await see(client, isbn, format="paperback", store="galley", days=10))["items"]
    assert (prices(item), item["stores"]) == ([1450], ["galley"])
    assert (await see(client, isbn, condition="good"))["items"] == []
    assert len((await see(client, isbn, format="ebook"))["items"]) == 1


async def test_of_a_book_that_nobody_asked_for_there_is_no_history(client: httpx.AsyncClient) -> None:
    assert (await see(client, "0-14-143951-3"))["items"] == []
    drawn = await client.get("/v1/books/9780141439518/prices/history.svg")
    assert (drawn.status_code, "No price has been seen yet." in drawn.text) == (200, True)


async def test_the_same_is_drawn_for_who_would_rather_look(client: httpx.AsyncClient, isbn: Isbn) -> None:
    path = f"/v1/books/{isbn}/prices/history"
    by_name = await client.get(f"{path}.svg?format=paperback")
    asked_for = await client.get(f"{path}?format=paperback", headers={"Accept": "image/svg+xml"})
    for answer in (by_name, asked_for):
        assert answer.headers["content-type"].startswith("image/svg+xml")
        picture = ET.fromstring(answer.text)  # noqa: S314 - our own
        title, said = picture.findtext(f"{SVG}title"), picture.findtext(f"{SVG}desc")
        assert title == "New paperback, shipping and tax included"
        assert said is not None
        assert "it costs 12.99 USD now" in said
        assert "10 % below the lowest price of the 30 days before, 14.50 USD" in said
        assert picture.get("aria-labelledby") == "title said"
        assert "style" not in answer.text  # no style sheet: the shop's pages allow none
        assert answer.headers["cache-control"] == "public, max-age=60"
    etag = {"If-None-Match": by_name.headers["etag"]}
    again = await client.get(f"{path}.svg?format=paperback", headers=etag)
    assert (again.status_code, again.content) in [
        (304, b""),
        (200, again.content),
    ]  # a moment may have passed
    assert (await client.get(path, headers={"Accept": "*/*"})).headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"days": 0}, "days"),
        ({"days": 3_661}, "days"),
        ({"format": "scroll"}, "format"),
        ({"condition": "mint"}, "condition"),
    ],
)
async def test_a_question_that_makes_no_sense_is_told_where(
    client: httpx.AsyncClient, asked: dict[str, str], field: str
) -> None:
    for path in ("history", "history.svg"):
        answer = await client.get(f"/v1/books/9780141439518/prices/{path}", params=asked)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


async def test_a_mistyped_isbn_is_told(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/books/9780141439519/prices/history")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "isbn")


async def test_how_prices_were_recalled_is_counted(client: httpx.AsyncClient) -> None:
    counts = (await client.get("/metrics")).text
    assert "octavo_prices_unwritten_total" in counts
