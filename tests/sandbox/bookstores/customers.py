"""Customers who speak a store's language, and tell what they heard in the words of the ledger."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import httpx

from domain.shared.money import EXPONENTS

KEY: Final = "test-key"
ADDRESS: Final = {"name": "Ada", "line1": "12 Secret Lane", "city": "Springfield", "postal_code": "62701"}
# What a store says that is not the ledger's word, in lower case or with another mark.
STOCK: Final = {
    "limited": "few_left",
    "backorder": "back_order",
    "preorder": "pre_order",
    "AVAILABLE": "in_stock",
    "FEW": "few_left",
    "ORDERED": "back_order",
    "ANNOUNCED": "pre_order",
    "NONE": "out_of_stock",
    "LOW_STOCK": "few_left",
    "BACKORDERED": "back_order",
    "PREORDER": "pre_order",
    "SOLD_OUT": "out_of_stock",
    "InStock": "in_stock",
    "LimitedAvailability": "few_left",
    "BackOrder": "back_order",
    "PreOrder": "pre_order",
    "OutOfStock": "out_of_stock",
}
Heard = dict[str, Any]


class Customer(ABC):
    """Of the store described as in `GET /stores`. `answer` is the last one it gave."""

    def __init__(self, store: Mapping[str, Any], http: httpx.AsyncClient) -> None:
        self.store, self.http, self.name, self.key = store, http, str(store["name"]), KEY
        self.answer = httpx.Response(0)

    async def call(self, method: str, path: str, body: object = None, **params: str) -> None:
        """`body` is bytes, or what is sent as JSON; an order's key travels as the parameter `_key`."""
        headers = {"Idempotency-Key": params.pop("_key")} if "_key" in params else {}
        auth = self.store["auth"]
        if auth["kind"] == "header":
            headers[auth["name"]] = self.key
        if auth["kind"] == "query":
            params[auth["name"]] = self.key
        sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
        self.answer = await self.http.request(
            method, self.store["path"] + path, headers=headers, params=params, **sent
        )

    @abstractmethod
    async def ask(self, isbn: str) -> None:
        """Search, and do not try to understand the answer."""

    @abstractmethod
    async def search(self, isbn: str) -> list[Heard]: ...

    @abstractmethod
    async def look(self, offer_id: str) -> list[Heard]: ...

    @property
    @abstractmethod
    def code(self) -> str:
        """What went wrong, in the words of JSON; HTML: nothing but the status."""


class Buyer(Customer):
    """Of a store with an order desk."""

    @abstractmethod
    async def order(self, offer: Heard, key: str, total: int | None = None, **address: str) -> list[Heard]:
        """The order, or none where it was refused. Expected is `total`, or what the offer costs."""

    @abstractmethod
    async def find(self, key: str) -> list[Heard]: ...

    @abstractmethod
    async def cancel(self, key: str) -> list[Heard]: ...

    @abstractmethod
    async def refund(self, key: str, amount: int) -> list[Heard]: ...


def total_of(offer: Heard) -> int:
    return int(offer["item"] + offer["shipping"] + offer["tax"])


def minor(text: object, currency: str) -> int:
    return int(Decimal(str(text)).scaleb(EXPONENTS[currency]))


def major(amount: int, currency: str) -> str:
    return str(Decimal(amount).scaleb(-EXPONENTS[currency]))


def moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat().replace("+00:00", "Z")
