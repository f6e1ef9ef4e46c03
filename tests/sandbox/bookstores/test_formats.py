"""In four languages the stores tell the truth, which the ledger knows."""

from collections.abc import Collection

import pytest

from entrypoints.sandbox.bookstores.formats.amounts import local_text
from tests.sandbox.bookstores.conftest import Street, isbn
from tests.sandbox.bookstores.customers import Heard

BOOKS = range(3)
FORMATS = ("json", "xml", "html", "graphql")
NAMES = {"header": "X-Api-Key", "query": "api_key"}
PRICES = ("item", "shipping", "tax")


def told(street: Street, store: str, offers: Collection[Heard]) -> list[Heard]:
    """What such a store tells of the offers: no mistakes named, and HTML no price where there is no copy."""
    silent = street.stores[store]["format"] == "html"
    return [
        {name: value for name, value in offer.items() if name != "glitch"}
        | (dict.fromkeys(PRICES) if silent and offer["availability"] == "out_of_stock" else {})
        for offer in offers
    ]


@pytest.mark.parametrize("book", BOOKS)
async def test_every_store_tells_what_it_has_in_its_own_words(street: Street, book: int) -> None:
    for store, offers in (await street.truth(book)).items():
        assert await street.customer(store).search(isbn(book)) == told(street, store, offers)


@pytest.mark.parametrize("wanted", FORMATS)
async def test_one_offer_is_told_as_it_is_in_the_list(street: Street, wanted: str) -> None:
    store = street.named(format=wanted)
    offer = await street.offer(store)
    assert await street.customer(store).look(offer["offer_id"]) == told(street, store, [offer])


@pytest.mark.parametrize(("wanted", "status"), [*zip(FORMATS, (200, 200, 404, 200), strict=True)])
async def test_a_book_that_is_not_sold_is_no_error_but_on_pages(
    street: Street, wanted: str, status: int
) -> None:
    store = street.named(format=wanted)
    customer = street.customer(store)
    assert await customer.search(await street.not_sold(store)) == []
    assert (customer.answer.status_code, customer.code) == (status, "")


@pytest.mark.parametrize(("wanted", "status"), [*zip(FORMATS, (404, 404, 404, 200), strict=True)])
async def test_an_offer_that_is_gone_is_not_there(street: Street, wanted: str, status: int) -> None:
    customer = street.customer(street.named(format=wanted))
    for gone in ("3gswz0wsh-0zzz", "rubbish", "-", "zz-n"):
        assert await customer.look(gone) == []
        assert customer.answer.status_code == status


@pytest.mark.parametrize(("wanted", "status"), [*zip(FORMATS, (400, 400, 400, 200), strict=True)])
async def test_a_mistyped_number_is_refused(street: Street, wanted: str, status: int) -> None:
    customer = street.customer(street.named(format=wanted))
    await customer.search("9780141439519")
    assert customer.answer.status_code == status
    assert customer.code == ("" if wanted == "html" else "invalid_isbn")


@pytest.mark.parametrize("kind", ["header", "query"])
@pytest.mark.parametrize(("wanted", "status"), [("json", 401), ("xml", 401), ("graphql", 200)])
async def test_a_store_that_wants_a_key_serves_nobody_without(
    street: Street, kind: str, wanted: str, status: int
) -> None:
    customer = street.customer(street.named(format=wanted, auth={"kind": kind, "name": NAMES[kind]}))
    customer.key = "wrong"
    assert await customer.search(isbn(0)) == []
    assert (customer.answer.status_code, customer.code) == (status, "unauthorised")


@pytest.mark.parametrize("wanted", FORMATS)
async def test_what_a_store_cannot_do_it_says_in_its_own_words(street: Street, wanted: str) -> None:
    customer = street.customer(street.named(format=wanted))
    await customer.call("GET", "/elsewhere")
    assert customer.answer.status_code == (200 if wanted == "graphql" else 404)
    kinds = {"json": "application/json", "xml": "application/xml", "html": "text/html"}
    assert customer.answer.headers["content-type"].startswith(kinds.get(wanted, "application/json"))


@pytest.mark.parametrize(
    ("country", "currency", "text"),
    [
        ("US", "USD", "$1,234.50"),
        ("GB", "GBP", "£1,234.50"),
        ("DE", "EUR", "1.234,50\N{NO-BREAK SPACE}€"),
        ("FR", "EUR", "1\N{NARROW NO-BREAK SPACE}234,50\N{NO-BREAK SPACE}€"),
        ("CH", "CHF", "CHF\N{NO-BREAK SPACE}1\N{RIGHT SINGLE QUOTATION MARK}234.50"),
        ("CA", "CAD", "CA$1,234.50"),
        ("AU", "AUD", "A$1,234.50"),
        ("JP", "JPY", "¥123,450"),
        ("DE", "USD", "1.234,50\N{NO-BREAK SPACE}$"),
    ],
)
def test_a_price_is_written_as_in_its_country(country: str, currency: str, text: str) -> None:
    assert local_text(123_450, currency, country) == text


async def test_a_page_tempts_with_other_prices(street: Street) -> None:
    store = street.named(format="html", markup="microdata")
    customer = street.customer(store)
    await customer.look((await street.offer(store))["offer_id"])
    page = customer.answer.text
    assert page.count('itemtype="https://schema.org/Product"') == 3
    assert page.count('itemtype="https://schema.org/Book"') == page.count("<del>") == 1
