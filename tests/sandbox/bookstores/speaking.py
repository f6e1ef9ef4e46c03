"""Customers of the three languages in which one can buy."""

from typing import Any, Final
from xml.etree import ElementTree as ET

from tests.sandbox.bookstores.customers import (
    ADDRESS,
    STOCK,
    Buyer,
    Heard,
    major,
    minor,
    moment,
    total_of,
)

Told = dict[str, Any]
NAMESPACE: Final = "{urn:bookstore:ws:1}"
STATES: Final = dict(
    zip(
        ("NEW", "USED1", "USED2", "USED3", "USED4"),
        ("new", "like_new", "very_good", "good", "acceptable"),
        strict=True,
    )
)
BINDINGS: Final = {"PB": "paperback", "HC": "hardcover"}


class JsonBuyer(Buyer):
    async def ask(self, isbn: str) -> None:
        await self.call("GET", "/api/v2/offers", isbn=isbn)

    async def search(self, isbn: str) -> list[Heard]:
        await self.ask(isbn)
        return [self._offer(told) for told in self.answer.json().get("offers", [])]

    async def look(self, offer_id: str) -> list[Heard]:
        await self.call("GET", f"/api/v2/offers/{offer_id}")
        return [self._offer(self.answer.json())] if self.answer.is_success else []

    async def order(self, offer: Heard, key: str, total: int | None = None, **address: str) -> list[Heard]:
        currency = offer["currency"]
        amount = major(total_of(offer) if total is None else total, currency)
        body = {
            "offer_id": offer["offer_id"],
            "isbn13": offer["isbn"],
            "expected_total": {"amount": amount, "currency": currency},
            "ship_to": {**ADDRESS, "country": "US", **address},
        }
        await self.call("POST", "/api/v2/orders", body, _key=key)
        return [self._receipt(self.answer.json())] if self.answer.is_success else []

    async def find(self, key: str) -> list[Heard]:
        await self.call("GET", "/api/v2/orders", key=key)
        return self._receipts()

    async def cancel(self, key: str) -> list[Heard]:
        await self.call("POST", "/api/v2/orders/cancel", {"key": key})
        return self._receipts()

    async def refund(self, key: str, amount: int) -> list[Heard]:
        body = {"key": key, "amount": major(amount, self.store["currency"])}
        await self.call("POST", "/api/v2/orders/refund", body)
        return self._receipts()

    @property
    def code(self) -> str:
        return str(self.answer.json().get("error", {}).get("code", ""))

    def _receipts(self) -> list[Heard]:
        return [self._receipt(told) for told in self.answer.json().get("orders", [])]

    def _offer(self, told: Told) -> Heard:
        return self._heard(told) | {
            "offer_id": told["id"],
            "format": told["binding"],
            "availability": STOCK.get(told["availability"], told["availability"]),
            "changed_at": told["updated_at"],
        }

    def _receipt(self, told: Told) -> Heard:
        currency = told["total"]["currency"]
        kept = {name: told[name] for name in ("order_id", "key", "status", "offer_id")}
        charged, refunded = (minor(told[name]["amount"], currency) for name in ("total", "refunded"))
        return {
            **self._heard(told),
            **kept,
            "charged": charged,
            "refunded": refunded,
            "at": told["ordered_at"],
        }

    def _heard(self, told: Told) -> Heard:
        currency = told["price"]["currency"]
        names = {"item": "price", "shipping": "shipping", "tax": "tax"}
        return {
            "isbn": told["isbn13"],
            "seller": told["seller"]["name"],
            "condition": told["condition"].removeprefix("used-").replace("-", "_"),
            "currency": currency,
            **{ours: minor(told[theirs]["amount"], currency) for ours, theirs in names.items()},
        }


class XmlBuyer(Buyer):
    async def ask(self, isbn: str) -> None:
        await self.call("GET", "/ws/search", ean=isbn)

    async def search(self, isbn: str) -> list[Heard]:
        await self.ask(isbn)
        return [self._offer(told) for told in self._root().findall(f"{NAMESPACE}article")]

    async def look(self, offer_id: str) -> list[Heard]:
        await self.call("GET", "/ws/article", ref=offer_id)
        return [self._offer(self._root())] if self.answer.is_success else []

    async def order(self, offer: Heard, key: str, total: int | None = None, **address: str) -> list[Heard]:
        to = {**ADDRESS, "country": "US", **address}
        expected = total_of(offer) if total is None else total
        body = f"""<order xmlns="urn:bookstore:ws:1"
            key="{key}" ref="{offer["offer_id"]}" ean="{offer["isbn"]}">
            <expected cur="{offer["currency"]}">{expected}</expected>
            <consignee><name>{to["name"]}</name><street>{to["line1"]}</street><city>{to["city"]}</city>
            <postcode>{to["postal_code"]}</postcode><country>{to["country"]}</country></consignee></order>"""
        await self.call("POST", "/ws/order", body.encode())
        return [self._receipt(self._root())] if self.answer.is_success else []

    async def find(self, key: str) -> list[Heard]:
        await self.call("GET", "/ws/orders", key=key)
        return self._receipts()

    async def cancel(self, key: str) -> list[Heard]:
        await self.call("POST", "/ws/cancel", key=key)
        return self._receipts()

    async def refund(self, key: str, amount: int) -> list[Heard]:
        await self.call("POST", "/ws/refund", key=key, cents=str(amount))
        return self._receipts()

    @property
    def code(self) -> str:
        code = self._root().get("code", "").lower()
        return {"not_found": "offer_not_found" if "offer" in self.answer.text else code}.get(code, code)

    def _receipts(self) -> list[Heard]:
        return [self._receipt(told) for told in self._root().findall(f"{NAMESPACE}receipt")]

    def _root(self) -> ET.Element:
        return ET.fromstring(self.answer.content)  # noqa: S314 - our own server's

    def _offer(self, told: ET.Element) -> Heard:
        return self._heard(told) | {
            "offer_id": told.get("ref"),
            "format": BINDINGS[told.get("binding", "")],
            "availability": STOCK[told.findtext(f"{NAMESPACE}stock", "")],
            "changed_at": told.findtext(f"{NAMESPACE}changed"),
        }

    def _receipt(self, told: ET.Element) -> Heard:
        return self._heard(told) | {
            "order_id": told.get("no"),
            "key": told.get("key"),
            "status": told.get("status", "").lower(),
            "offer_id": told.get("ref"),
            "charged": self._cents(told, "total"),
            "refunded": self._cents(told, "refunded"),
            "at": told.findtext(f"{NAMESPACE}ordered"),
        }

    def _heard(self, told: ET.Element) -> Heard:
        names = {"item": "price", "shipping": "postage", "tax": "vat"}
        return {
            "isbn": told.get("ean"),
            "seller": told.findtext(f"{NAMESPACE}vendor"),
            "condition": STATES[told.get("state", "")],
            "currency": next(told.iter(f"{NAMESPACE}price")).get("cur"),
            **{ours: self._cents(told, theirs) for ours, theirs in names.items()},
        }

    def _cents(self, told: ET.Element, name: str) -> int:
        return int(told.findtext(f"{NAMESPACE}{name}", ""))


