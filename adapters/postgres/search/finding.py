"""Asks one statement, and reads what it found."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from adapters.postgres.database import Connection, Row
from adapters.postgres.search.conditions import conditions, values
from adapters.postgres.search.finding_sql import Shape, find_statement
from adapters.postgres.search.question import Question
from application.search.query import SearchSort, Wanted
from application.search.results import Found, Hit, most_frequent_first
from domain.shared.ids import WorkId

RANKED: Final = 300  # works looked at closely; a page has at most a hundred


async def find(
    connection: Connection, wanted: Wanted, question: Question, *, bestsellers: bool = False
) -> Found:
    """Works that meet the question, among all or among bestsellers."""
    shape = Shape(
        sort=wanted.sort,
        scope=wanted.scope,
        words=bool(wanted.text),
        bestsellers=bestsellers,
        as_typed=question.as_typed,
        phrases=bool(question.phrases),
        by=bool(wanted.by),
        conditions=conditions(wanted.filters),
        facets=tuple(dict.fromkeys(wanted.facets)),
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
        **values(wanted.filters),
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
