"""The description of Google Books in the documentation reads what Google answers, who is never called here.

Shapes: https://developers.google.com/books/docs/v1/reference/volumes, and what users report.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.bookstore import DescribedBookstore
from adapters.stores.descriptions.folder import read_file
from domain.prices.offer import Availability, Condition
from domain.prices.store import StoreBroken, StoreBusy, StoreFailed, StoreRefused
from domain.shared.edition_format import Format
from domain.shared.money import Money
from tests.contract.stores.stand_in import EMMA, Shop, StandIn

FILE = Path(__file__).resolve().parents[3] / "docs" / "stores" / "google-books.toml"
VOLUME: dict[str, Any] = {
    "kind": "books#volume",
    "id": "k4wQAwAAQBAJ",
    "etag": "x",
    "volumeInfo": {
        "title": "Emma",
        "industryIdentifiers": [
            {"type": "ISBN_10", "identifier": "0141439580"},
            {"type": "ISBN_13", "identifier": "9780141439587"},
        ],
    },
    "saleInfo": {
        "country": "US",
        "saleability": "FOR_SALE",
        "isEbook": True,
        "listPrice": {"amount": 11.99, "currencyCode": "USD"},
        "retailPrice": {"amount": 8.9, "currencyCode": "USD"},
        "offers": [{"finskyOfferType": 1, "retailPrice": {"amountInMicros": 8900000, "currencyCode": "USD"}}],
    },
}


@pytest.fixture
def google(shop: Shop) -> DescribedBookstore:
    text = FILE.read_text().replace("https://www.googleapis.com/books/v1", f"{shop.stand_in.url}/books/v1")
    file = shop.folder / FILE.name
    file.write_text(text)
    described = read_file(file, {"OCTAVO_GOOGLE_BOOKS_KEY": "a-key"})
    return DescribedBookstore(described.asking, shop.wire, shop.clock)


def found(stand_in: StandIn, *volumes: dict[str, Any]) -> None:
    told: dict[str, Any] = {"kind": "books#volumes", "totalItems": len(volumes)}
    stand_in.answers(json.dumps({**told, "items": volumes} if volumes else told))


def sold(**changed: object) -> dict[str, Any]:
    return {**VOLUME, "saleInfo": {**VOLUME["saleInfo"], **changed}}


def error(stand_in: StandIn, status: int, reason: str, message: str) -> None:
    told = {"code": status, "message": message, "errors": [{"domain": "global", "reason": reason}]}
    stand_in.answers(json.dumps({"error": told}), status=status)


async def test_it_sells_e_books_in_a_series_of_their_own(
    google: DescribedBookstore, stand_in: StandIn
) -> None:
    found(stand_in, VOLUME)
    (offer,) = await google.offers(EMMA)
    assert (offer.format, offer.condition) == (Format.EBOOK, Condition.NEW)
    assert (offer.offer_id, offer.seller) == ("k4wQAwAAQBAJ", "Google Play Books")
    assert (offer.landed, offer.availability) == (Money(890, "USD"), Availability.IN_STOCK)
    asked = stand_in.last.url
    assert asked.path == "/books/v1/volumes"
    assert dict(asked.query) == {
        "q": "isbn:9780141439587", "country": "US", "maxResults": "20", "printType": "books", "key": "a-key",
    }  # fmt: skip


async def test_one_volume_is_looked_at_by_its_id(google: DescribedBookstore, stand_in: StandIn) -> None:
    stand_in.answers(json.dumps(VOLUME))
    offer = await google.offer(EMMA, "k4wQAwAAQBAJ")
    assert offer is not None
    assert stand_in.last.url.path == "/books/v1/volumes/k4wQAwAAQBAJ"
    assert stand_in.last.url.query["country"] == "US"


@pytest.mark.parametrize(
    "volumes",
    [
        [],
        [sold(saleability="NOT_FOR_SALE", retailPrice=None)],
        [sold(saleability="FREE")],
        [sold(saleability="FOR_RENTAL_ONLY")],
        [sold(isEbook=False)],
        [sold(country="DE")],
        [{**VOLUME, "volumeInfo": {"title": "Emma"}}],  # a hit that bears no number
        [{**VOLUME, "volumeInfo": {"industryIdentifiers": [{"type": "OTHER", "identifier": "UOM:39"}]}}],
    ],
)
async def test_what_it_does_not_sell_us_is_no_offer(
    google: DescribedBookstore, stand_in: StandIn, volumes: list[dict[str, Any]]
) -> None:
    found(stand_in, *volumes)
    assert await google.offers(EMMA) == []


async def test_a_book_that_is_announced_is_no_book_in_stock(
    google: DescribedBookstore, stand_in: StandIn
) -> None:
    found(stand_in, sold(saleability="FOR_PREORDER"))
    (offer,) = await google.offers(EMMA)
    assert offer.availability is Availability.PRE_ORDER


async def test_another_currency_is_not_believed(google: DescribedBookstore, stand_in: StandIn) -> None:
    found(stand_in, sold(retailPrice={"amount": 8.9, "currencyCode": "CAD"}))
    with pytest.raises(StoreBroken, match=r"offer\.currency: 'CAD'"):
        await google.offers(EMMA)


@pytest.mark.parametrize(
    ("status", "reason", "message", "kind", "wait"),
    [
        (429, "rateLimitExceeded", "Quota exceeded for limit 'Queries per day' of service", StoreBusy, 3600),
        (429, "rateLimitExceeded", "Quota exceeded for limit 'Queries per minute'", StoreBusy, 60),
        (403, "dailyLimitExceeded", "Daily Limit Exceeded", StoreBusy, 3600),
        (403, "userRateLimitExceeded", "User Rate Limit Exceeded", StoreBusy, 60),
        (403, "unknownLocation", "Cannot determine user location", StoreRefused, None),
        (400, "keyInvalid", "Bad Request", StoreRefused, None),
        (400, "badRequest", "API key not valid. Please pass a valid API key.", StoreRefused, None),
        (500, "backendError", "Backend Error", StoreBroken, None),
    ],
)
async def test_its_refusals_are_told_apart(
    *,
    google: DescribedBookstore,
    stand_in: StandIn,
    status: int,
    reason: str,
    message: str,
    kind: type[StoreFailed],
    wait: int | None,
) -> None:
    error(stand_in, status, reason, message)
    with pytest.raises(kind) as refused:
        await google.offers(EMMA)
    assert refused.value.details.get("retry_after") == wait
