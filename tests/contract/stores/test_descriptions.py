"""A mistake in a description is told with its file, its key and what to do."""

from pathlib import Path

import pytest

from adapters.stores.descriptions.folder import read_folder
from adapters.stores.descriptions.mistakes import DescriptionMistake
from domain.prices.store import RateLimit
from tests.contract.stores.stand_in import Shop
from tests.contract.stores.test_store_orders import ORDERING
from tests.contract.stores.worlds import HTML, JSON, XML

WHOLE = JSON.description
MISTAKES = [
    ('title = "Harbour Books"', "", "title: it is missing"),
    ('title = "Harbour Books"', 'title = " "', "title: it is empty"),
    ('title = "Harbour Books"', 'titel = "Harbour Books"', "titel: there is no such key"),
    ('title = "Harbour Books"', "title = 7", "title: it should be a text, and is a whole number"),
    ('name = "harbour-books"', 'name = "harbor-books"', "'harbor-books' is described in harbor-books.toml"),
    ('wire = "json"', 'wire = "soap"', "wire: 'soap' is none of json, graphql, xml, json_ld"),
    ('country = "DE"', 'country = "Germany"', "country: Use the two-letter ISO code"),
    ('currency = "EUR"', 'currency = "DM"', "currency: 'DM' is none of AUD, CAD, CHF, EUR"),
    ('"http://stand-in/shop"', '"ftp://x"', "address: 'ftp://x' is no address like https://"),
    ('"http://stand-in/shop"', '"https://me:pw@x.example"', "address: it holds a user name"),
    ("limits = [{ calls = 5, seconds = 1 }]", "limits = []", "limits: it is empty"),
    ("calls = 5", "calls = 0", "limits[0]: calls are from 1 to 1000000"),
    ("calls = 5", 'calls = "5"', "limits[0].calls: it should be a whole number, and is a text"),
    ("calls = 5", "call = 5", "limits[0].call: there is no such key"),
    ('wire = "json"', 'wire = "json"\nanswer_seconds = 0', "answer_seconds: it should be from 1 to 60"),
    ('path = "/offers"', 'path = "offers"', 'search.path: it begins with "/"'),
    ('path = "/offers"', 'path = "/offers"\nmethod = "LOOK"', "search.method: 'LOOK' is none of GET"),
    ('isbn = "{isbn}"', 'isbn = "{ibsn}"', "search.query: {ibsn} is not known here; known are country"),
    ('isbn = "{isbn}"', 'isbn = "emma"', "search: it never sends {isbn} or {isbn10}"),
    ('isbn = "{isbn}"', 'isbn = "{isbn:number}"', "search.query: {isbn:number} can stand in JSON alone"),
    ('"/offers/{offer_id}"', '"/offers"', "detail: it never sends {offer_id}"),
    ('"result.offers[]"', '"result.offers["', "search.offers: 'result.offers[' is no path"),
    ('always_has = "result"', 'always_has = "a..b"', "search.always_has: 'a..b' is no path"),
    ('offer_id = "id"', "", "offer.offer_id: it is missing"),
    ('item = "price.amount"', 'item = "[x]"', "offer.item.at: '[x]' is no path"),
    ('item = "price.amount"', 'item = { always = "free" }', "offer.item.always: 'free' is no amount"),
    ('item = "price.amount"', "item = {}", 'offer.item: give either "at"'),
    ('item = "price.amount"', 'item = { at = "a", written = "cents" }', "item.written: 'cents'"),
    ('item = "price.amount"', 'item = { at = "a", decimal_mark = ";" }', "offer.item.decimal_mark: ';'"),
    ('isbn = "ean"', 'isbn = { always = "9780141439587" }', "offer.isbn: the answer itself must say"),
    ('isbn = "ean"', 'isbn = { at = "ean", others = "fine" }', "offer.isbn.others: 'fine' is none"),
    ('isbn = "ean"', 'isbn = { at = "ean", pattern = "[0-9]+" }', "pattern: it needs one group"),
    ('isbn = "ean"', 'isbn = { at = "ean", pattern = "([0-9" }', "offer.isbn.pattern: unterminated"),
    ('"neu" = "new"', '"neu" = "mint"', "offer.condition.words.neu: 'mint' is none of new, like_new"),
    ('ja = "in_stock"', 'ja = "yes"', "offer.availability.words.ja: 'yes' is none of in_stock"),
    ('tax = { always = "0" }', 'tax = { always = "0", otherwise = "1" }', 'offer.tax: what is "always"'),
    ("[offer]\n", "[offer]\nwhere = { 'a[' = 'b' }\n", "offer.where: 'a[' is no path"),
    ("[offer]\n", "[[errors]]\nmeans = 'busy'\n[offer]\n", 'errors[0]: give "status", or "at"'),
    ("[offer]\n", "[[errors]]\nstatus = 1\nmeans = 'odd'\n[offer]\n", "errors[0].means: 'odd' is"),
    ("[offer]\n", "[[errors]]\nstatus = 1\nmeans = 'too_late'\n[offer]\n", "errors[0].means: 'too_late'"),
    ("[offer]\n", "[[errors]]\nsays = 'x'\nstatus = 1\nmeans = 'busy'\n[offer]\n", 'errors[0]: give "at"'),
    ("[offer]\n", "[detail.offer]\nitem = 'x['\n[offer]\n", "detail.offer.item.at: 'x[' is no path"),
    ("[offer]\n", "[authentication]\nheader = 'X'\n[offer]\n", 'authentication: give either "env"'),
    ("[offer]\n", "[authentication]\nenv = 'KEY'\n[offer]\n", 'authentication: give either "header"'),
    ("[offer]\n", "[authentication]\nenv = 'KEY'\nheader = 'X'\n[offer]\n", "the variable KEY is not set"),
    ("[offer]\n", "[authentication]\nfile = 'k'\nheader = 'X'\n[offer]\n", "k cannot be read (FileN"),
    ("[offer]\n", "offer", "it is no TOML"),
    ("[offer]\n", "# " + "x" * 300_000 + "\n[offer]\n", "it is larger than 262144 bytes"),
    ('offer_id = "id"', 'offer_id = { at = "id", words = { a = "leave_out" } }', "id.words: 'leave"),
    ("seconds = 1", "seconds = 99999999999999999999999", "limits[0]: calls are from 1"),
]  # fmt: skip
CALLS = [
    ('path = "/offers"', 'path = "/offers"\nxml = "<a/>"\nform = { a = "b" }', "search: it can send only"),
    ('path = "/offers"', 'path = "/offers"\nvariables = { a = "b" }', 'go with a "graphql" query'),
    ('path = "/offers"', 'path = "/offers"\njson = { a = [1.5] }', "search.json.a[0]: only texts, whole"),
    ('path = "/offers"', 'path = "/offers"\njson = { a = "x{isbn:number}" }', "alone in its text"),
    ('path = "/offers"', 'path = "/offers"\nheaders = { X = "{key}" }', "search.headers: {key} is not known"),
]  # fmt: skip
ORDERS = [
    ('path = "/orders"', 'path = "/orders"\nmethod = "GET"', "ordering.place.method: what orders is no GET"),
    ('offer = "{offer_id}"', 'offer = "1"', "ordering.place: it never sends {offer_id}"),
    ('Idempotency-Key = "{key}"', 'X = "y"', "ordering.place: it never sends {key}"),
    ('always_has = "orders"', "", "ordering.find.always_has: it is missing"),
    ('number = "no"', "", "ordering.placed.number: it is missing"),
    ('means = "sold_out"', 'means = "gone"', "ordering.errors[0].means: 'gone' is none of busy"),
]  # fmt: skip


