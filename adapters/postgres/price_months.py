"""The drawers of the price history: a partition a month, and one for what fits into none."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import structlog
from psycopg.errors import LockNotAvailable

from adapters.postgres.database import Database
from adapters.postgres.statement import Statement
from adapters.postgres.tables.prices import DRAWERS, OTHER_MONTHS
from application.shared.unavailable import DatabaseUnavailable
from domain.prices.months import months_on
from domain.prices.offer import StoreName
from domain.prices.records import Answerer
from domain.shared.isbn import Isbn

# Whoever writes a price waits no longer than this for a drawer to be put in or taken out; nor do we for them.
_BRIEFLY: Final = Statement("SET LOCAL lock_timeout = '200ms'")
_MADE: Final = Statement(f"""
SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace('{DRAWERS}') AND relkind = 'r'
  AND relname ~ '^runs_[0-9]{{4}}_[0-9]{{2}}$' ORDER BY relname
""")  # noqa: S608 - put together from constants
_LOCK_OTHER: Final = Statement(f"LOCK TABLE {OTHER_MONTHS} IN ACCESS EXCLUSIVE MODE")
_FORGET_OTHER: Final = Statement(f"DELETE FROM {OTHER_MONTHS} WHERE began_at < %(before)s")  # noqa: S608 - as above
# A stretch of the key, and of it what is old: an index on the time would be written with each answer.
_FORGET: Final = Statement("""
WITH looked_at AS MATERIALIZED (
    SELECT isbn, store FROM price_answers WHERE (isbn, store) > (%(isbn)s, %(store)s)
    ORDER BY isbn, store LIMIT %(at_most)s
), old AS (
    DELETE FROM price_answers a USING looked_at l
    WHERE a.isbn = l.isbn AND a.store = l.store AND a.told_at < %(before)s RETURNING a.isbn, a.store
), gone AS (
    DELETE FROM price_offers o USING old WHERE o.isbn = old.isbn AND o.store = old.store
)
SELECT isbn, store, (SELECT count(*) FROM old) AS old FROM looked_at ORDER BY isbn DESC, store DESC LIMIT 1
""")

_log = structlog.get_logger("octavo.prices")


class PostgresPriceMonths:
    """The `PriceDrawers` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def made(self) -> Sequence[datetime]:
        """See the port."""
        rows = await self._database.all(_MADE)
        return [datetime.strptime(row.relname, "runs_%Y_%m").replace(tzinfo=UTC) for row in rows]

    async def make(self, month: datetime) -> bool:
        """Filled before it is put in: nothing is ever missing, and nobody waits but for the last step."""
        drawer, after = _drawer(month), months_on(month, 1)
        fits = f"began_at >= '{month.isoformat()}' AND began_at < '{after.isoformat()}'"
        return await self._briefly(
            _LOCK_OTHER,
            Statement(f"CREATE TABLE {drawer} (LIKE price_runs INCLUDING DEFAULTS) WITH (fillfactor = 80)"),
            Statement(
                f"WITH moved AS (DELETE FROM {OTHER_MONTHS} WHERE {fits} RETURNING *)"  # noqa: S608 - our own names and times
                f" INSERT INTO {drawer} SELECT * FROM moved"
            ),
            Statement(
                f"ALTER TABLE price_runs ATTACH PARTITION {drawer}"
                f" FOR VALUES FROM ('{month.isoformat()}') TO ('{after.isoformat()}')"
            ),
        )

    async def drop(self, month: datetime) -> bool:
        """See the port."""
        return await self._briefly(Statement(f"DROP TABLE {_drawer(month)}"))

    async def forget(self, before: datetime) -> int:
        """See the port."""
        async with self._database.connection() as connection:
            return await connection.run(_FORGET_OTHER, before=before)

    async def forget_answers(
        self, before: datetime, after: Answerer | None, at_most: int
    ) -> tuple[int, Answerer | None]:
        """See the port."""
        isbn, store = (after[0].value, after[1]) if after else ("", "")
        row = await self._database.one(_FORGET, before=before, isbn=isbn, store=store, at_most=at_most)
        return (row.old, (Isbn(row.isbn), StoreName(row.store))) if row else (0, None)

    async def _briefly(self, *steps: Statement) -> bool:
        try:
            async with self._database.transaction() as connection:
                for step in (_BRIEFLY, *steps):
                    await connection.run(step)
        except DatabaseUnavailable as lost:
            if not isinstance(lost.__cause__, LockNotAvailable):
                raise
            _log.info("price_months_busy", effect="it is tried again")
            return False
        return True


def _drawer(month: datetime) -> str:
    return f"{DRAWERS}.runs_{month:%Y_%m}"
