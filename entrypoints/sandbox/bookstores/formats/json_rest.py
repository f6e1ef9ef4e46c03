"""JSON over REST: amounts as decimal text, conditions with hyphens."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from aiohttp import web

from domain.prices.offer import Availability, Condition
from entrypoints.sandbox.bookstores.chance import draw
from entrypoints.sandbox.bookstores.counter import Counter
from entrypoints.sandbox.bookstores.desk import Address, Wanted
from entrypoints.sandbox.bookstores.formats.amounts import decimal_text, minor_units
from entrypoints.sandbox.bookstores.formats.language import Call, moment, understood
from entrypoints.sandbox.bookstores.orders import Order
from entrypoints.sandbox.bookstores.refusals import no_such_offer
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.shared.serving import Refusal

CONDITIONS: Final = {
    Condition.NEW: "new",
    Condition.LIKE_NEW: "used-like-new",
    Condition.VERY_GOOD: "used-very-good",
    Condition.GOOD: "used-good",
    Condition.ACCEPTABLE: "used-acceptable",
}
AVAILABILITIES: Final = {
    Availability.IN_STOCK: "in_stock",
    Availability.FEW_LEFT: "limited",
    Availability.BACK_ORDER: "backorder",
    Availability.PRE_ORDER: "preorder",
    Availability.OUT_OF_STOCK: "out_of_stock",
}


class Amount(msgspec.Struct, forbid_unknown_fields=True):
    """As money is written."""

    amount: str
    currency: str


class ShipTo(msgspec.Struct, forbid_unknown_fields=True):
    """Where to."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str = ""
    region: str = ""


class NewOrder(msgspec.Struct, forbid_unknown_fields=True):
    """POST …/orders."""

    offer_id: str
    isbn13: str
    expected_total: Amount
    ship_to: ShipTo


class Cancellation(msgspec.Struct, forbid_unknown_fields=True):
    """POST …/orders/cancel."""

    key: str
    order_id: str | None = None


class Refund(msgspec.Struct, forbid_unknown_fields=True):
    """POST …/orders/refund."""

    key: str
    amount: str
    order_id: str | None = None


class JsonRest:
    """At one store's counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def calls(self) -> Sequence[Call]:
        """Two to look, four to buy."""
        named, base = self._counter.operation, "/api/v2"
        return (
            ("GET", f"{base}/offers", named("search", self._search)),
            ("GET", f"{base}/offers/{{id}}", named("detail", self._look)),
            ("POST", f"{base}/orders", named("order", self._order)),
            ("GET", f"{base}/orders", named("lookup", self._find)),
            ("POST", f"{base}/orders/cancel", named("cancel", self._cancel)),
            ("POST", f"{base}/orders/refund", named("refund", self._refund)),
        )

    def refusal(self, refusal: Refusal) -> web.Response:
        """`{"error": …}`."""
        return web.json_response({"error": refusal.document()}, status=refusal.status)

    async def _search(self, request: web.Request) -> web.Response:
        isbn = request.query.get("isbn", "")
        offers = [_offer(offer) for offer in self._counter.search(isbn)]
        return web.json_response({"isbn13": isbn, "count": len(offers), "offers": offers})

    async def _look(self, request: web.Request) -> web.Response:
        offer = self._counter.look(request.match_info["id"])
        if offer is None:
            raise no_such_offer()
        return web.json_response(_offer(offer))

    async def _order(self, request: web.Request) -> web.Response:
        body = await understood(request, NewOrder)
        wanted = Wanted(
            key=request.headers.get("Idempotency-Key", ""),
            offer_id=body.offer_id,
            isbn=body.isbn13,
            expected_total=minor_units(body.expected_total.amount, body.expected_total.currency),
            currency=body.expected_total.currency,
            address=Address(**msgspec.structs.asdict(body.ship_to)),
        )
        order, is_new = await self._counter.order(wanted)
        return web.json_response(_receipt(order), status=201 if is_new else 200)

    async def _find(self, request: web.Request) -> web.Response:
        return _receipts(await self._counter.find(request.query.get("key", "")))

    async def _cancel(self, request: web.Request) -> web.Response:
        body = await understood(request, Cancellation)
        return _receipts(await self._counter.cancel(body.key, body.order_id))

    async def _refund(self, request: web.Request) -> web.Response:
        body = await understood(request, Refund)
        amount = minor_units(body.amount, self._counter.store.currency)
        return _receipts(await self._counter.refund(body.key, body.order_id, amount))


def _offer(offer: Listed) -> dict[str, Any]:
    return {
        "id": offer.id,
        "isbn13": offer.isbn,
        "binding": offer.format.value,
        "condition": CONDITIONS[offer.condition],
        "seller": {"name": offer.seller, "rating": _rating(offer.seller)},
        **_money(offer.currency, price=offer.item, shipping=offer.shipping, tax=offer.tax),
        "availability": AVAILABILITIES[offer.availability],
        "updated_at": moment(offer.changed),
    }


def _rating(seller: str) -> float:
    return round(3 + 2 * draw("rating", seller), 1)


def _receipt(order: Order) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "key": order.key,
        "status": order.status,
        "offer_id": order.offer_id,
        "isbn13": order.isbn,
        "condition": CONDITIONS[Condition(order.condition)],
        "seller": {"name": order.seller},
        **_money(
            order.currency,
            price=order.item,
            shipping=order.shipping,
            tax=order.tax,
            total=order.charged,
            refunded=order.refunded,
        ),
        "ordered_at": order.at,
    }


def _receipts(orders: Iterable[Order]) -> web.Response:
    return web.json_response({"orders": [_receipt(order) for order in orders]})


def _money(currency: str, **amounts: int) -> dict[str, dict[str, str]]:
    return {
        name: {"amount": decimal_text(amount, currency), "currency": currency}
        for name, amount in amounts.items()
    }
