"""Purchases as they are looked at: plain reads, no locks."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from adapters.postgres.database import Database, Row
from adapters.postgres.repositories.budgets import COUNTED, beginnings, budget_from
from adapters.postgres.repositories.purchase_rows import line_from, purchase_from
from adapters.postgres.statement import Statement
from application.purchases.receive_purchase import outcome_of
from application.purchases.views import PurchaseFacts, PurchaseOutcome, Receipt
from domain.purchases.caps import Budget
from domain.purchases.errors import PurchaseNotFound
from domain.purchases.ledger import LedgerLine
from domain.purchases.purchase import Purchase
from domain.shared.ids import PurchaseId, UserId
from domain.shared.timeline import TimelineEntry, TimelineKind

_ONE: Final = Statement("SELECT * FROM purchases WHERE id = %(id)s")
_TIMELINE: Final = Statement("""
SELECT at, kind, text FROM purchase_timeline WHERE purchase_id = %(id)s ORDER BY id
""")
_LEDGER: Final = Statement("SELECT * FROM purchase_ledger WHERE purchase_id = ANY(%(ids)s) ORDER BY id")
_HISTORY: Final = Statement("""
SELECT * FROM purchases WHERE user_id = %(user_id)s AND id < %(before)s ORDER BY id DESC LIMIT %(limit)s
""")
# Every ending is left out by name, so that the planner may use the index of the open ones.
_OPEN: Final = Statement("""
SELECT id FROM purchases
WHERE status IN ('received', 'cap_reserved', 'quoted', 'authorised', 'revalidated', 'ordered', 'captured')
  AND received_at < %(before)s AND id > %(after)s
ORDER BY id LIMIT %(limit)s
""")
_OF_A_TIME: Final = Statement("""
SELECT * FROM purchases
WHERE received_at >= %(since)s AND received_at < %(until)s AND id > %(after)s ORDER BY id LIMIT %(limit)s
""")
_EVERY: Final = Statement("SELECT * FROM purchases WHERE id > %(after)s ORDER BY id LIMIT %(limit)s")
_BUDGETS: Final = Statement(f"""
SELECT currency, c.per_purchase, c.per_day, c.per_month,
       coalesce(p.today, 0) AS today, coalesce(p.this_month, 0) AS this_month
FROM (SELECT * FROM purchase_caps WHERE user_id = %(reader)s) c
FULL JOIN (
    SELECT currency, {COUNTED.format(day="%(day)s")} FROM purchases
    WHERE user_id = %(reader)s AND counts > 0 AND cap_reserved_at >= %(month)s GROUP BY currency
) p USING (currency)
ORDER BY currency
""")  # noqa: S608 - put together from constants
_BEFORE_ALL: Final = UUID(int=0)
_AFTER_ALL: Final = UUID(int=(1 << 128) - 1)


class PostgresPurchaseViews:
    """The `PurchaseViews` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def outcome(self, purchase_id: PurchaseId) -> PurchaseOutcome:
        """One indexed read."""
        return outcome_of(await self._one(purchase_id))

    async def facts(self, purchase_id: PurchaseId) -> PurchaseFacts:
        """One indexed read."""
        purchase = await self._one(purchase_id)
        return PurchaseFacts(
            purchase_id=purchase.id,
            user_id=purchase.user_id,
            isbn=purchase.isbn,
            max_price=purchase.max_price,
            status=purchase.status,
        )

    async def receipt(self, purchase_id: PurchaseId, user_id: UserId | None) -> Receipt:
        """The purchase, its story and its ledger."""
        purchase = await self._one(purchase_id)
        if user_id is not None and purchase.user_id != user_id:
            raise PurchaseNotFound("There is no such purchase.")
        told = await self._database.all(_TIMELINE, id=purchase_id)
        lines = await self._database.all(_LEDGER, ids=[purchase_id])
        return Receipt(
            purchase=purchase,
            timeline=[TimelineEntry(row.at, TimelineKind(row.kind), row.text) for row in told],
            ledger=[line_from(row) for row in lines],
        )

    async def of_reader(
        self, user_id: UserId, *, before: PurchaseId | None, limit: int
    ) -> list[PurchaseOutcome]:
        """Along the reader's own index."""
        rows = await self._database.all(_HISTORY, user_id=user_id, before=before or _AFTER_ALL, limit=limit)
        return [outcome_of(purchase_from(row)) for row in rows]

    async def open_since(self, before: datetime, limit: int, *, after: PurchaseId | None) -> list[PurchaseId]:
        """Along the index of open ones."""
        rows = await self._database.all(_OPEN, before=before, limit=limit, after=after or _BEFORE_ALL)
        return [PurchaseId(row.id) for row in rows]

    async def received_between(
        self, since: datetime, until: datetime, *, after: PurchaseId | None, limit: int
    ) -> list[Receipt]:
        """A page of a day with its ledger."""
        rows = await self._database.all(
            _OF_A_TIME, since=since, until=until, after=after or _BEFORE_ALL, limit=limit
        )
        lines = [line_from(row) for row in await self._database.all(_LEDGER, ids=[row.id for row in rows])]
        return [
            Receipt(
                purchase=purchase_from(row),
                timeline=[],
                ledger=[line for line in lines if line.purchase_id == row.id],
            )
            for row in rows
        ]

    async def budgets(self, reader: UserId, at: datetime) -> list[Budget]:
        """Caps and sums in one read."""
        day, month = beginnings(at)
        rows = await self._database.all(_BUDGETS, reader=reader, day=day, month=month)
        return [budget_from(reader, row.currency, row, row) for row in rows]

    async def _one(self, purchase_id: PurchaseId) -> Purchase:
        row = await self._database.one(_ONE, id=purchase_id)
        if row is None:
            raise PurchaseNotFound("There is no such purchase.")
        return purchase_from(row)


async def receipts(database: Database, page: int) -> AsyncIterator[Receipt]:
    """Every purchase with its ledger, without its story."""
    after = _BEFORE_ALL
    while rows := await database.all(_EVERY, after=after, limit=page):
        for receipt in await _with_ledger(database, rows):
            yield receipt
        after = rows[-1].id


async def _with_ledger(database: Database, rows: Sequence[Row]) -> list[Receipt]:
    lines: dict[UUID, list[LedgerLine]] = {row.id: [] for row in rows}
    for line in await database.all(_LEDGER, ids=list(lines)):
        lines[line.purchase_id].append(line_from(line))
    return [Receipt(purchase=purchase_from(row), timeline=[], ledger=lines[row.id]) for row in rows]
