"""What readers may spend on purchases, in PostgreSQL."""

from datetime import datetime
from typing import Final

from adapters.postgres.database import Connection, Row
from adapters.postgres.statement import Statement
from domain.purchases.caps import Budget, Caps
from domain.shared.ids import UserId
from domain.shared.money import Money

_BE_THERE: Final = Statement("""
INSERT INTO purchase_caps (user_id, currency) VALUES (%(reader)s, %(currency)s) ON CONFLICT DO NOTHING
""")
_LOCK: Final = Statement("""
SELECT per_purchase, per_day, per_month FROM purchase_caps
WHERE user_id = %(reader)s AND currency = %(currency)s FOR UPDATE
""")
# A statement of its own after the lock: it sees what whoever held the lock before has committed. Days and
# months are those of UTC, whatever the database's own time zone is.
COUNTED: Final = """
coalesce(sum(counts) FILTER (WHERE cap_reserved_at >= {day}), 0)::bigint AS today,
coalesce(sum(counts), 0)::bigint AS this_month
"""
_COUNT: Final = Statement(f"""
SELECT {COUNTED.format(day="%(day)s")} FROM purchases
WHERE user_id = %(reader)s AND currency = %(currency)s AND counts > 0 AND cap_reserved_at >= %(month)s
""")  # noqa: S608 - put together from constants
_SET: Final = Statement("""
INSERT INTO purchase_caps (user_id, currency, per_purchase, per_day, per_month)
VALUES (%(reader)s, %(currency)s, %(per_purchase)s, %(per_day)s, %(per_month)s)
ON CONFLICT (user_id, currency) DO UPDATE
SET per_purchase = excluded.per_purchase, per_day = excluded.per_day, per_month = excluded.per_month
""")


class PostgresBudgets:
    """The `Budgets` port over one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, reader: UserId, currency: str, at: datetime) -> Budget:
        """Lock, then count: of fifty purchases at once each sees those admitted before it."""
        await self._connection.run(_BE_THERE, reader=reader, currency=currency)
        caps = await self._connection.one(_LOCK, reader=reader, currency=currency)
        day, month = beginnings(at)
        counted = await self._connection.one(_COUNT, reader=reader, currency=currency, day=day, month=month)
        return budget_from(reader, currency, caps, counted)

    async def set_caps(self, reader: UserId, caps: Caps) -> None:
        """The reader's own from now on."""
        await self._connection.run(
            _SET,
            reader=reader,
            currency=caps.per_purchase.currency,
            per_purchase=caps.per_purchase.amount,
            per_day=caps.per_day.amount,
            per_month=caps.per_month.amount,
        )


def beginnings(at: datetime) -> tuple[datetime, datetime]:
    """When the day and the month of that moment began; `at` is in UTC."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day, day.replace(day=1)


def budget_from(reader: UserId, currency: str, caps: Row, counted: Row) -> Budget:
    """The budget from its caps and sums."""
    own = None
    if caps is not None and caps.per_purchase is not None:
        own = Caps(
            per_purchase=Money(caps.per_purchase, currency),
            per_day=Money(caps.per_day, currency),
            per_month=Money(caps.per_month, currency),
        )
    return Budget(
        reader=reader,
        own=own,
        today=Money(counted.today, currency),
        this_month=Money(counted.this_month, currency),
    )
