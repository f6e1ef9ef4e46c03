"""What works are about: one vector for each, apart from what changes more often than it."""

from typing import Final

from sqlalchemy import (
    DDL,
    REAL,
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    Uuid,
    event,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.postgres.tables.metadata import metadata

# Not every server has pgvector, and where it is there only a superuser may add it: then Typesense alone
# searches by meaning, and everything else is as it is elsewhere.
ADD_VECTORS: Final = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege THEN NULL;
END $$
"""
HAS_VECTORS: Final = "SELECT to_regtype('halfvec') IS NOT NULL"  # since pgvector 0.7


def _has_vectors(
    ddl: object,  # noqa: ARG001 - SQLAlchemy names its arguments
    target: object,  # noqa: ARG001 - as above
    bind: Connection | None,
    *_: object,
    **__: object,
) -> bool:
    return bind is not None and bool(bind.execute(text(HAS_VECTORS)).scalar())


# An array of numbers that any server keeps; its index has them as pgvector's half-precision vectors, which
# order neighbours alike in half the memory.
work_embeddings: Final = Table(
    "work_embeddings",
    metadata,
    Column("work_id", Uuid, ForeignKey("works.id"), primary_key=True),
    Column("embedding", ARRAY(REAL), nullable=False),
    Index(
        "work_embeddings_nearest_idx",
        literal_column("(embedding::halfvec(384))").label("nearest"),
        postgresql_using="hnsw",
        postgresql_ops={"nearest": "halfvec_cosine_ops"},
    ).ddl_if(callable_=_has_vectors),
)
event.listen(work_embeddings, "before_create", DDL(ADD_VECTORS))  # type: ignore[no-untyped-call] # SQLAlchemy's

# Which text was embedded, and the version of the work's document at which that was last looked at. Versions
# move with every price; a row of this table is small enough to follow them.
embedded_texts: Final = Table(
    "embedded_texts",
    metadata,
    Column("work_id", Uuid, ForeignKey("works.id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("model", Text, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 80},
)
