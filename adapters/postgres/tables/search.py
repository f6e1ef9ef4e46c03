"""What can be searched: one document for each work, and how far the index has them."""

from typing import Final

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    event,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from adapters.postgres.tables.metadata import metadata

# Trusted since PostgreSQL 13: the owner of a database may add it.
_TRIGRAMS: Final = DDL("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # type: ignore[no-untyped-call] # SQLAlchemy's
event.listen(metadata, "before_create", _TRIGRAMS)

_ON_SALE: Final = "on_sale"
# The text is folded already, so the configuration without any language's rules is the right one for all. No
# row keeps the vector: it would be the largest part of it, and whatever is counted is read row by row. A
# function of our own, because it can say what it costs: then the planner makes a vector only where it must.
ADD_WORDS_OF: Final = """
CREATE OR REPLACE FUNCTION search_words_of(title text, author text, series text, description text)
RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 2500 AS $$
BEGIN
    RETURN to_tsvector('pg_catalog.simple', title || ' ' || author || ' ' || series || ' ' || description);
END $$
"""
WORDS: Final = "search_words_of(title_words, author_words, series_words, description_words)"

# `version` moves when `fingerprint` does. A row is written when its work changes, and only then: what the
# index has heard of is kept apart, for each new state of a row costs an entry in every index here.
search_documents: Final = Table(
    "search_documents",
    metadata,
    Column("work_id", Uuid, ForeignKey("works.id"), primary_key=True),
    Column("ordinal", BigInteger, Identity(always=True), nullable=False, unique=True),
    Column("version", BigInteger, nullable=False, server_default="1"),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("on_sale", Boolean, nullable=False),
    Column("title", Text, nullable=False),
    Column("authors", ARRAY(Text), nullable=False),
    Column("series", Text),
    Column("title_words", Text, nullable=False),
    Column("author_words", Text, nullable=False),
    Column("series_words", Text, nullable=False),
    Column("description_words", Text, nullable=False),
    Column("author_keys", ARRAY(Text), nullable=False),
    Column("isbns", ARRAY(Text), nullable=False),
    Column("categories", ARRAY(Text), nullable=False),
    Column("formats", ARRAY(Text), nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("prices", ARRAY(Integer), nullable=False),
    Column("price_ranges", ARRAY(Text), nullable=False),
    Column("min_price", Integer, nullable=False),
    Column("year", SmallInteger),
    Column("released", Integer, nullable=False),
    Column("rating", SmallInteger, nullable=False),
    Column("rating_count", Integer, nullable=False),
    Column("stars", SmallInteger, nullable=False),
    Column("sold", Integer, nullable=False),
    Column("available", Boolean, nullable=False),
    # Not for what is on sale alone: the planner learns how frequent words are from a whole index only.
    Index("search_documents_words_idx", text(WORDS), postgresql_using="gin"),
    Index("search_documents_categories_idx", "categories", postgresql_using="gin", postgresql_where=_ON_SALE),
    Index(
        "search_documents_author_keys_idx", "author_keys", postgresql_using="gin", postgresql_where=_ON_SALE
    ),
    # One for each way to list, read in both directions.
    Index("search_documents_sold_idx", "sold", "ordinal", postgresql_where=_ON_SALE),
    Index("search_documents_released_idx", "released", "ordinal", postgresql_where=_ON_SALE),
    Index("search_documents_price_idx", "min_price", "ordinal", postgresql_where=_ON_SALE),
    Index("search_documents_rating_idx", "rating", "ordinal", postgresql_where=_ON_SALE),
    # Long descriptions stand apart from what is counted.
    postgresql_with={"toast_tuple_target": 512},
)
_WORDS_OF: Final = DDL(ADD_WORDS_OF)  # type: ignore[no-untyped-call] # SQLAlchemy's
event.listen(search_documents, "before_create", _WORDS_OF)

# Works whose document may have to be made anew. `turn` moves when a work is marked once more, so that a mark
# made while the document is being made is not lost.
search_marks: Final = Table(
    "search_marks",
    metadata,
    Column("work_id", Uuid, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("turn", BigInteger, nullable=False, server_default="0"),
    Index("search_marks_since_idx", "since"),
)

# Documents whose version the index has not confirmed, and since when they wait.
search_waiting: Final = Table(
    "search_waiting",
    metadata,
    Column("work_id", Uuid, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("since", DateTime(timezone=True), nullable=False),
    Index("search_waiting_since_idx", "since", "work_id"),
)

# Which collection of the engine is the index. A generation's confirmations count for it alone.
search_index: Final = Table(
    "search_index",
    metadata,
    Column("singleton", Boolean, primary_key=True, server_default=text("true")),
    Column("generation", Integer, nullable=False, server_default="0"),
    Column("collection", Text),
    CheckConstraint("singleton", name="singleton"),
)

# The words of titles, authors and series, so that a mistyped one can be told from a rare one.
search_words: Final = Table(
    "search_words",
    metadata,
    Column("word", Text(collation="C"), primary_key=True),
    Column("works", Integer, nullable=False, server_default="1"),
    Index(
        "search_words_trigrams_idx",
        "word",
        postgresql_using="gin",
        postgresql_ops={"word": "gin_trgm_ops"},
    ),
)