class GraphQlBuyer(Buyer):
    async def ask(self, isbn: str) -> None:
        await self._call("OffersByIsbn", {"isbn": isbn})

    async def search(self, isbn: str) -> list[Heard]:
        await self.ask(isbn)
        book = self._data().get("book")
        return [self._offer(told) for told in book["offers"]["nodes"]] if book else []

    async def look(self, offer_id: str) -> list[Heard]:
        offer = (await self._ask("OfferById", {"id": offer_id})).get("offer")
        return [self._offer(offer)] if offer else []

    async def order(self, offer: Heard, key: str, total: int | None = None, **address: str) -> list[Heard]:
        to, currency = {**ADDRESS, "country": "US", **address}, offer["currency"]
        value = float(major(total_of(offer) if total is None else total, currency))
        given = {
            "clientMutationId": key,
            "offerId": offer["offer_id"],
            "isbn13": offer["isbn"],
            "expectedTotal": {"value": value, "currencyCode": currency},
            "shipTo": {
                **{n: to[n] for n in ("name", "line1", "city", "country")},
                "postalCode": to["postal_code"],
            },
        }
        placed = (await self._ask("PlaceOrder", {"input": given})).get("placeOrder")
        return [self._receipt(placed["order"])] if placed else []

    async def find(self, key: str) -> list[Heard]:
        return self._receipts(await self._ask("OrdersByKey", {"key": key}))

    async def cancel(self, key: str) -> list[Heard]:
        return self._receipts((await self._ask("CancelOrder", {"key": key})).get("cancelOrder"))

    async def refund(self, key: str, amount: int) -> list[Heard]:
        given = {"key": key, "value": float(major(amount, self.store["currency"]))}
        return self._receipts((await self._ask("RefundOrder", given)).get("refundOrder"))

    @property
    def code(self) -> str:
        errors = self.answer.json().get("errors", [])
        code = errors[0]["extensions"]["code"].lower() if errors else ""
        return {"unauthenticated": "unauthorised", "throttled": "too_many_requests"}.get(code, code)

    async def _call(self, operation: str, variables: Told) -> None:
        body = {"operationName": operation, "variables": variables, "query": "never read"}
        await self.call("POST", "/graphql", body)

    async def _ask(self, operation: str, variables: Told) -> Told:
        await self._call(operation, variables)
        return self._data()

    def _data(self) -> Told:
        return self.answer.json()["data"] or {}

    def _receipts(self, data: dict[str, Any] | None) -> list[Heard]:
        return [self._receipt(told) for told in (data or {}).get("orders", [])]

    def _offer(self, told: Told) -> Heard:
        return self._heard(told) | {
            "isbn": told["book"]["isbn13"],
            "offer_id": told["id"],
            "format": told["book"]["format"].lower(),
            "availability": STOCK.get(told["availability"], told["availability"].lower()),
            "changed_at": moment(told["updatedAt"]),
        }

    def _receipt(self, told: Told) -> Heard:
        currency = told["total"]["currencyCode"]
        charged, refunded = (minor(told[name]["value"], currency) for name in ("total", "refunded"))
        return self._heard(told) | {
            "isbn": told["isbn13"],
            "order_id": told["id"],
            "key": told["key"],
            "status": told["status"].lower(),
            "offer_id": told["offerId"],
            "charged": charged,
            "refunded": refunded,
            "at": moment(told["orderedAt"]),
        }

    def _heard(self, told: Told) -> Heard:
        currency = told["price"]["currencyCode"]
        names = {"item": "price", "shipping": "shipping", "tax": "tax"}
        return {
            "seller": told["merchant"]["displayName"],
            "condition": told["condition"].lower(),
            "currency": currency,
            **{ours: minor(told[theirs]["value"], currency) for ours, theirs in names.items()},
        }
