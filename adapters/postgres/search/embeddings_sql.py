"""The statements about what works are about."""

from typing import Final

from adapters.postgres.statement import Statement

CHANGED: Final = Statement("""
SELECT d.work_id, d.ordinal, d.version, w.title, w.series_name, w.series_number, t.content_hash,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       ARRAY(SELECT name FROM categories c WHERE c.slug = ANY(d.categories) ORDER BY position) AS categories,
       coalesce(w.description, (
           SELECT b.details ->> 'summary' FROM books b
           WHERE b.work_id = w.id AND b.withdrawn_at IS NULL AND b.details ->> 'summary' IS NOT NULL
           ORDER BY b.id LIMIT 1
       )) AS description
FROM search_documents d JOIN works w ON w.id = d.work_id LEFT JOIN embedded_texts t ON t.work_id = d.work_id
WHERE d.on_sale AND d.ordinal > %(after)s
  AND (t.version IS DISTINCT FROM d.version OR t.model IS DISTINCT FROM %(model)s)
ORDER BY d.ordinal LIMIT %(limit)s
""")

# Rows are taken in the order of ids, here as everywhere in the search, so that nobody waits in a circle.
NOTE: Final = Statement("""
INSERT INTO embedded_texts (work_id, version, content_hash, model)
SELECT work_id, version, content_hash, %(model)s
FROM unnest(%(works)s::uuid[], %(versions)s::bigint[], %(hashes)s::bytea[])
    AS told (work_id, version, content_hash) ORDER BY work_id
ON CONFLICT (work_id) DO UPDATE
SET version = excluded.version, content_hash = excluded.content_hash, model = excluded.model
WHERE embedded_texts.version <= excluded.version
RETURNING work_id
""")
PUT: Final = Statement("""
INSERT INTO work_embeddings (work_id, embedding) VALUES (%(work_id)s, %(embedding)s::real[])
ON CONFLICT (work_id) DO UPDATE SET embedding = excluded.embedding
""")
# The text was looked at in the version that is to come, unless another one came in between.
ADVANCE: Final = Statement("""
WITH advanced AS (
    UPDATE search_documents SET version = version + 1, changed_at = %(at)s WHERE work_id = ANY(%(works)s)
    RETURNING work_id, version
)
UPDATE embedded_texts t SET version = a.version
FROM advanced a WHERE a.work_id = t.work_id AND t.version = a.version - 1
""")
WAIT_FOR_INDEX: Final = Statement("""
INSERT INTO search_waiting (work_id, version, since)
SELECT work_id, version, %(at)s FROM search_documents WHERE work_id = ANY(%(works)s) ORDER BY work_id
ON CONFLICT (work_id) DO UPDATE SET version = excluded.version
""")

STANDING: Final = Statement("""
SELECT count(*) AS works, count(*) FILTER (WHERE t.model = %(model)s) AS embedded
FROM search_documents d LEFT JOIN embedded_texts t USING (work_id) WHERE d.on_sale
""")
