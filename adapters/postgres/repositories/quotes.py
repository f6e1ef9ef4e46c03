"""Quotes in PostgreSQL."""

from dataclasses import replace
from typing import Final

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.quotes.errors import QuoteAlreadyUsed, QuoteNotFound
from domain.quotes.quote import Quote
from domain.shared.ids import OrderId, QuoteId, UserId

_ADD: Final = Statement("""
WITH forgotten AS (
    DELETE FROM quotes WHERE user_id = %(user_id)s AND expires_at < %(made_at)s AND order_id IS NULL
)
INSERT INTO quotes (id, user_id, document, expires_at)
VALUES (%(id)s, %(user_id)s, %(document)s, %(expires_at)s)
""")
_GET: Final = Statement("""
SELECT document, order_id FROM quotes WHERE id = %(id)s AND user_id = %(user_id)s
""")
_USE: Final = Statement("""
UPDATE quotes SET order_id = %(order_id)s
WHERE id = %(id)s AND (order_id IS NULL OR order_id = %(order_id)s)
""")


class PostgresQuotes:
    """The `Quotes` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, quote: Quote) -> None:
        """Write it down; the reader's own quotes that came to nothing make room."""
        await self._connection.run(
            _ADD,
            id=quote.id,
            user_id=quote.user_id,
            document=Jsonb(quote),
            made_at=quote.made_at,
            expires_at=quote.expires_at,
        )

    async def get(self, quote_id: QuoteId, user_id: UserId) -> Quote:
        """Somebody else's quote does not exist as far as a reader is told."""
        row = await self._connection.one(_GET, id=quote_id, user_id=user_id)
        if row is None:
            raise QuoteNotFound("There is no such quote; ask for a new one.")
        return replace(msgspec.convert(row.document, Quote), used_by=row.order_id)

    async def use(self, quote_id: QuoteId, order_id: OrderId) -> None:
        """The first order wins; the row's lock makes the second wait to learn it."""
        if await self._connection.run(_USE, id=quote_id, order_id=order_id) == 0:
            raise QuoteAlreadyUsed("An order was placed with this quote.")
