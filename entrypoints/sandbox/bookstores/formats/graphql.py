"""GraphQL with stored operations: one address, JSON numbers, errors within a 200."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

from aiohttp import web

from domain.prices.offer import Availability, Condition
from entrypoints.sandbox.bookstores.counter import Counter
from entrypoints.sandbox.bookstores.desk import Address, Wanted
from entrypoints.sandbox.bookstores.formats.amounts import minor_units, number
from entrypoints.sandbox.bookstores.formats.graphql_inputs import (
    Asked,
    ById,
    ByIsbn,
    ByKey,
    Cancellation,
    PlaceOrder,
    Refund,
)
from entrypoints.sandbox.bookstores.formats.language import Call, decoded, understood
from entrypoints.sandbox.bookstores.orders import Order
from entrypoints.sandbox.bookstores.refusals import not_understood
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.shared.faults import Handler
from entrypoints.sandbox.shared.serving import Refusal

AVAILABILITIES: Final = {
    Availability.IN_STOCK: "IN_STOCK",
    Availability.FEW_LEFT: "LOW_STOCK",
    Availability.BACK_ORDER: "BACKORDERED",
    Availability.PRE_ORDER: "PREORDER",
    Availability.OUT_OF_STOCK: "SOLD_OUT",
}
CODES: Final = {
    "unauthorised": "UNAUTHENTICATED",
    "offer_not_found": "NOT_FOUND",
    "too_many_requests": "THROTTLED",
}
TOLD_BY_STATUS: Final = frozenset({429, 500, 503})
S = TypeVar("S")


class GraphQl:
    """At one store's counter."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._operations: Mapping[str, Handler] = {
            "OffersByIsbn": self._operation("search", ByIsbn, self._search),
            "OfferById": self._operation("detail", ById, self._look),
            "PlaceOrder": self._operation("order", PlaceOrder, self._order),
            "OrdersByKey": self._operation("lookup", ByKey, self._find),
            "CancelOrder": self._operation("cancel", Cancellation, self._cancel),
            "RefundOrder": self._operation("refund", Refund, self._refund),
        }

    def calls(self) -> Sequence[Call]:
        """One address for all."""
        return (("POST", "/graphql", self._answer),)

    def refusal(self, refusal: Refusal) -> web.Response:
        """In a 200, unless the call did not get as far as the operations."""
        code = CODES.get(refusal.code, refusal.code.upper())
        error = {"message": refusal.message, "extensions": {"code": code}}
        status = refusal.status if refusal.status in TOLD_BY_STATUS else 200
        return web.json_response({"data": None, "errors": [error]}, status=status)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        asked = await understood(request, Asked)
        operation = self._operations.get(asked.operation_name)
        if operation is None:
            raise not_understood(f"There is no operation {asked.operation_name!r}.")
        return await operation(request)

    def _operation(
        self, name: str, shape: type[S], answer: Callable[[S], Awaitable[dict[str, Any]]]
    ) -> Handler:
        async def handle(request: web.Request) -> web.Response:
            asked = await understood(request, Asked)
            return web.json_response({"data": await answer(decoded(asked.variables, shape))})

        return self._counter.operation(name, handle)

    async def _search(self, asked: ByIsbn) -> dict[str, Any]:
        nodes = [_offer(offer) for offer in self._counter.search(asked.isbn)]
        return {"book": {**nodes[0]["book"], "offers": {"nodes": nodes}} if nodes else None}

    async def _look(self, asked: ById) -> dict[str, Any]:
        offer = self._counter.look(asked.id)
        return {"offer": _offer(offer) if offer else None}

    async def _order(self, asked: PlaceOrder) -> dict[str, Any]:
        given = asked.input
        total, to = given.expected_total, given.ship_to
        wanted = Wanted(
            key=given.client_mutation_id,
            offer_id=given.offer_id,
            isbn=given.isbn13,
            expected_total=minor_units(str(total.value), total.currency_code),
            currency=total.currency_code,
            address=Address(
                name=to.name,
                line1=to.line1,
                line2=to.line2 or "",
                city=to.city,
                region=to.region or "",
                postal_code=to.postal_code,
                country=to.country,
            ),
        )
        order, _ = await self._counter.order(wanted)
        return {"placeOrder": {"clientMutationId": wanted.key, "order": _receipt(order)}}

    async def _find(self, asked: ByKey) -> dict[str, Any]:
        return _receipts(await self._counter.find(asked.key))

    async def _cancel(self, asked: Cancellation) -> dict[str, Any]:
        return {"cancelOrder": _receipts(await self._counter.cancel(asked.key, asked.order_id))}

    async def _refund(self, asked: Refund) -> dict[str, Any]:
        amount = minor_units(str(asked.value), self._counter.store.currency)
        return {"refundOrder": _receipts(await self._counter.refund(asked.key, asked.order_id, amount))}


def _offer(offer: Listed) -> dict[str, Any]:
    return {
        "id": offer.id,
        "book": {"isbn13": offer.isbn, "format": offer.format.name},
        "merchant": {"displayName": offer.seller},
        "condition": offer.condition.name,
        **_money(offer.currency, price=offer.item, shipping=offer.shipping, tax=offer.tax),
        "availability": AVAILABILITIES[offer.availability],
        "updatedAt": _milliseconds(offer.changed),
    }


def _receipt(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "key": order.key,
        "status": order.status.upper(),
        "offerId": order.offer_id,
        "isbn13": order.isbn,
        "condition": Condition(order.condition).name,
        "merchant": {"displayName": order.seller},
        **_money(
            order.currency,
            price=order.item,
            shipping=order.shipping,
            tax=order.tax,
            total=order.charged,
            refunded=order.refunded,
        ),
        "orderedAt": _milliseconds(datetime.fromisoformat(order.at)),
    }


def _receipts(orders: Iterable[Order]) -> dict[str, Any]:
    return {"orders": [_receipt(order) for order in orders]}


def _money(currency: str, **amounts: int) -> dict[str, dict[str, Any]]:
    return {
        name: {"value": number(amount, currency), "currencyCode": currency}
        for name, amount in amounts.items()
    }


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp()) * 1_000
