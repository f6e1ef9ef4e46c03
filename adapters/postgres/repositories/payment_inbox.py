"""The payment inbox in PostgreSQL."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from adapters.postgres.tables.payments import payment_inbox as inbox
from domain.payments.inbox import PaymentNews

_KNOWS: Final = Statement(
    select(inbox.c.event_id).where(
        inbox.c.provider == bindparam("of_provider"), inbox.c.event_id == bindparam("of_event")
    )
)
_COLUMNS: Final = ("provider", "event_id", "order_id", "type", "received_at")
_KEEP: Final = Statement(
    insert(inbox).values({name: bindparam(name) for name in _COLUMNS}).on_conflict_do_nothing()
)


class PostgresPaymentInbox:
    """The `PaymentInbox` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def knows(self, news: PaymentNews) -> bool:
        """By primary key."""
        row = await self._connection.one(_KNOWS, of_provider=news.provider, of_event=news.event_id)
        return row is not None

    async def keep(self, news: PaymentNews, at: datetime) -> None:
        """The first row stays."""
        await self._connection.run(
            _KEEP,
            provider=news.provider,
            event_id=news.event_id,
            order_id=news.order_id,
            type=news.type,
            received_at=at,
        )
