"""The statements about documents, marks, and how far the index has them.

Whoever takes several rows of a table here takes them in the order of ids, so that nobody waits in a circle.
"""

from typing import Final

from adapters.postgres.search.document_rows import LISTS, PLAIN
from adapters.postgres.statement import Statement

# All but `words`, which is for searching alone, and what the work is about.
_COLUMNS: Final = ", ".join(f"d.{name}" for name in ("work_id", "version", "ordinal", *PLAIN, *LISTS))
_MEANING: Final = "(SELECT embedding FROM work_embeddings e WHERE e.work_id = d.work_id) AS vector"
_DOCUMENT: Final = f"{_COLUMNS}, {_MEANING}"

MARK: Final = Statement("""
INSERT INTO search_marks (work_id, since)
SELECT DISTINCT work_id, %(at)s::timestamptz FROM unnest(%(works)s::uuid[]) AS told (work_id) ORDER BY work_id
ON CONFLICT (work_id) DO UPDATE SET turn = search_marks.turn + 1
""")
MARK_BOOKS: Final = Statement("""
INSERT INTO search_marks (work_id, since)
SELECT DISTINCT work_id, %(at)s::timestamptz FROM books WHERE id = ANY(%(books)s) ORDER BY work_id
ON CONFLICT (work_id) DO UPDATE SET turn = search_marks.turn + 1
""")
MARK_UNKNOWN: Final = Statement("""
INSERT INTO search_marks (work_id, since)
SELECT w.id, %(at)s FROM works w
WHERE NOT EXISTS (SELECT FROM search_documents d WHERE d.work_id = w.id)
  AND NOT EXISTS (SELECT FROM search_marks m WHERE m.work_id = w.id)
ORDER BY w.id LIMIT %(limit)s
ON CONFLICT (work_id) DO NOTHING
""")

UNINDEXED: Final = Statement(f"""
SELECT i.generation, i.collection, d.* FROM search_index i LEFT JOIN (
    SELECT {_DOCUMENT}, w.since FROM search_waiting w JOIN search_documents d USING (work_id)
    ORDER BY w.since, w.work_id LIMIT %(limit)s
) AS d ON true ORDER BY d.since, d.work_id
""")  # noqa: S608 - the columns of the table, nothing from outside
# The generation first: it stays the same until this is committed, or the word does not count. A version that
# came meanwhile goes on waiting.
INDEXED: Final = Statement("""
WITH standing AS MATERIALIZED (
    SELECT generation FROM search_index WHERE generation = %(generation)s FOR SHARE
), confirmed AS MATERIALIZED (
    SELECT work_id FROM search_waiting w
    JOIN unnest(%(works)s::uuid[], %(versions)s::bigint[]) AS told (work_id, version) USING (work_id)
    WHERE w.version <= told.version AND EXISTS (SELECT FROM standing) ORDER BY work_id FOR UPDATE OF w
)
DELETE FROM search_waiting w USING confirmed c WHERE w.work_id = c.work_id
""")
NEW_GENERATION: Final = Statement("""
UPDATE search_index SET generation = generation + 1, collection = %(collection)s
""")
NOTHING_WAITS: Final = Statement("DELETE FROM search_waiting")
WAIT_ANEW: Final = Statement("""
INSERT INTO search_waiting (work_id, version, since)
SELECT work_id, version, changed_at FROM search_documents WHERE changed_at >= %(since)s
""")
LOST: Final = Statement("""
INSERT INTO search_waiting (work_id, version, since)
SELECT work_id, version, now() FROM search_documents WHERE work_id = ANY(%(works)s) ORDER BY work_id
ON CONFLICT (work_id) DO NOTHING
""")

PORTION: Final = Statement(f"""
SELECT {_DOCUMENT} FROM search_documents d
WHERE ordinal > %(after)s AND on_sale ORDER BY ordinal LIMIT %(limit)s
""")  # noqa: S608 - as above
CONFIRMED: Final = Statement("""
SELECT d.work_id, d.ordinal, CASE WHEN w.work_id IS NULL THEN d.version ELSE 0 END AS confirmed
FROM search_documents d LEFT JOIN search_waiting w USING (work_id)
WHERE d.ordinal > %(after)s AND d.on_sale ORDER BY d.ordinal LIMIT %(limit)s
""")
ON_SALE: Final = Statement("""
SELECT work_id FROM search_documents WHERE work_id = ANY(%(works)s) AND on_sale
""")
COUNT: Final = Statement("SELECT count(*) AS works FROM search_documents WHERE on_sale")
BACKLOG: Final = Statement("""
SELECT count(DISTINCT work_id) AS works, min(since) AS oldest FROM (
    SELECT work_id, since FROM search_marks
    UNION ALL
    SELECT work_id, since FROM search_waiting
    WHERE %(indexed)s
) AS behind
""")
