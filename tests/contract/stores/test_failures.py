"""Every way in which a store fails to answer is told apart, and none of them harms us."""

import asyncio
import gzip
import json
import zlib
from dataclasses import replace

import pytest
from aiohttp import web
from yarl import URL

from adapters.stores.bookstore import DescribedBookstore
from domain.prices.store import StoreBroken, StoreBusy, StoreFailed, StoreRefused, StoreSlow
from domain.shared.isbn import Isbn
from tests.contract.stores.stand_in import EMMA, Shop, StandIn
from tests.contract.stores.worlds import JSON, XML
from tests.sandbox.running import running

NOW = "Sun, 01 Mar 2026 12:00:00 GMT"  # by the clock of `StandingClock`
ERRORS = """
[[errors]]
status = 400
at = "error.code"
says = ["over quota", "Slow down"]
means = "busy"
wait = "error.wait"
[[errors]]
status = 418
means = "busy"
wait = 90
[[errors]]
at = "error.code"
says = "no_account"
means = "refused"
[[errors]]
at = "error.message"
contains = "not in our range"
means = "not_sold"
[[errors]]
at = "maintenance"
means = "broken"
[[errors]]
status = 404
means = "broken"
"""


async def failure(shop: Shop, description: str = JSON.description) -> StoreFailed:
    with pytest.raises(StoreFailed) as failed:
        await shop.store(description).offers(EMMA)
    assert failed.value.message.startswith("harbour-books: ")
    return failed.value


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (401, StoreRefused),
        (403, StoreRefused),
        (400, StoreBroken),
        (500, StoreBroken),
        (503, StoreBroken),
        (204, StoreBroken),
    ],
)
async def test_a_status_says_what_is_wrong(
    shop: Shop, stand_in: StandIn, status: int, kind: type[StoreFailed]
) -> None:
    stand_in.answers("" if status == 204 else "<h1>Sorry</h1>", status=status)
    assert type(await failure(shop)) is kind


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_not_found_is_not_sold(shop: Shop, stand_in: StandIn, status: int) -> None:
    stand_in.answers("<h1>Sorry</h1>", status=status)
    assert await shop.store(JSON.description).offers(EMMA) == ()


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({}, None),
        ({"Retry_After": "17"}, 17),
        ({"Retry_After": "0.2"}, 1),
        ({"Retry_After": "99999999"}, 86_400),
        ({"Retry_After": "soon"}, None),
        ({"Retry_After": "Sun, 01 Mar 2026 12:00:30 GMT", "Date": NOW}, 30),
        ({"Retry_After": "Sun, 01 Mar 2026 11:00:00 GMT", "Date": NOW}, 1),
        # A store whose clock is an hour ahead means a minute by it, not an hour and a minute.
        (
            {"Retry_After": "Sun, 01 Mar 2026 13:01:00 GMT", "Date": "Sun, 01 Mar 2026 13:00:00 GMT"},
            60,
        ),
        ({"Retry_After": "Fri, 01 Mar 99999 12:00:00 GMT"}, None),
    ],
)
async def test_a_busy_store_says_for_how_long(
    shop: Shop, stand_in: StandIn, headers: dict[str, str], wait: int | None
) -> None:
    stand_in.answers("", status=429, **headers)
    busy = await failure(shop)
    assert isinstance(busy, StoreBusy)
    assert busy.retry_after == wait


@pytest.mark.parametrize(
    ("status", "body", "kind", "wait"),
    [
        (400, {"error": {"code": "OVER  quota", "wait": 2.5}}, StoreBusy, 3),
        (400, {"error": {"code": "slow down"}}, StoreBusy, None),
        (400, {"error": {"code": "slow down", "wait": {"s": 1}}}, StoreBusy, None),
        (418, None, StoreBusy, 90),
        (200, {"error": {"code": "no_account"}}, StoreRefused, None),
        (200, {"maintenance": {"until": "?"}}, StoreBroken, None),
        (404, {"error": {"code": "no such path"}}, StoreBroken, None),
        (200, {"result": {"offers": [{}]}, "error": {"code": ["?"]}}, StoreBroken, None),
    ],
)
async def test_a_store_has_errors_of_its_own(
    *, shop: Shop, stand_in: StandIn, status: int, body: object, kind: type[StoreFailed], wait: int | None
) -> None:
    stand_in.answers(json.dumps(body), status=status)
    found = await failure(shop, JSON.description + ERRORS)
    assert type(found) is kind
    assert found.details.get("retry_after") == wait


async def test_a_store_says_in_its_own_words_that_it_does_not_sell_a_book(
    shop: Shop, stand_in: StandIn
) -> None:
    stand_in.answers('{"error": {"message": "This is NOT  in our range."}}', status=422)
    assert await shop.store(JSON.description + ERRORS).offers(EMMA) == ()


async def test_the_header_outranks_what_the_description_says_of_waiting(
    shop: Shop, stand_in: StandIn
) -> None:
    stand_in.answers("", status=418, Retry_After="5")
    busy = await failure(shop, JSON.description + ERRORS)
    assert busy.details["retry_after"] == 5


async def test_who_does_not_answer_in_time_is_slow(shop: Shop, stand_in: StandIn) -> None:
    stand_in.seconds = 0.3
    asking = shop.described(JSON.description).asking
    hasty = replace(asking, address=replace(asking.address, seconds=0.05))
    with pytest.raises(StoreSlow, match="harbour-books: no answer"):
        await DescribedBookstore(hasty, shop.wire, shop.clock).offers(EMMA)


