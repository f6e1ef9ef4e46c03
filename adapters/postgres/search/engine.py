"""Search in PostgreSQL: the shop's second engine, and the only one where no other can run."""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.database import Connection, Database, Row
from adapters.postgres.search.conditions import conditions, values
from adapters.postgres.search.finding import find
from adapters.postgres.search.limits import LONGEST, LimitedSearches, TakesTooLong
from adapters.postgres.search.nearest_sql import GO_ON, HAS_VECTORS, nearest_statement
from adapters.postgres.search.question import Question
from adapters.postgres.search.vocabulary import corrections
from application.search.query import Filters, SearchSort, Wanted
from application.search.results import Found, Hit
from domain.shared.ids import WorkId

TYPING_ERRORS: Final = (1, 2)  # in a word, as they are tried


class PostgresSearchEngine:
    """The `SearchEngine` port."""

    name = "postgres"

    def __init__(self, database: Database, *, longest: int = LONGEST) -> None:
        self._searches = LimitedSearches(database, longest)
        self._vectors: bool | None = None  # whether the server has pgvector; not asked yet

    async def find(self, wanted: Wanted) -> Found:
        """As typed; if nothing has these words, what they may have been meant to be. Where nobody counts,
        works that everybody knows will do; they have to where an unfinished word begins half the dictionary.
        """
        if wanted.text and not wanted.counted:
            known = await self._find_among_bestsellers(wanted)
            if len(known.hits) == wanted.limit:
                return known
        try:
            return await self._find_among_all(wanted)
        except TakesTooLong:
            if wanted.needed.unfinished and wanted.sort is SearchSort.RELEVANCE:
                return await self._find_among_bestsellers(wanted)
            raise

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        """By pgvector; without it nothing is near."""
        async with self._searches.connection(by_words=False) as connection:
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

    async def _find_among_bestsellers(self, wanted: Wanted) -> Found:
        async with self._searches.connection(by_words=True) as connection:
            return await find(connection, wanted, Question.of(wanted), bestsellers=True)

    async def _find_among_all(self, wanted: Wanted) -> Found:
        question = Question.of(wanted)
        async with self._searches.connection(by_words=bool(question)) as connection:
            found = await find(connection, wanted, question)
            for errors in TYPING_ERRORS:
                if found.total or not wanted.text:
                    break
                meant = await corrections(connection, wanted.needed.words, errors)
                if meant:
                    found = await find(connection, wanted, Question.of(wanted, meant))
        return found

    async def _knows_vectors(self, connection: Connection) -> bool:
        if self._vectors is None:
            row = await connection.one(HAS_VECTORS)
            self._vectors = bool(row and row.known)
        return self._vectors


def _near(row: Row) -> Hit:
    return Hit(
        work_id=WorkId(row.work_id),
        ordinal=row.ordinal,
        value=row.value,
        title=row.title,
        authors=tuple(row.authors),
        series=row.series,
    )
