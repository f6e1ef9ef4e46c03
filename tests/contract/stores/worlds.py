"""The same two offers of one store, in each wire format, with the description that reads them."""

import json
from dataclasses import dataclass
from typing import Any

HEAD = """
name = "harbour-books"
title = "Harbour Books"
address = "http://stand-in/shop"
wire = "{wire}"
country = "DE"
currency = "EUR"
limits = [{{ calls = 5, seconds = 1 }}]
"""
WORDS = """
[offer.condition]
at = "{condition}"
words = {{ "neu" = "new", "gebraucht: gut" = "good", "Sammlerstück" = "leave_out" }}

[offer.format]
at = "{format}"
words = {{ TB = "paperback", HC = "hardcover" }}

[offer.availability]
at = "{availability}"
words = {{ ja = "in_stock", wenige = "few_left", nein = "out_of_stock" }}
"""


@dataclass(frozen=True)
class World:
    """`search` is what the store answers for Emma: a new paperback of 12.99 + 3.00, and a good one of its
    own marketplace for 1,234.50 + 0. `nothing`: not sold. `other`: offers of another edition.
    """

    description: str
    search: str
    nothing: str
    other: str
    content_type: str


def _json_offers(isbn: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "a-1", "ean": isbn, "by": {"name": "Harbour Books"}, "state": "neu", "binding": "TB",
            "stock": "ja", "price": {"amount": 12.9900, "currency": "EUR"}, "shipping": 3,
        },
        {
            "id": "b/2 ü", "ean": isbn, "by": {"name": "Anna & Söhne"}, "state": "Gebraucht:  gut",
            "binding": "TB", "stock": "wenige", "price": {"amount": "1234.5", "currency": "eur"},
            "shipping": None,
        },
    ]  # fmt: skip


JSON_FACTS = """
isbn = "ean"
offer_id = "id"
seller = "by.name"
item = "price.amount"
currency = "price.currency"
shipping = { at = "shipping", otherwise = "0" }
tax = { always = "0" }
"""
_JSON_WORDS = WORDS.format(condition="state", format="binding", availability="stock")

JSON = World(
    description=HEAD.format(wire="json")
    + """
[search]
path = "/offers"
query = { isbn = "{isbn}", country = "{country}" }
offers = "result.offers[]"
always_has = "result"

[detail]
path = "/offers/{offer_id}"
offers = "$"

[offer]
"""
    + JSON_FACTS
    + _JSON_WORDS,
    search=json.dumps({"result": {"offers": _json_offers("978-0-14-143958-7")}}),
    nothing=json.dumps({"result": {"offers": []}}),
    other=json.dumps({"result": {"offers": _json_offers("9780141439518")}}),
    content_type="application/json",
)

GRAPHQL = World(
    description=HEAD.format(wire="graphql")
    + """
[search]
path = "/graphql"
graphql = "query Offers($isbn: String!) { book(isbn: $isbn) { offers { id } } }"
operation = "Offers"
variables = { isbn = "{isbn}" }
offers = "data.book.offers[]"

[offer]
"""
    + JSON_FACTS
    + _JSON_WORDS,
    search=json.dumps({"data": {"book": {"offers": _json_offers("9780141439587")}}}),
    nothing=json.dumps({"data": {"book": None}}),
    other=json.dumps({"data": {"book": {"offers": _json_offers("9780141439518")}}}),
    content_type="application/graphql-response+json",
)

_XML_OFFERS = """<?xml version="1.0" encoding="UTF-8"?>
<s:shop xmlns:s="urn:shop:1" waehrung="EUR"><s:treffer ean="{ean}">
<s:angebot nr="a-1"><s:von>Harbour Books</s:von><s:zustand>neu</s:zustand><s:art>TB</s:art>
<s:lager>ja</s:lager><s:preis>1299</s:preis><s:versand>300</s:versand></s:angebot>
<s:angebot nr="b/2 ü"><s:von>Anna &amp; S&#246;hne</s:von><s:zustand> Gebraucht:
gut</s:zustand><s:art>TB</s:art><s:lager>wenige</s:lager><s:preis>123450</s:preis></s:angebot>
</s:treffer></s:shop>"""
XML = World(
    description=HEAD.format(wire="xml")
    + """
amounts = { written = "minor" }
[search]
path = "/suche/{isbn}"
offers = "shop/treffer/angebot"
always_has = "shop/@waehrung"

[offer]
isbn = "../@ean"
offer_id = "@nr"
seller = "von"
item = "preis"
currency = "/shop/@waehrung"
shipping = { at = "versand", otherwise = "0" }
tax = { always = "0" }
"""
    + WORDS.format(condition="zustand", format="art", availability="lager"),
    search=_XML_OFFERS.format(ean="9780141439587"),
    nothing='<shop waehrung="EUR"/>',
    other=_XML_OFFERS.format(ean="9780141439518"),
    content_type="application/xml",
)

_LOCAL = '\namounts = { written = "local", decimal_mark = "," }\n'
_ROWS = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Emma</title></head><body>
<h1 id=isbn>ISBN {isbn} &ndash; Emma</h1><del class=preis>99,00 &euro;</del>
<table class="angebote big"><tr><th>Von<th>Preis
<tr class="angebot" data-id="a-1"><td class=von>Harbour Books<td class=zustand>neu<td class=art>TB
 <td class=preis>12,99&nbsp;&euro;<td class=versand>3,00 &euro;<td class=lager><img alt=x>ja
