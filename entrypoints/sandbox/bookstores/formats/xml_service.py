"""XML: whole minor units, short codes, the key within the order."""

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as ET

from aiohttp import web

from domain.prices.offer import Availability, Condition
from domain.shared.edition_format import Format
from entrypoints.sandbox.bookstores.counter import Counter
from entrypoints.sandbox.bookstores.desk import Address, Wanted
from entrypoints.sandbox.bookstores.formats.language import Call, moment
from entrypoints.sandbox.bookstores.orders import Order
from entrypoints.sandbox.bookstores.refusals import no_such_offer, not_understood
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.shared.serving import Refusal

NAMESPACE: Final = "urn:bookstore:ws:1"
BINDINGS: Final = {Format.PAPERBACK: "PB", Format.HARDCOVER: "HC"}
STATES: Final = {
    Condition.NEW: "NEW",
    Condition.LIKE_NEW: "USED1",
    Condition.VERY_GOOD: "USED2",
    Condition.GOOD: "USED3",
    Condition.ACCEPTABLE: "USED4",
}
STOCKS: Final = {
    Availability.IN_STOCK: "AVAILABLE",
    Availability.FEW_LEFT: "FEW",
    Availability.BACK_ORDER: "ORDERED",
    Availability.PRE_ORDER: "ANNOUNCED",
    Availability.OUT_OF_STOCK: "NONE",
}
CODES: Final = {"offer_not_found": "NOT_FOUND"}


class XmlService:
    """At one store's counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def calls(self) -> Sequence[Call]:
        """Two to look, four to buy."""
        named = self._counter.operation
        return (
            ("GET", "/ws/search", named("search", self._search)),
            ("GET", "/ws/article", named("detail", self._look)),
            ("POST", "/ws/order", named("order", self._order)),
            ("GET", "/ws/orders", named("lookup", self._find)),
            ("POST", "/ws/cancel", named("cancel", self._cancel)),
            ("POST", "/ws/refund", named("refund", self._refund)),
        )

    def refusal(self, refusal: Refusal) -> web.Response:
        """`<fault>`."""
        fault = _root("fault", code=CODES.get(refusal.code, refusal.code.upper()))
        ET.SubElement(fault, "text").text = refusal.message
        return _written(fault, refusal.status)

    async def _search(self, request: web.Request) -> web.Response:
        ean = request.query.get("ean", "")
        offers = self._counter.search(ean)
        catalogue = _root("catalogue", ean=ean, hits=str(len(offers)))
        catalogue.extend(_article(ET.Element("article"), offer) for offer in offers)
        return _written(catalogue)

    async def _look(self, request: web.Request) -> web.Response:
        offer = self._counter.look(request.query.get("ref", ""))
        if offer is None:
            raise no_such_offer()
        return _written(_article(_root("article"), offer))

    async def _order(self, request: web.Request) -> web.Response:
        order, _ = await self._counter.order(_read(await request.read()))
        return _written(_receipt(_root("receipt"), order))

    async def _find(self, request: web.Request) -> web.Response:
        return _receipts(await self._counter.find(request.query.get("key", "")))

    async def _cancel(self, request: web.Request) -> web.Response:
        asked = request.query
        return _receipts(await self._counter.cancel(asked.get("key", ""), asked.get("no")))

    async def _refund(self, request: web.Request) -> web.Response:
        asked = request.query
        cents = _whole(asked.get("cents", ""))
        return _receipts(await self._counter.refund(asked.get("key", ""), asked.get("no"), cents))


def _article(element: ET.Element, offer: Listed) -> ET.Element:
    element.attrib |= {
        "ref": offer.id,
        "ean": offer.isbn,
        "binding": BINDINGS[offer.format],
        "state": STATES[offer.condition],
    }
    ET.SubElement(element, "vendor").text = offer.seller
    _money(element, offer.currency, price=offer.item, postage=offer.shipping, vat=offer.tax)
    ET.SubElement(element, "stock").text = STOCKS[offer.availability]
    ET.SubElement(element, "changed").text = moment(offer.changed)
    return element


def _receipt(element: ET.Element, order: Order) -> ET.Element:
    element.attrib |= {
        "no": order.id,
        "key": order.key,
        "status": order.status.upper(),
        "ref": order.offer_id,
        "ean": order.isbn,
        "state": STATES[Condition(order.condition)],
    }
    ET.SubElement(element, "vendor").text = order.seller
    _money(element, order.currency, price=order.item, postage=order.shipping, vat=order.tax)
    _money(element, order.currency, total=order.charged, refunded=order.refunded)
    ET.SubElement(element, "ordered").text = order.at
    return element


def _receipts(orders: Sequence[Order]) -> web.Response:
    receipts = _root("receipts", hits=str(len(orders)))
    receipts.extend(_receipt(ET.Element("receipt"), order) for order in orders)
    return _written(receipts)


def _money(element: ET.Element, currency: str, **amounts: int) -> None:
    for name, amount in amounts.items():
        ET.SubElement(element, name, cur=currency).text = str(amount)


def _root(name: str, **attributes: str) -> ET.Element:
    return ET.Element(name, {"xmlns": NAMESPACE, **attributes})


def _written(element: ET.Element, status: int = 200) -> web.Response:
    body = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return web.Response(body=body, status=status, content_type="application/xml", charset="utf-8")


def _read(body: bytes) -> Wanted:
    try:
        order = ET.fromstring(body)  # noqa: S314 - a customer of a stand-in harms only itself
    except ET.ParseError as error:
        raise not_understood(str(error)) from error
    expected, consignee = order.find(_of("expected")), order.find(_of("consignee"))
    if order.tag != _of("order") or expected is None or consignee is None:
        raise not_understood("An order has `expected` and `consignee`.")
    return Wanted(
        key=order.get("key", ""),
        offer_id=order.get("ref", ""),
        isbn=order.get("ean", ""),
        expected_total=_whole(expected.text or ""),
        currency=expected.get("cur", ""),
        address=_address(consignee),
    )


def _address(consignee: ET.Element) -> Address:
    def told(name: str) -> str:
        return consignee.findtext(_of(name), "").strip()

    if not all(map(told, ("name", "street", "city", "postcode", "country"))):
        raise not_understood("A consignee has name, street, city, postcode and country.")
    return Address(
        name=told("name"),
        line1=told("street"),
        line2=told("extra"),
        city=told("city"),
        region=told("region"),
        postal_code=told("postcode"),
        country=told("country"),
    )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise not_understood(f"{text!r} is no number of minor units.")
    return int(text)


def _of(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
