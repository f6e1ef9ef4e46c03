"""Search in PostgreSQL: the shop's second engine, and the only one where no other can run."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from psycopg.errors import QueryCanceled

from adapters.postgres.database import POOL_SIZE, Connection, Database, Row
from adapters.postgres.search.conditions import conditions, values
from adapters.postgres.search.finding import find
from adapters.postgres.search.finding_sql import LIMITS
from adapters.postgres.search.nearest_sql import GO_ON, HAS_VECTORS, nearest_statement
from adapters.postgres.search.question import Question
from adapters.postgres.search.vocabulary import corrections
from application.search.query import Filters, Wanted
from application.search.results import Found, Hit
from application.shared.unavailable import DatabaseUnavailable
from domain.search.errors import SearchUnavailable
from domain.shared.ids import WorkId

LONGEST: Final = 2_000  # ms: then nobody waits for the answer any more
AT_ONCE: Final = POOL_SIZE - 4  # whoever orders, pays or signs in meanwhile finds a connection
FOR_A_PLACE: Final = 1.0  # s: with the longest search before it, what a reader waits at most
TYPING_ERRORS: Final = (1, 2)  # in a word, as they are tried


class PostgresSearchEngine:
    """The `SearchEngine` port."""

    name = "postgres"

    def __init__(self, database: Database, *, longest: int = LONGEST) -> None:
        self._database = database
        self._longest = longest
        self._places = asyncio.Semaphore(AT_ONCE)
        self._vectors: bool | None = None  # whether the server has pgvector; not asked yet

    async def find(self, wanted: Wanted) -> Found:
        """As typed; if nothing has these words, what they may have been meant to be. Where nobody counts,
        works that everybody knows will do.
        """
        question = Question.of(wanted)
        async with self._searching(by_words=bool(question)) as connection:
            if wanted.text and not wanted.counted:
                found = await find(connection, wanted, question, bestsellers=True)
                if len(found.hits) == wanted.limit:
                    return found
            found = await find(connection, wanted, question)
            for errors in TYPING_ERRORS:
                if found.total or not wanted.text:
                    break
                meant = await corrections(connection, wanted.text.words, errors)
                if meant:
                    found = await find(connection, wanted, Question.of(wanted, meant))
        return found

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        """By pgvector; without it nothing is near."""
        async with self._searching(by_words=False) as connection:
            if not await self._knows_vectors(connection):
                return ()
            await connection.run(GO_ON)
            rows = await connection.all(
                nearest_statement(conditions(filters)),
                vector=[float(number) for number in vector],
                limit=limit,
                **values(filters),
            )
        return [_near(row) for row in rows]

    async def _knows_vectors(self, connection: Connection) -> bool:
        if self._vectors is None:
            row = await connection.one(HAS_VECTORS)
            self._vectors = bool(row and row.known)
        return self._vectors

    @asynccontextmanager
    async def _searching(self, *, by_words: bool) -> AsyncIterator[Connection]:
        limits = {"timeout": f"{self._longest}ms", "reading_all": "off" if by_words else "on"}
        try:
            async with self._place(), self._database.transaction() as connection:
                await connection.run(LIMITS, **limits)
                try:
                    yield connection
                except QueryCanceled as late:
                    raise SearchUnavailable("This search takes too long; ask for something rarer.") from late
        except DatabaseUnavailable as lost:
            raise SearchUnavailable("The search does not answer at the moment; try again shortly.") from lost

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(FOR_A_PLACE):
                await self._places.acquire()
        except TimeoutError as full:
            raise SearchUnavailable("Too many search at this moment; try again shortly.") from full
        try:
            yield
        finally:
            self._places.release()


def _near(row: Row) -> Hit:
    return Hit(
        work_id=WorkId(row.work_id),
        ordinal=row.ordinal,
        value=row.value,
        title=row.title,
        authors=tuple(row.authors),
        series=row.series,
    )
