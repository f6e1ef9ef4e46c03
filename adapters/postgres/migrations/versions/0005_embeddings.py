"""What works are about."""

from typing import Final

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ADD_VECTORS: Final = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege THEN NULL;
END $$
"""
INDEX_VECTORS: Final = """
DO $$ BEGIN
    IF to_regtype('halfvec') IS NOT NULL THEN
        CREATE INDEX work_embeddings_nearest_idx ON work_embeddings
            USING hnsw ((embedding::halfvec(384)) halfvec_cosine_ops);
    END IF;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "work_embeddings",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("embedding", postgresql.ARRAY(sa.REAL()), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("work_embeddings_work_id_fkey")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("work_embeddings_pkey")),
    )
    op.create_table(
        "embedded_texts",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("embedded_texts_work_id_fkey")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("embedded_texts_pkey")),
        postgresql_with={"fillfactor": 80},
    )
    op.execute(ADD_VECTORS)
    op.execute(INDEX_VECTORS)


def downgrade() -> None:
    """The extension stays: others may use it by now, and nobody is in its way."""
    op.drop_table("embedded_texts")
    op.drop_table("work_embeddings")
