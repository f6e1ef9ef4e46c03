"""Search in PostgreSQL: the shop's second engine, and the only one where no other can run."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from psycopg.errors import QueryCanceled

from adapters.postgres.database import Connection, Database, Row
from adapters.postgres.search import conditions
from adapters.postgres.search.finding_sql import LIMITS, Shape, find_statement
from adapters.postgres.search.nearest_sql import GO_ON, HAS_VECTORS, nearest_statement
from adapters.postgres.search.question import Question
from adapters.postgres.search.vocabulary import corrections
from application.search.query import Filters, SearchSort, Wanted
from application.search.results import Found, Hit, most_frequent_first
from application.shared.unavailable import DatabaseUnavailable
from domain.search.errors import SearchUnavailable
from domain.shared.ids import WorkId

LONGEST: Final = "2s"  # then nobody waits for the answer any more, and the connection is wanted elsewhere
TYPING_ERRORS: Final = (1, 2)  # in a word, as they are tried
RANKED: Final = 300  # works looked at closely; a page has at most a hundred


class PostgresSearchEngine:
    """The `SearchEngine` port."""

    name = "postgres"

    def __init__(self, database: Database) -> None:
        self._database = database
        self._vectors: bool | None = None  # whether the server has pgvector; not asked yet

    async def find(self, wanted: Wanted) -> Found:
        """As typed; if nothing has these words, what they may have been meant to be."""
        question = Question.of(wanted)
        async with self._searching(by_words=bool(question)) as connection:
            found = await _find(connection, wanted, question)
            for errors in TYPING_ERRORS:
                if found.total or not wanted.text:
                    break
                meant = await corrections(connection, wanted.text.words, errors)
                if meant:
                    found = await _find(connection, wanted, Question.of(wanted, meant))
        return found

    async def nearest(self, vector: Sequence[float], filters: Filters, limit: int) -> Sequence[Hit]:
        """By pgvector; without it nothing is near."""
        async with self._searching(by_words=False) as connection:
            if not await self._knows_vectors(connection):
                return ()
            await connection.run(GO_ON)
            rows = await connection.all(
                nearest_statement(conditions.conditions(filters)),
                vector=[float(number) for number in vector],
                limit=limit,
                **conditions.values(filters),
            )
        return [_near(row) for row in rows]

    async def _knows_vectors(self, connection: Connection) -> bool:
        if self._vectors is None:
            row = await connection.one(HAS_VECTORS)
            self._vectors = bool(row and row.known)
        return self._vectors

    @asynccontextmanager
    async def _searching(self, *, by_words: bool) -> AsyncIterator[Connection]:
        try:
            async with self._database.transaction() as connection:
                await connection.run(LIMITS, timeout=LONGEST, reading_all="off" if by_words else "on")
                try:
                    yield connection
                except QueryCanceled as late:
                    raise SearchUnavailable("This search takes too long; ask for something rarer.") from late
        except DatabaseUnavailable as lost:
            raise SearchUnavailable("The search does not answer at the moment; try again shortly.") from lost


async def _find(connection: Connection, wanted: Wanted, question: Question) -> Found:
    shape = Shape(
        sort=wanted.sort,
        scope=wanted.scope,
        words=bool(wanted.text),
        as_typed=question.as_typed,
        phrases=bool(question.phrases),
        by=bool(wanted.by),
        conditions=conditions.conditions(wanted.filters),
        facets=tuple(wanted.facets),
        among=wanted.only is not None,
        beyond=wanted.after is not None and wanted.sort is not SearchSort.RELEVANCE,
    )
    row = await connection.one(
        find_statement(shape),
        tsquery=question.tsquery,
        patterns=question.patterns,
        finished=question.finished,
        whole=question.whole,
        beginning=question.beginning,
        phrases=question.phrases,
        names=question.names,
        only=list(wanted.only or ()),
        seen=list(wanted.seen) if wanted.sort is SearchSort.RELEVANCE else [],
        after_value=wanted.after.value if wanted.after else None,
        after_ordinal=wanted.after.ordinal if wanted.after else None,
        ranked=max(RANKED, wanted.limit),
        limit=wanted.limit,
        **conditions.values(wanted.filters),
    )
    return _found(row, wanted, question)


def _found(row: Row, wanted: Wanted, question: Question) -> Found:
    facets = {facet: most_frequent_first(row.facets[facet.value] or ()) for facet in wanted.facets}
    return Found([_hit(hit, question) for hit in row.hits or ()], row.total, facets)


def _hit(hit: Mapping[str, str], question: Question) -> Hit:
    return Hit(
        work_id=WorkId(UUID(hit["work_id"])),
        ordinal=int(hit["ordinal"]),
        value=int(hit["value"]),
        title=hit["title"],
        authors=tuple(hit["authors"]),
        series=hit["series"],
        matched=question.met_in(hit) if question.text else (),
    )


def _near(row: Row) -> Hit:
    return Hit(
        work_id=WorkId(row.work_id),
        ordinal=row.ordinal,
        value=row.value,
        title=row.title,
        authors=tuple(row.authors),
        series=row.series,
    )
