"""Makes documents anew from the catalogue's facts, inside one transaction."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.postgres.database import Connection
from adapters.postgres.search import renewal_sql as sql
from adapters.postgres.search.document_rows import document_row, fingerprint
from adapters.postgres.search.facts import Facts, read_facts
from application.search.document import WorkDocument, document_of
from domain.shared.ids import WorkId


@dataclass(frozen=True, slots=True)
class Renewed:
    """A document that differs from the one that is kept, or is the first."""

    document: WorkDocument
    fingerprint: bytes
    is_first: bool

    @property
    def words(self) -> set[str]:
        """What readers may mistype."""
        document = self.document
        return {*document.title_words.split(), *document.author_words.split(), *document.series_words.split()}


async def renew_works(connection: Connection, works: Sequence[WorkId], at: datetime) -> list[Renewed]:
    """Bring their documents to what the catalogue says now; returns those that differed. The caller has the
    turn (`TAKE_TURN`).
    """
    facts = await read_facts(connection, works)
    differing = await asyncio.to_thread(_differing, facts)
    if differing:
        await _stage(connection, differing)
        await connection.run(sql.CHANGE, at=at)
        await connection.run(sql.ADD, at=at)
        await connection.run(sql.WAIT_FOR_INDEX, at=at)
        await _learn_words(connection, differing)
    return differing


def _differing(facts: Facts) -> list[Renewed]:
    found = []
    for known in facts.known_works():
        document = document_of(known.work)
        mark = fingerprint(document)
        if mark != known.fingerprint:
            found.append(Renewed(document, mark, is_first=known.fingerprint is None))
    return found


async def _stage(connection: Connection, renewed: Iterable[Renewed]) -> None:
    await connection.raw.execute(sql.STAGE)
    async with connection.raw.cursor() as cursor, cursor.copy(sql.FILL) as copy:
        for one in renewed:
            await copy.write_row(document_row(one.document, one.fingerprint))


async def _learn_words(connection: Connection, renewed: Iterable[Renewed]) -> None:
    first, missing = Counter[str](), set[str]()
    for one in renewed:
        if one.is_first:
            first.update(one.words)
        else:
            missing |= one.words
    if first:
        await connection.run(sql.LEARN_WORDS, words=list(first), works=list(first.values()))
    if missing - first.keys():
        await connection.run(sql.LEARN_MISSING_WORDS, words=list(missing - first.keys()))