async def test_a_lost_connection_is_slow_and_costs_one_call(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(JSON.nothing)
    store = shop.store(JSON.description)
    await store.offers(EMMA)  # a connection that is there to be used again
    stand_in.cut = True
    assert isinstance(await failure(shop), StoreSlow)
    assert len(stand_in.asked) == 2


async def test_nobody_there_is_slow(shop: Shop, store_wire: object) -> None:
    async with running(web.Application()) as url:
        gone = url
    assert isinstance(await failure(shop, JSON.description.replace("http://stand-in", gone)), StoreSlow)


async def test_who_speaks_no_http_is_broken(shop: Shop) -> None:
    async def mumble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 mail.example ESMTP\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(mumble, "127.0.0.1") as server:
        host, port = server.sockets[0].getsockname()
        mail = JSON.description.replace("http://stand-in", f"http://{host}:{port}")
        assert type(await failure(shop, mail)) is StoreBroken


async def test_no_redirect_is_followed(shop: Shop, stand_in: StandIn) -> None:
    keyed = JSON.description + '\n[authentication]\nenv = "KEY"\nquery = "key"\n'
    for place in ("http://elsewhere.example/offers?key=s3cret", "/shop/here", "http://[", ""):
        stand_in.answers("", status=302, Location=place)
        with pytest.raises(StoreBroken, match="redirects") as broken:
            await shop.store(keyed, KEY="s3cret").offers(EMMA)
        assert "s3cret" not in broken.value.message
    assert len(stand_in.asked) == 4


async def test_packed_answers_are_unpacked(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(gzip.compress(JSON.search.encode()), Content_Encoding="gzip")
    assert len(await shop.store(JSON.description).offers(EMMA)) == 2
    assert stand_in.last.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(bytes(50_000_000), 9), "gzip"),  # 50 MB in 50 KB
        (gzip.compress(b"[]")[:-4], "gzip"),
        (b"[]", "gzip"),
        (zlib.compress(b"[]"), "deflate"),
        (b"x" * (2 * 1024 * 1024 + 1), ""),
    ],
    ids=["bomb", "cut off", "not packed", "not as said", "flood"],  # a packed body tells when it was packed
)
async def test_bombs_and_floods_are_refused(
    shop: Shop, stand_in: StandIn, body: bytes, encoding: str
) -> None:
    stand_in.answers(body, **({"Content_Encoding": encoding} if encoding else {}))
    assert isinstance(await failure(shop), StoreBroken)


ENTITIES = '<!DOCTYPE shop [<!ENTITY a "{}">{}]><shop waehrung="EUR">&b;</shop>'


@pytest.mark.parametrize(
    "document",
    [
        ENTITIES.format("x" * 10, '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'),
        '<!DOCTYPE s [<!ENTITY b SYSTEM "file:///etc/hostname">]><shop waehrung="EUR">&b;</shop>',
        '<!DOCTYPE s SYSTEM "http://elsewhere.example/s.dtd"><shop waehrung="EUR">&b;</shop>',
        '<!DOCTYPE s [<!ENTITY % b SYSTEM "http://elsewhere.example/x"> %b;]><shop waehrung="EUR"/>',
    ],
)
async def test_xml_that_declares_entities_is_refused(shop: Shop, stand_in: StandIn, document: str) -> None:
    stand_in.answers(document, Content_Type="application/xml")
    assert "entities" in (await failure(shop, XML.description)).message


async def test_a_document_type_alone_is_no_harm(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers('<!DOCTYPE shop><shop waehrung="EUR"/>')
    assert await shop.store(XML.description).offers(EMMA) == []


async def test_long_answers_are_read_as_short_ones_are(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(JSON.search + " " * 100_000)
    assert len(await shop.store(JSON.description).offers(EMMA)) == 2
    stand_in.answers(JSON.other + " " * 100_000)
    assert isinstance(await failure(shop), StoreBroken)


async def test_a_character_set_is_the_one_that_is_named(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(XML.search.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    assert (await shop.store(XML.description).offers(EMMA))[1].seller == "Anna & Söhne"
    stand_in.answers(JSON.search.encode(), Content_Type="application/json; charset=martian")
    assert "martian" in (await failure(shop)).message


async def test_a_key_goes_as_described_and_is_shown_nowhere(shop: Shop, stand_in: StandIn) -> None:
    (shop.folder / "key").write_text("s3cret\n")
    ways = {
        'env = "KEY"\nheader = "Authorization"\nprefix = "Bearer "': ("Bearer s3cret", None),
        'file = "key"\nquery = "api_key"': (None, "s3cret"),
    }
    for way, (header, parameter) in ways.items():
        stand_in.answers("", status=401)
        store = shop.store(f"{JSON.description}\n[authentication]\n{way}\n", KEY="s3cret")
        with pytest.raises(StoreRefused) as refused:
            await store.offers(EMMA)
        assert stand_in.last.headers.get("Authorization") == header
        assert stand_in.last.url.query.get("api_key") == parameter
        assert "s3cret" not in f"{refused.value.message} {shop.described(JSON.description)!r}"


async def test_a_number_without_an_older_form_is_not_asked_for_by_it(shop: Shop, stand_in: StandIn) -> None:
    old = JSON.description.replace('isbn = "{isbn}"', 'isbn = "{isbn10}"', 1)
    assert await shop.store(old).offers(Isbn("9791032305690")) == ()
    assert stand_in.asked == []


async def test_parameters_beside_those_of_the_address_are_encoded(shop: Shop, stand_in: StandIn) -> None:
    stand_in.answers(JSON.nothing)
    odd = JSON.description.replace('country = "{country}"', 'country = "a&b=ü {country}"')
    await shop.store(odd).offers(EMMA)
    assert stand_in.last.url.query["country"] == "a&b=ü DE"
    assert URL(stand_in.url).origin() == stand_in.last.url.origin()
