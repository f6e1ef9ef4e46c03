"""What was learnt of bookstores."""

from typing import Final

from psycopg.types.json import Jsonb

from adapters.postgres.database import Database, Row
from adapters.postgres.statement import Statement
from application.prices.store_experience import Lessons, Specialty, added
from domain.prices.estimates.experience import Experience, Trade
from domain.prices.estimates.premium import Premiums
from domain.prices.estimates.reservation import StoreModel
from domain.prices.offer import StoreName

_ALL: Final = Statement("SELECT * FROM store_experience")
# In the order of the key, so that two comparisons that end together wait for each other, never in a ring.
_OF: Final = Statement("""
SELECT e.* FROM store_experience e
JOIN unnest(%(stores)s::text[], %(trades)s::text[]) AS wanted (store, trade) USING (store, trade)
ORDER BY e.store, e.trade FOR UPDATE OF e
""")
_BEGIN: Final = Statement("""
INSERT INTO store_experience
SELECT store, trade, 0, 0, '{}', 0, 0, 0, 0, 0
FROM unnest(%(stores)s::text[], %(trades)s::text[]) AS n (store, trade)
ORDER BY store, trade ON CONFLICT DO NOTHING
""")
_SAVE: Final = Statement("""
UPDATE store_experience
SET asked = %(asked)s, sold = %(sold)s, premiums = %(premiums)s, counted_at = %(at)s,
    found_right = %(right)s, found_wrong = %(wrong)s, calls = %(calls)s, call_seconds = %(seconds)s
WHERE store = %(store)s AND trade = %(trade)s
""")


class PostgresStoreExperiences:
    """The `StoreExperiences` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> Lessons:
        """See the port."""
        return dict(map(_read, await self._database.all(_ALL)))

    async def add(self, lessons: Lessons) -> None:
        """See the port. What several processes learn at the same time adds up."""
        ordered = sorted(lessons)
        names = {"stores": [store for store, _ in ordered], "trades": [trade.value for _, trade in ordered]}
        async with self._database.transaction() as connection:
            await connection.run(_BEGIN, **names)
            before = dict(map(_read, await connection.all(_OF, **names)))
            after = added(before, lessons)
            await connection.run_many(_SAVE, [_row(specialty, after[specialty]) for specialty in ordered])


def _read(row: Row) -> tuple[Specialty, Experience]:
    premiums = Premiums({int(place): count for place, count in row.premiums.items()})
    model = StoreModel(row.asked, row.sold, premiums, row.counted_at)
    experience = Experience(model, row.found_right, row.found_wrong, row.calls, row.call_seconds)
    return (StoreName(row.store), Trade(row.trade)), experience


def _row(specialty: Specialty, experience: Experience) -> dict[str, object]:
    store, trade = specialty
    model = experience.model
    return {
        "store": store,
        "trade": trade.value,
        "asked": model.asked,
        "sold": model.sold,
        "premiums": Jsonb({str(place): count for place, count in model.premiums.counts.items()}),
        "at": model.at,
        "right": experience.right,
        "wrong": experience.wrong,
        "calls": experience.calls,
        "seconds": experience.seconds,
    }
