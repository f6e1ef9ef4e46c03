"""A description as it is written in its file, key by key (docs/stores.md explains each)."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec


class Table(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A table of the file: a key that nobody knows is a mistake in its name."""


class FactTable(Table, frozen=True, kw_only=True):
    """Where an answer tells one fact, and what to make of it."""

    at: str | list[str] | None = None
    always: str | None = None
    otherwise: str | None = None
    words: dict[str, str] = {}
    pattern: str | None = None


class IsbnTable(FactTable, frozen=True, kw_only=True):
    """The fact that must fit."""

    others: str = "refused"


class AmountTable(FactTable, frozen=True, kw_only=True):
    """A fact that is money."""

    written: str | None = None
    decimal_mark: str | None = None


WrittenFact: TypeAlias = str | FactTable
WrittenAmount: TypeAlias = str | AmountTable
Accepted: TypeAlias = dict[str, str | list[str]]


class OfferTable(Table, frozen=True, kw_only=True):
    """Facts of an offer, of all calls or of one."""

    isbn: str | IsbnTable | None = None
    offer_id: WrittenFact | None = None
    seller: WrittenFact | None = None
    condition: WrittenFact | None = None
    format: WrittenFact | None = None
    availability: WrittenFact | None = None
    item: WrittenAmount | None = None
    shipping: WrittenAmount | None = None
    tax: WrittenAmount | None = None
    currency: WrittenFact | None = None
    where: Accepted | None = None


class WholeOfferTable(Table, frozen=True, kw_only=True):
    """The facts that hold for one call, its own and those of all."""

    isbn: str | IsbnTable
    offer_id: WrittenFact
    condition: WrittenFact
    format: WrittenFact
    availability: WrittenFact
    item: WrittenAmount
    shipping: WrittenAmount
    tax: WrittenAmount
    seller: WrittenFact | None = None
    currency: WrittenFact | None = None
    where: Accepted | None = None


class CallTable(Table, frozen=True, kw_only=True):
    """How a call is made."""

    path: str
    method: str | None = None
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    json: dict[str, Any] | None = None
    form: dict[str, str] | None = None
    xml: str | None = None
    graphql: str | None = None
    operation: str | None = None
    variables: dict[str, Any] = {}


class QuestionTable(CallTable, frozen=True, kw_only=True):
    """A call that asks for offers."""

    offers: str
    always_has: str | None = None
    offer: OfferTable = OfferTable()


class OrderCallTable(CallTable, frozen=True, kw_only=True):
    """A call that places or finds an order."""

    order: str
    always_has: str | None = None


class CancelTable(CallTable, frozen=True, kw_only=True):
    """The call that cancels an order."""

    order: str
    where: Accepted = {}
    refunded: WrittenAmount | None = None


class PlacedTable(Table, frozen=True, kw_only=True):
    """Facts of an order."""

    number: WrittenFact
    offer_id: WrittenFact
    item: WrittenAmount
    shipping: WrittenAmount
    tax: WrittenAmount
    refunded: WrittenAmount | None = None
    currency: WrittenFact | None = None
    where: Accepted = {}


class ErrorTable(Table, frozen=True, kw_only=True):
    """One kind of error of the store's own."""

    means: str
    status: int | list[int] = []
    at: str | None = None
    says: str | list[str] = []
    contains: str | list[str] = []
    wait: int | str | None = None
    asks_now: WrittenAmount | None = None


class OrderingTable(Table, frozen=True, kw_only=True):
    """How the store takes orders."""

    same_key_same_order: bool
    place: OrderCallTable
    placed: PlacedTable
    find: OrderCallTable | None = None
    cancel: CancelTable | None = None
    wire: str | None = None
    errors: list[ErrorTable] = []


class LimitTable(Table, frozen=True, kw_only=True):
    """One rule of the store's."""

    calls: int
    seconds: int


class AuthenticationTable(Table, frozen=True, kw_only=True):
    """What proves who we are, by where it is kept and never by itself."""

    env: str | None = None
    file: str | None = None
    header: str | None = None
    query: str | None = None
    prefix: str = ""


class AmountsTable(Table, frozen=True, kw_only=True):
    """How amounts are written, unless a fact says otherwise."""

    written: str = "decimal"
    decimal_mark: str = "."


class StoreFile(Table, frozen=True, kw_only=True):
    """The whole file."""

    name: str
    title: str
    address: str
    wire: str
    country: str
    currency: str
    limits: list[LimitTable]
    search: QuestionTable
    offer: OfferTable
    detail: QuestionTable | None = None
    feed: str | None = None
    answer_seconds: int = 8
    headers: Mapping[str, str] = {}
    authentication: AuthenticationTable | None = None
    amounts: AmountsTable = AmountsTable()
    errors: list[ErrorTable] = []
    ordering: OrderingTable | None = None
