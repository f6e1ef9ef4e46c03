"""Works alike in meaning. Reads the index of `work_embeddings`, so its expression is written as there."""

from functools import lru_cache
from typing import Final

from adapters.postgres.search.conditions import CONDITIONS
from adapters.postgres.statement import Statement

HAS_VECTORS: Final = Statement("SELECT to_regtype('halfvec') IS NOT NULL AS known")  # since pgvector 0.7
# Neighbours that the filters leave out are replaced by farther ones, nearest first.
GO_ON: Final = Statement("SELECT set_config('hnsw.iterative_scan', 'strict_order', true) AS scan")
_NEAREST: Final = """
SELECT *, round(1000 * (1 - distance))::int AS value FROM (
    SELECT d.work_id, d.ordinal, d.title, d.authors, d.series,
           (e.embedding::halfvec(384)) <=> %(vector)s::real[]::halfvec(384) AS distance
    FROM work_embeddings e JOIN search_documents d USING (work_id)
    WHERE {conditions}
    ORDER BY (e.embedding::halfvec(384)) <=> %(vector)s::real[]::halfvec(384) LIMIT %(limit)s
) AS near ORDER BY value DESC, ordinal
"""


@lru_cache(maxsize=1_000)
def nearest_statement(conditions: tuple[str, ...]) -> Statement:
    """Among what these conditions leave."""
    demanded = ["d.on_sale", *(CONDITIONS[name] for name in conditions)]
    return Statement(_NEAREST.format(conditions=" AND ".join(demanded)))
