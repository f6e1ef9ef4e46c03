"""The payment ledger in PostgreSQL."""

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from adapters.postgres.tables.payments import payment_entries as entries
from domain.payments.ledger import PaymentEntry, PaymentOperation, PaymentResult
from domain.shared.ids import OrderId
from domain.shared.money import Money

_COLUMNS: Final = ("order_id", "key", "operation", "result", "amount", "currency", "reference", "at")
_RECORD: Final = Statement(
    insert(entries).values({name: bindparam(name) for name in _COLUMNS}).on_conflict_do_nothing()
)
_OF_ORDER: Final = Statement(
    select(entries).where(entries.c.order_id == bindparam("of_order")).order_by(entries.c.id)
)


class PostgresPaymentLedger:
    """The `PaymentLedger` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def record(self, entry: PaymentEntry) -> None:
        """Write it once."""
        await self._connection.run(
            _RECORD,
            order_id=entry.order_id,
            key=entry.key,
            operation=entry.operation.value,
            result=entry.result.value,
            amount=entry.amount.amount,
            currency=entry.amount.currency,
            reference=entry.reference,
            at=entry.at,
        )

    async def of_order(self, order_id: OrderId) -> list[PaymentEntry]:
        """Oldest first."""
        return [
            PaymentEntry(
                order_id=row.order_id,
                key=row.key,
                operation=PaymentOperation(row.operation),
                result=PaymentResult(row.result),
                amount=Money(row.amount, row.currency),
                reference=row.reference,
                at=row.at,
            )
            for row in await self._connection.all(_OF_ORDER, of_order=order_id)
        ]
