"""What can be searched, and the shop's word when a book sells out or comes back."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADD_WORDS_OF = """
CREATE FUNCTION search_words_of(title text, author text, series text, description text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2500 AS $$
BEGIN
    RETURN to_tsvector('pg_catalog.simple', title || ' ' || author || ' ' || series || ' ' || description);
END $$
"""
WORDS = "search_words_of(title_words, author_words, series_words, description_words)"
# Whatever moved the copies (a hold, its lapse, a receipt), the turn from some to none and back is told in the
# same transaction. The condition is checked without a call, so checkouts that turn nothing pay nothing.
TELL_TURNS = """
CREATE FUNCTION tell_stock_turned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO outbox (name, aggregate_id, payload, occurred_at)
    VALUES (CASE WHEN NEW.on_hand > NEW.held THEN 'book_back_in_stock' ELSE 'book_sold_out' END,
            NEW.book_id, '{}', clock_timestamp());
    RETURN NULL;
END $$;
CREATE TRIGGER stock_turned AFTER UPDATE OF on_hand, held ON stock FOR EACH ROW
    WHEN ((OLD.on_hand > OLD.held) IS DISTINCT FROM (NEW.on_hand > NEW.held))
    EXECUTE FUNCTION tell_stock_turned();
"""


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(ADD_WORDS_OF)
    op.create_table(
        "search_index",
        sa.Column("singleton", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("generation", sa.Integer(), server_default="0", nullable=False),
        sa.Column("collection", sa.Text(), nullable=True),
        sa.CheckConstraint("singleton", name=op.f("search_index_singleton_check")),
        sa.PrimaryKeyConstraint("singleton", name=op.f("search_index_pkey")),
    )
    op.create_table(
        "search_marks",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("work_id", name=op.f("search_marks_pkey")),
    )
    op.create_index("search_marks_since_idx", "search_marks", ["since"], unique=False)
    op.create_table(
        "search_waiting",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("work_id", name=op.f("search_waiting_pkey")),
    )
    op.create_index("search_waiting_since_idx", "search_waiting", ["since", "work_id"], unique=False)
    op.create_table(
        "search_words",
        sa.Column("word", sa.Text(collation="C"), nullable=False),
        sa.Column("works", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("search_words_pkey")),
    )
    op.create_index(
        "search_words_trigrams_idx",
        "search_words",
        ["word"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    )
    op.create_table(
        "search_documents",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("on_sale", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("authors", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("title_words", sa.Text(), nullable=False),
        sa.Column("author_words", sa.Text(), nullable=False),
        sa.Column("series_words", sa.Text(), nullable=False),
        sa.Column("description_words", sa.Text(), nullable=False),
        sa.Column("author_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("isbns", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("formats", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("prices", postgresql.ARRAY(sa.Integer()), nullable=False),
        sa.Column("price_ranges", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("min_price", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.Column("rating", sa.SmallInteger(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("search_documents_work_id_fkey")),
        sa.PrimaryKeyConstraint("work_id", name=op.f("search_documents_pkey")),
        sa.UniqueConstraint("ordinal", name=op.f("search_documents_ordinal_key")),
        postgresql_with={"toast_tuple_target": 512},
    )
    op.create_index(
        "search_documents_author_keys_idx",
        "search_documents",
        ["author_keys"],
        unique=False,
        postgresql_using="gin",
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_categories_idx",
        "search_documents",
        ["categories"],
        unique=False,
        postgresql_using="gin",
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_price_idx",
        "search_documents",
        ["min_price", "ordinal"],
        unique=False,
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_rating_idx",
        "search_documents",
        ["rating", "ordinal"],
        unique=False,
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_released_idx",
        "search_documents",
        ["released", "ordinal"],
        unique=False,
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_sold_idx",
        "search_documents",
        ["sold", "ordinal"],
        unique=False,
        postgresql_where="on_sale",
    )
    op.create_index(
        "search_documents_words_idx",
        "search_documents",
        [sa.text(WORDS)],
        unique=False,
        postgresql_using="gin",
    )
    op.execute("INSERT INTO search_index DEFAULT VALUES")
    op.execute(TELL_TURNS)


def downgrade() -> None:
    op.execute("DROP TRIGGER stock_turned ON stock")
    op.execute("DROP FUNCTION tell_stock_turned")
    op.drop_table("search_documents")
    op.execute("DROP FUNCTION search_words_of")
    op.drop_table("search_words")
    op.drop_table("search_waiting")
    op.drop_table("search_marks")
    op.drop_table("search_index")
    op.execute("DROP EXTENSION pg_trgm")