def mistake(shop: Shop, text: str) -> str:
    with pytest.raises(DescriptionMistake) as found:
        shop.described(text)
    assert str(found.value).startswith(f"harbour-books.toml: {found.value.key}")
    return str(found.value)


@pytest.mark.parametrize(("right", "wrong", "message"), MISTAKES + CALLS)
def test_a_mistake_is_named(shop: Shop, right: str, wrong: str, message: str) -> None:
    assert right in WHOLE
    assert message in mistake(shop, WHOLE.replace(right, wrong, 1))


@pytest.mark.parametrize(("right", "wrong", "message"), ORDERS)
def test_a_mistake_in_ordering_is_named(shop: Shop, right: str, wrong: str, message: str) -> None:
    assert right in ORDERING
    assert message in mistake(shop, WHOLE + ORDERING.replace(right, wrong, 1))


def test_paths_are_written_in_the_notation_of_the_wire(shop: Shop) -> None:
    assert "is no path: write it like catalogue/" in mistake(shop, XML.description.replace("preis", "a b"))
    wrong = HTML.description.replace('"td.preis"', '"td.preis:first"')
    assert "offer.item.at: 'td.preis:first' is no selector" in mistake(shop, wrong)


def test_nobody_orders_where_an_order_could_get_lost(shop: Shop) -> None:
    head, _, _ = ORDERING.partition("[ordering.find]")
    careless = head.replace("same_key_same_order = true", "same_key_same_order = false")
    assert "nobody could ever tell what became of an order" in mistake(shop, WHOLE + careless)


def test_keys_and_orders_travel_encrypted(shop: Shop) -> None:
    for far in (ORDERING, '\n[authentication]\nenv = "KEY"\nheader = "X"\n'):
        away = WHOLE.replace("http://stand-in", "http://api.example.com") + far
        assert "address: keys and orders travel by https:// alone" in mistake(shop, away)


def test_a_secret_is_never_repeated(shop: Shop) -> None:
    text = WHOLE + '\n[authentication]\nfile = "key"\nheader = "X"\n'
    for secret, why in (("s3cret\nand more", "not one line of plain characters"), (" \n", "key is empty")):
        (shop.folder / "key").write_text(secret)
        told = mistake(shop, text)
        assert why in told
        assert "s3cret" not in told


def test_a_store_has_a_name_for_addresses_and_logs(tmp_path: Path) -> None:
    (tmp_path / "Harbour Books.toml").write_text(WHOLE.replace("harbour-books", "Harbour Books"))
    (mistake,) = read_folder(tmp_path, {}).mistakes
    assert "'Harbour Books' is not of small letters, digits and hyphens" in str(mistake)


def test_a_description_says_what_was_agreed(shop: Shop) -> None:
    two = WHOLE.replace(
        "[{ calls = 5, seconds = 1 }]", '[{calls=5,seconds=1},{calls=900,seconds=86400}]\nfeed = "north"'
    )
    terms = shop.described(two).asking.terms
    assert terms.limits == (RateLimit(5, 1), RateLimit(900, 86_400))
    assert (terms.feed, terms.country, terms.currency, terms.can_order) == ("north", "DE", "EUR", False)
    assert shop.described(WHOLE + ORDERING).asking.terms.can_order


def test_one_bad_description_keeps_no_other_back(tmp_path: Path) -> None:
    (tmp_path / "harbour-books.toml").write_text(WHOLE.replace("http://stand-in", "https://a.example"))
    (tmp_path / "broken.toml").write_text("= 1")
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    (tmp_path / "notes.txt").write_text("not a description")
    found = read_folder(tmp_path, {})
    assert [store.asking.terms.name for store in found.stores] == ["harbour-books"]
    assert [mistake.file for mistake in found.mistakes] == ["broken.toml", "bytes.toml"]