<tr class="angebot" data-id="b/2 &uuml;"><td class=von>Anna &amp; Söhne<td class=zustand>Gebraucht: <b>gut</b>
 <td class=art>TB<td class=preis>EUR 1.234,5<td class=versand>gratis<td class=lager>wenige</table>
<aside><tr class="preis">0,01 &euro;</aside><p>unclosed</body></html>"""
HTML = World(
    description=HEAD.format(wire="html")
    + _LOCAL
    + """
[search]
path = "/isbn/{isbn10}"
offers = "table.angebote tr.angebot"
always_has = "h1#isbn"

[offer]
isbn = { at = "/ h1#isbn", pattern = "ISBN ([0-9X-]+)" }
offer_id = "@data-id"
seller = "td.von"
item = "td.preis"
shipping = { at = "> td.versand", words = { gratis = "0" } }
tax = { always = "0" }
"""
    + WORDS.format(condition="td.zustand", format="td.art", availability="td[class=lager]"),
    search=_ROWS.format(isbn="978-0-14-143958-7"),
    nothing="<h1 id=isbn>ISBN 9780141439587</h1><p>Leider nicht lieferbar",
    other=_ROWS.format(isbn="9780141439518"),
    content_type="text/html; charset=utf-8",
)

_THING_FACTS = """
isbn = { at = "^.isbn", others = "beside" }
offer_id = "sku"
seller = "seller.name"
item = "price"
currency = "priceCurrency"
shipping = { at = "shipping", otherwise = "0", words = { gratis = "0" } }
tax = { always = "0" }
"""
_THINGS = """
[search]
path = "/isbn/{isbn}"
offers = "[@type=Book].offers[]"
always_has = "[@type=Book]"

[offer]
"""
_THINGS += _THING_FACTS
_THINGS += WORDS.format(condition="itemCondition", format="^.bookFormat", availability="availability")


def _things(isbn: str) -> str:
    def offer(sku: str, seller: str, condition: str, stock: str, price: str, **more: str) -> dict[str, Any]:
        return {
            "@type": "Offer", "sku": sku, "seller": {"@type": "Organization", "name": seller}, **more,
            "itemCondition": condition, "availability": f"https://schema.org/{stock}", "price": price,
            "priceCurrency": "EUR",
        }  # fmt: skip

    book = {
        "@type": "Book",
        "isbn": isbn,
        "bookFormat": "http://schema.org/TB",
        "offers": [
            offer("a-1", "Harbour Books", "neu", "ja", "12,99 €", shipping="3,00 €"),
            offer("b/2 ü", "Anna & Söhne", "gebraucht: gut", "wenige", "1.234,50 €"),
        ],
    }
    beside = {"@type": "Book", "isbn": "9780140449136", "offers": offer("z", "Z", "neu", "ja", "0,01 €")}
    graph = json.dumps({"@context": "https://schema.org", "@graph": [beside, book]}, ensure_ascii=False)
    return f"""<html><head><script type="application/ld+json">{{ broken </script>
<script type="application/ld+json; charset=utf-8">{graph}</script></head><body>99,00 &euro;</body></html>"""


JSON_LD = World(
    description=HEAD.format(wire="json_ld") + _LOCAL + _THINGS,
    search=_things("9780141439587"),
    nothing='<script type="application/ld+json">{"@type": "Book", "isbn": "9780141439587"}</script>',
    other=_things("9780141439518"),
    content_type="text/html",
)

_MARKED = """<main itemscope itemtype="https://schema.org/Book">
<span itemprop=isbn>{isbn}</span><link itemprop=bookFormat href="https://schema.org/TB">
<div itemprop=offers itemscope itemtype="https://schema.org/Offer"><meta itemprop=sku content="a-1">
 <p itemprop=seller itemscope><b itemprop=name>Harbour Books</b><span itemprop=itemCondition>neu</span></p>
 <i itemprop=itemCondition>neu</i><link itemprop=availability href="http://schema.org/ja">
 <del>15,99 &euro;</del><span itemprop=price>12,99&nbsp;&euro;</span>
 <data itemprop=shipping value="3,00 €">3</data>
 <meta itemprop=priceCurrency content=EUR></div>
<div itemprop=offers itemscope itemtype="https://schema.org/Offer"><meta itemprop=sku content="b/2 &uuml;">
 <p itemprop=seller itemscope><b itemprop=name>Anna &amp; Söhne</b></p>
 <i itemprop=itemCondition>gebraucht: gut</i><link itemprop=availability href="http://schema.org/wenige">
 <span itemprop=price content="1.234,50 €">1234</span>
 <meta itemprop=priceCurrency content=EUR></div></main>
<aside itemscope itemtype="https://schema.org/Book"><b itemprop=isbn>9780140449136</b>
<div itemprop=offers itemscope><meta itemprop=sku content=z><b itemprop=price>0,01 &euro;</b></div></aside>"""
MICRODATA = World(
    description=HEAD.format(wire="microdata") + _LOCAL + _THINGS,
    search=_MARKED.format(isbn="9780141439587"),
    nothing='<main itemscope itemtype="https://schema.org/Book"><b itemprop=isbn>9780141439587</b></main>',
    other=_MARKED.format(isbn="9780141439518"),
    content_type="text/html",
)

WORLDS = {
    "json": JSON, "graphql": GRAPHQL, "xml": XML, "html": HTML, "json_ld": JSON_LD, "microdata": MICRODATA,
}  # fmt: skip
