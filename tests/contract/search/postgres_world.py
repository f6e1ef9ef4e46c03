"""PostgreSQL with documents as they are given, whatever the catalogue would say."""

from collections.abc import Sequence
from datetime import UTC, datetime

from adapters.postgres.database import Connection, Database
from adapters.postgres.search import renewal_sql
from adapters.postgres.search.document_rows import document_row, fingerprint
from adapters.postgres.search.engine import PostgresSearchEngine
from adapters.postgres.statement import Statement
from application.search.document import Versioned

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORKS = Statement("""
INSERT INTO works (id, key, title) SELECT id, id::text, 'known' FROM unnest(%(ids)s::uuid[]) AS w (id)
ON CONFLICT DO NOTHING
""")
CLEAR = Statement("""
DELETE FROM search_documents d USING unnest(%(ids)s::uuid[], %(versions)s::bigint[]) AS n (id, version)
WHERE d.work_id = n.id AND d.version <= n.version
""")
DOCUMENTS = Statement(f"""
INSERT INTO search_documents (work_id, ordinal, version, changed_at, {renewal_sql.COLUMNS})
OVERRIDING SYSTEM VALUE
SELECT work_id, n.ordinal, n.version, %(at)s,
    {", ".join(renewal_sql.VALUES.values())}
FROM renewed r JOIN unnest(%(ids)s::uuid[], %(versions)s::bigint[], %(ordinals)s::bigint[])
    AS n (work_id, version, ordinal) USING (work_id)
ON CONFLICT DO NOTHING
""")  # noqa: S608 - the table's columns
VECTOR = Statement("""
INSERT INTO work_embeddings VALUES (%(work)s, %(vector)s::real[])
ON CONFLICT (work_id) DO UPDATE SET embedding = excluded.embedding
""")


class PostgresWorld:
    """A database of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.engine = PostgresSearchEngine(database)

    async def holds(self, documents: Sequence[Versioned]) -> None:
        numbers = {
            "ids": [one.document.work_id for one in documents],
            "versions": [one.version for one in documents],
        }
        async with self._database.transaction() as connection:
            await connection.run(WORKS, ids=numbers["ids"])
            await connection.run(CLEAR, **numbers)
            await _stage(connection, documents)
            await connection.run(DOCUMENTS, at=NOON, ordinals=[one.ordinal for one in documents], **numbers)
            await connection.run(renewal_sql.LEARN_MISSING_WORDS, words=_words(documents))
            for one in documents:
                if one.vector is not None:
                    vector = [float(number) for number in one.vector]
                    await connection.run(VECTOR, work=one.document.work_id, vector=vector)


def _words(documents: Sequence[Versioned]) -> list[str]:
    texts = ((o.document.title_words, o.document.author_words, o.document.series_words) for o in documents)
    return sorted({word for fields in texts for field in fields for word in field.split()})


async def _stage(connection: Connection, documents: Sequence[Versioned]) -> None:
    await connection.raw.execute(renewal_sql.STAGE)
    async with connection.raw.cursor() as cursor, cursor.copy(renewal_sql.FILL) as copy:
        for one in documents:
            await copy.write_row(document_row(one.document, fingerprint(one.document)))
