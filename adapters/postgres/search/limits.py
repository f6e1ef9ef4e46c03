"""Searches that end in time and leave room for everybody else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from psycopg.errors import QueryCanceled

from adapters.postgres.database import POOL_SIZE, Connection, Database
from adapters.postgres.statement import Statement
from application.shared.unavailable import DatabaseUnavailable
from domain.search.errors import SearchUnavailable

LONGEST: Final = 2_000  # ms a statement may take: then nobody waits for the answer any more
AT_ONCE: Final = POOL_SIZE - 4  # whoever orders, pays or signs in meanwhile finds a connection
FOR_A_PLACE: Final = 5.0  # s: as long as everybody else waits for a connection

# Ten connections with this much memory each fit beside the shop's caches. With less, the map of what a common
# word matches forgets rows for pages, and every row of these is looked at again. Making a vector of a text is
# dear, of which the planner knows little: words are never looked for by reading every document.
_LIMITS: Final = Statement("""
SELECT set_config('statement_timeout', %(timeout)s, true) AS at_most,
       set_config('work_mem', '32MB', true) AS memory,
       set_config('plan_cache_mode', 'force_custom_plan', true) AS plans,
       set_config('enable_seqscan', %(reading_all)s, true) AS reading_all
""")


class TakesTooLong(SearchUnavailable):
    """It was given up; the database is well."""


class LimitedSearches:
    """Connections for searching."""

    def __init__(self, database: Database, longest: int) -> None:
        self._database = database
        self._longest = longest
        self._places = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def connection(self, *, by_words: bool) -> AsyncIterator[Connection]:
        """In a transaction. Raises `SearchUnavailable`, as `TakesTooLong` when a statement did."""
        limits = {"timeout": f"{self._longest}ms", "reading_all": "off" if by_words else "on"}
        try:
            async with self._place(), self._database.transaction() as connection:
                await connection.run(_LIMITS, **limits)
                try:
                    yield connection
                except QueryCanceled as late:
                    raise TakesTooLong("This search takes too long; ask for something rarer.") from late
        except DatabaseUnavailable as lost:
            raise SearchUnavailable("The search does not answer at the moment; try again shortly.") from lost

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(FOR_A_PLACE):
                await self._places.acquire()
        except TimeoutError as full:
            raise SearchUnavailable("Too many searches at this moment; try again shortly.") from full
        try:
            yield
        finally:
            self._places.release()
