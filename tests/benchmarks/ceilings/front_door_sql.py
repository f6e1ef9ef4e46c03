"""The front door's transaction as a pgbench script. Its text is not written here: the shop places an order
on a connection that notes every statement with its values, so the script cannot drift from the product.
"""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, cast
from uuid import UUID

import msgspec
from dependency_injector import providers
from psycopg import sql
from psycopg.types.json import Jsonb

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from adapters.postgres.unit_of_work import PostgresWork
from application.orders.place_order import OrderRequest, PlaceOrder
from domain.requests.idempotency import RequestKey
from domain.shared.address import PostalAddress
from domain.shared.ids import UserId
from entrypoints.container import Container
from entrypoints.http.orders.checkout import _answer
from tests.benchmarks.stand.books import TITLES
from tests.benchmarks.stand.people import ADDRESS, FIRST, Reader, fill_carts

_PLACEHOLDER: Final = re.compile(r"%\((?P<name>\w+)\)s")
READERS: Final = 500  # who order
KEY: Final = "the key of the recorded request"

# pgbench's own names for what differs from order to order. In each client order ids grow with time, as ours.
_ORDER: Final = "lpad(to_hex(:number::bigint), 32, '0')::uuid"
_READER: Final = "lpad(to_hex(:reader::bigint), 32, '0')::uuid"
_BOOK: Final = "lpad(to_hex(:book::bigint), 32, '0')::uuid"
_KEY: Final = "('key ' || :number::text)"


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as it was sent."""

    text: str
    values: Mapping[str, object]


class _Noting(Connection):
    """Runs everything, and remembers it."""

    __slots__ = ("told",)

    def __init__(self, connection: Connection, told: list[Told]) -> None:
        super().__init__(connection.raw)
        self.told = told

    async def run(self, statement: Statement, /, **values: object) -> int:
        self._note(statement, values)
        return await super().run(statement, **values)

    async def one(self, statement: Statement, /, **values: object) -> Row | None:
        self._note(statement, values)
        return await super().one(statement, **values)

    async def all(self, statement: Statement, /, **values: object) -> list[Row]:
        self._note(statement, values)
        return await super().all(statement, **values)

    def _note(self, statement: Statement, values: Mapping[str, object]) -> None:
        self.told.append(Told(statement.text, statement.bind(values)))


@dataclass(frozen=True, slots=True)
class Recording:
    """One order's transaction, and what in it belongs to that order alone."""

    told: list[Told]
    names: Mapping[object, str] = field(default_factory=dict)  # a value, and its expression in pgbench

    def script(self, *, hot: bool = False) -> str:
        """The pgbench script: spread over all books, or all for the same one."""
        book, reader = "1" if hot else f"random(1, {TITLES})", f"random({FIRST}, {FIRST + READERS - 1})"
        statements = "".join(f"{self._spoken(told)};\n" for told in self.told)
        return (
            f"\\set count :count + 1\n\\set number :client_id * 1000000000 + :count\n"
            f"\\set reader {reader}\n\\set book {book}\nBEGIN;\n{statements}END;\n"
        )

    def _spoken(self, told: Told) -> str:
        text = _PLACEHOLDER.sub(lambda found: self._literal(told.values[found["name"]]), told.text)
        return " ".join(text.replace("%%", "%").split())

    def _literal(self, value: Any) -> str:  # noqa: ANN401 - whatever a column holds
        match value:
            case list():
                literal = f"ARRAY[{', '.join(map(self._literal, value))}]"
            case UUID() | str() if value in self.names:
                literal = self.names[value]
            case str():
                literal = _quoted(value)
            case bytes():
                literal = f"'\\x{value.hex()}'::bytea"
            case datetime():
                literal = f"'{value.astimezone(UTC):%Y%m%dT%H%M%S}Z'::timestamptz"
            case Jsonb():
                literal = f"{_quoted(msgspec.json.encode(value.obj).decode())}::jsonb"
            case _:
                literal = sql.Literal(value).as_string()
        return literal


async def record(container: Container, reader: Reader, book: UUID) -> Recording:
    """Place two orders as the busy front door does, with the answer in the same transaction. The second
    one is recorded: the first one fills caches.
    """
    box = container.adapters
    await fill_carts(container, [reader], [book])
    told: list[Told] = []

    @asynccontextmanager
    async def noting() -> AsyncIterator[PostgresWork]:
        async with box.database().transaction() as connection:
            yield PostgresWork(_Noting(connection, told), box.vault())

    known = cast("providers.Singleton[PlaceOrder]", container.use_cases.place_order)
    with box.unit_of_work.override(providers.Object(noting)):
        known.reset()
        place_order = known()
        await place_order(_wish(reader.user_id, "first"), _answer)
        told.clear()
        placed = await place_order(_wish(reader.user_id, KEY), _answer)
    known.reset()
    names = {placed.order_id: _ORDER, reader.user_id: _READER, book: _BOOK, KEY: _KEY}
    return Recording(told, names)


def _wish(user_id: UserId, key: str) -> OrderRequest:
    return OrderRequest(
        request=RequestKey(user_id, "POST /v1/checkout", key),
        fingerprint=sha256(key.encode()).digest(),
        address=PostalAddress(**ADDRESS),
        payment_token="tok_ok",
        shipping_method=None,
        coupon=None,
        quote_id=None,
    )


def _quoted(text: str) -> str:
    """As a literal in which pgbench sees no variable: it takes every colon for the start of one."""
    return "E'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a") + "'"
