"""Works, their editions, and the shelves they stand on."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from adapters.postgres.tables.metadata import metadata
from domain.reviews.rating import FAIR_SCALE, PRIOR_RATINGS, PRIOR_STARS

_ON_SALE: Final = "withdrawn_at IS NULL"
# `domain.reviews.rating` in SQL; the number of stars is a bigint, so nothing overflows.
FAIR_SCORE: Final = f"((rating_stars + {PRIOR_STARS}) * {FAIR_SCALE} / (rating_count + {PRIOR_RATINGS}))"
WHOLE_STARS: Final = "(rating_stars / nullif(rating_count, 0))"

categories: Final = Table(
    "categories",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("parent", Text, ForeignKey("categories.slug")),
    Column("position", SmallInteger, nullable=False),
)

works: Final = Table(
    "works",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=text("uuidv7()")),
    Column("key", Text(collation="C"), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("language", Text),
    Column("first_published", SmallInteger),
    Column("series_name", Text),
    Column("series_number", Text),
    Column("series_key", Text(collation="C")),
    Column("series_place", Text(collation="C")),
    Column("description", Text),
    # A series in reading order, and the series of the shop by name.
    Index("works_series_idx", "series_key", "series_place", "id", postgresql_where="series_key IS NOT NULL"),
)

# An author is credited as printed; `key` is what makes "E. Nesbit" and "E Nesbit" one author to a reader.
work_authors: Final = Table(
    "work_authors",
    metadata,
    Column("work_id", Uuid, ForeignKey("works.id"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("name", Text, nullable=False),
    Column("key", Text(collation="C"), nullable=False),
    Index("work_authors_key_idx", "key", "work_id"),
)

# `sold` (ever) and `sold_lately` (the last four weeks) are kept for the list of bestsellers only; count them
# away from checkout, whose transactions are short.
books: Final = Table(
    "books",
    metadata,
    Column("id", Uuid, primary_key=True, server_default=text("uuidv7()")),
    Column("work_id", Uuid, ForeignKey("works.id"), nullable=False, index=True),
    Column("isbn", Text(collation="C"), nullable=False, unique=True),
    Column("format", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sorting_key", Text(collation="C"), nullable=False),
    Column("price", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("publisher", Text),
    Column("published_date", Date),
    Column("language", Text),
    Column("pages", Integer),
    Column("weight_grams", Integer),
    Column("cover", Text),
    Column("details", JSONB, nullable=False, server_default="{}"),
    Column("sold", Integer, nullable=False, server_default="0"),
    Column("sold_lately", Integer, nullable=False, server_default="0"),
    # What readers gave the work, from `work_ratings`: lists are sorted and filtered by it.
    Column("rating_count", Integer, nullable=False, server_default="0"),
    Column("rating_stars", BigInteger, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("withdrawn_at", DateTime(timezone=True)),
    CheckConstraint("price > 0", name="price"),
    CheckConstraint("format IN ('hardcover', 'paperback', 'ebook', 'audiobook')", name="format"),
    # One index for each way to list, read forwards or backwards; `id` breaks ties, so that a page begins
    # exactly after the last one.
    Index("books_bestsellers_idx", "sold_lately", "sold", "id", postgresql_where=_ON_SALE),
    Index("books_new_idx", text("coalesce(published_date, '0001-01-01')"), "id", postgresql_where=_ON_SALE),
    Index("books_price_idx", "price", "id", postgresql_where=_ON_SALE),
    Index("books_title_idx", "sorting_key", "id", postgresql_where=_ON_SALE),
    Index("books_rating_idx", text(FAIR_SCORE), "id", postgresql_where=_ON_SALE),
    # Few books of a large shop may have so many stars: then a list does not look at all the others. The
    # planner knows how many there are only from an index that holds every book.
    Index("books_whole_stars_idx", text(WHOLE_STARS)),
)

book_categories: Final = Table(
    "book_categories",
    metadata,
    Column("book_id", Uuid, ForeignKey("books.id"), primary_key=True),
    Column("category", Text, ForeignKey("categories.slug"), primary_key=True),
    Column("position", SmallInteger, nullable=False),
    Index("book_categories_category_idx", "category", "book_id"),
)

# How far an import came, in the transaction that brought it there. One row a file, known by its contents.
catalogue_imports: Final = Table(
    "catalogue_imports",
    metadata,
    Column("fingerprint", Text, primary_key=True),
    Column("line", BigInteger, nullable=False, server_default="0"),
    Column("added", Integer, nullable=False, server_default="0"),
    Column("changed", Integer, nullable=False, server_default="0"),
    Column("unchanged", Integer, nullable=False, server_default="0"),
    Column("rejected", Integer, nullable=False, server_default="0"),
    Column("finished", DateTime(timezone=True)),
)
