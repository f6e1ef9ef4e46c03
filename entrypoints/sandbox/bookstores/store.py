"""What makes a store different from the next."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.prices.offer import Condition
from entrypoints.sandbox.bookstores.chance import normal
from entrypoints.sandbox.bookstores.prices import PriceList


class WireFormat(StrEnum):
    """How it speaks."""

    JSON = "json"
    XML = "xml"
    HTML = "html"
    GRAPHQL = "graphql"


class Markup(StrEnum):
    """How the pages of an HTML store say what they mean."""

    MICRODATA = "microdata"
    JSON_LD = "json-ld"


class RetryAfter(StrEnum):
    """How it says when to come back."""

    SECONDS = "seconds"
    DATE = "date"
    NONE = "none"


class AuthKind(StrEnum):
    """Where it looks for our key."""

    NONE = "none"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Auth:
    """`name` is that of the header or parameter."""

    kind: AuthKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `calls` arrivals in any `seconds`."""

    calls: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Latency:
    """Log-normal: half of the answers take less than `median` seconds."""

    median: float
    spread: float

    def of(self, *words: object) -> float:
        """Seconds that the answer drawn for these words takes."""
        return self.median * math.exp(self.spread * normal(*words))


@dataclass(frozen=True, slots=True)
class Postage:
    """In minor units, for what the store sends itself; free from `free_from` on, if it is not None."""

    flat: int
    free_from: int | None


@dataclass(frozen=True, slots=True)
class OrderDesk:
    """Whether it takes orders, recognises a key it has seen, and finds orders by their key."""

    takes_orders: bool = False
    idempotent: bool = False
    lookup: bool = False

    @property
    def can_be_trusted(self) -> bool:
        """Whether it can be found out what became of an order whose answer was lost."""
        return self.takes_orders and (self.idempotent or self.lookup)


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One bookstore. `feed` names the price list it shares with others; `sales_tax` is in basis points."""

    seed: str
    name: str
    title: str
    country: str
    currency: str
    format: WireFormat
    markup: Markup | None
    limits: tuple[Rule, ...]
    retry_after: RetryAfter
    auth: Auth
    feed: str | None
    prices: PriceList
    conditions: tuple[Condition, ...]
    postage: Postage
    sales_tax: int
    latency: Latency
    desk: OrderDesk

    def described(self) -> dict[str, Any]:
        """What a customer may know; no word of its prices, speed or reliability."""
        return {
            "name": self.name,
            "title": self.title,
            "path": f"/{self.name}",
            "country": self.country,
            "currency": self.currency,
            "format": self.format,
            "markup": self.markup,
            "limits": [{"calls": rule.calls, "seconds": rule.seconds} for rule in self.limits],
            "retry_after": self.retry_after,
            "auth": {"kind": self.auth.kind} | ({"name": self.auth.name} if self.auth.name else {}),
            "feed": self.feed,
            "conditions": list(self.conditions),
            "takes_orders": self.desk.takes_orders,
            "can_order": self.desk.can_be_trusted,
            "idempotent": self.desk.idempotent,
            "lookup": self.desk.lookup,
        }
