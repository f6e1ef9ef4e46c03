"""Reading what stores told, and what their prices have been."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.repositories.price_rows import LAST, answers_from, run_from, series_from
from adapters.postgres.statement import Statement
from application.prices.ports import Story
from domain.prices.memory import Known
from domain.prices.months import month_of, months_on
from domain.prices.offer import Condition, StoreName
from domain.shared.edition_format import Format
from domain.shared.isbn import Isbn

# By the beginning of both keys: a few hundred rows at most.
_RECALL: Final = Statement(f"{LAST} WHERE a.isbn = %(isbn)s ORDER BY a.isbn, a.store, o.place")
# In each drawer by the beginning of its key, in its order; drawers before the month are not opened.
_STORIES: Final = Statement("""
SELECT isbn, store, format, condition, currency, began_at, seen_until, seen, landed FROM price_runs
WHERE isbn = %(isbn)s AND began_at >= %(month)s AND (%(store)s::text IS NULL OR store = %(store)s)
  AND (%(format)s::text IS NULL OR format = %(format)s)
  AND (%(condition)s::text IS NULL OR condition = %(condition)s)
ORDER BY store, format, condition, currency, began_at
""")
_STORY: Final = attrgetter("store", "format", "condition", "currency")


class PostgresPrices:
    """The `LastingPrices` and the `PriceStories` ports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, isbn: Isbn) -> Sequence[Known]:
        """See the port."""
        return answers_from(await self._database.all(_RECALL, isbn=isbn.value))

    async def stories(
        self,
        isbn: Isbn,
        *,
        since: datetime,
        format: Format | None = None,  # noqa: A002 - the trade's word
        condition: Condition | None = None,
        store: StoreName | None = None,
    ) -> Sequence[Story]:
        """A run lies in the month in which it began: the last one before that moment may be a month back."""
        rows = await self._database.all(
            _STORIES,
            isbn=isbn.value,
            month=months_on(month_of(since), -1),
            store=store,
            format=format and format.value,
            condition=condition and condition.value,
        )
        every = [list(runs) for _, runs in groupby(rows, key=_STORY)]
        return [
            Story(series_from(runs[0]), StoreName(runs[0].store), [run_from(row) for row in runs])
            for runs in every
        ]
