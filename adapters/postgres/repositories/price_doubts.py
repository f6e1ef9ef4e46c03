"""Prices that are doubted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.outbox import write_events
from adapters.postgres.statement import Statement
from domain.prices.doubt import Doubt, DoubtNotFound, SamePrice, Standing
from domain.prices.offer import Availability, Condition, Offer, StoreName
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn
from domain.shared.money import Money

_ABOUT: Final = Statement("SELECT * FROM price_doubts WHERE isbn = %(isbn)s")
_ONE: Final = Statement("SELECT * FROM price_doubts WHERE id = %(id)s")
_WAITING: Final = Statement("""
SELECT * FROM price_doubts WHERE standing = 'waiting' ORDER BY since, id LIMIT %(limit)s
""")
_ADD: Final = Statement("""
INSERT INTO price_doubts
    (id, isbn, store, offer_id, seller, format, condition, currency, item, shipping, tax, availability,
     seen_at, usual, since, standing)
VALUES (%(id)s, %(isbn)s, %(store)s, %(offer_id)s, %(seller)s, %(format)s, %(condition)s, %(currency)s,
        %(item)s, %(shipping)s, %(tax)s, %(availability)s, %(seen_at)s, %(usual)s, %(since)s, 'waiting')
ON CONFLICT DO NOTHING
""")
_SAVE: Final = Statement("""
UPDATE price_doubts SET standing = %(standing)s, settled_at = %(settled_at)s, decided_by = %(by)s
WHERE id = %(id)s AND (decided_by IS NULL OR %(by)s::uuid IS NOT NULL)
""")
_FORGET: Final = Statement("DELETE FROM price_doubts WHERE since < %(before)s")


class PostgresDoubts:
    """The `Doubts` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def about(self, isbn: Isbn) -> Mapping[SamePrice, Doubt]:
        """See the port."""
        doubts = map(_doubt, await self._database.all(_ABOUT, isbn=isbn.value))
        return {SamePrice.of(doubt.offer): doubt for doubt in doubts}

    async def add(self, doubts: Sequence[Doubt]) -> None:
        """See the port."""
        if not doubts:
            return
        async with self._database.transaction() as connection:
            new = [doubt for doubt in doubts if await connection.run(_ADD, **_row(doubt))]
            await write_events(connection, [doubt.told() for doubt in new])

    async def get(self, doubt_id: UUID) -> Doubt:
        """See the port."""
        row = await self._database.one(_ONE, id=doubt_id)
        if row is None:
            raise DoubtNotFound("No price with this id was ever doubted.")
        return _doubt(row)

    async def save(self, doubt: Doubt) -> None:
        """See the port."""
        async with self._database.connection() as connection:
            await connection.run(
                _SAVE,
                id=doubt.id,
                standing=doubt.standing.value,
                settled_at=doubt.settled_at,
                by=doubt.by,
            )

    async def waiting(self, limit: int) -> Sequence[Doubt]:
        """See the port."""
        return list(map(_doubt, await self._database.all(_WAITING, limit=limit)))

    async def forget(self, before: datetime) -> int:
        """See the port."""
        async with self._database.connection() as connection:
            return await connection.run(_FORGET, before=before)


def _row(doubt: Doubt) -> dict[str, object]:
    offer = doubt.offer
    return {
        "id": doubt.id,
        "isbn": offer.isbn.value,
        "store": offer.store,
        "offer_id": offer.offer_id,
        "seller": offer.seller,
        "format": offer.format.value,
        "condition": offer.condition.value,
        "currency": offer.item.currency,
        "item": offer.item.amount,
        "shipping": offer.shipping.amount,
        "tax": offer.tax.amount,
        "availability": offer.availability.value,
        "seen_at": offer.seen_at,
        "usual": doubt.usual.amount,
        "since": doubt.since,
    }


def _doubt(row: Row) -> Doubt:
    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    offer = Offer(
        store=StoreName(row.store),
        offer_id=row.offer_id,
        seller=row.seller,
        isbn=Isbn(row.isbn),
        format=Format(row.format),
        condition=Condition(row.condition),
        item=money(row.item),
        shipping=money(row.shipping),
        tax=money(row.tax),
        availability=Availability(row.availability),
        seen_at=row.seen_at,
    )
    return Doubt(
        row.id, offer, money(row.usual), row.since, Standing(row.standing), row.settled_at, row.decided_by
    )
