"""What sells lately, and the series of the shop in reading order."""

from typing import Final

import sqlalchemy as sa
from alembic import op

from domain.books.reading_order import place_in_series, series_key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH: Final = 5_000  # works: some megabytes at a time
NO_WORK: Final = "00000000-0000-0000-0000-000000000000"
IN_SERIES: Final = sa.text("""
SELECT w.id, w.series_name, w.series_number,
       coalesce((SELECT a.name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position LIMIT 1), '')
           AS first_author
FROM works w WHERE w.series_name IS NOT NULL AND w.id > CAST(:after AS uuid) ORDER BY w.id LIMIT :limit
""")
PUT_IN_ORDER: Final = sa.text("""
UPDATE works w SET series_key = s.key, series_place = s.place
FROM unnest(CAST(:ids AS uuid[]), CAST(:keys AS text[]), CAST(:places AS text[])) AS s (id, key, place)
WHERE w.id = s.id
""")
# Orders that were called off since they were counted do not count lately.
SOLD_BY_DAY: Final = """
INSERT INTO book_sales (day, book_id, copies)
SELECT (o.placed_at AT TIME ZONE 'UTC')::date, l.book_id, sum(l.quantity)
FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN books b ON b.id = l.book_id
WHERE l.counted AND o.status IN ('confirmed', 'completed')
  AND (o.placed_at AT TIME ZONE 'UTC')::date > (now() AT TIME ZONE 'UTC')::date - 28
GROUP BY 1, 2
"""
SOLD_LATELY: Final = """
UPDATE books b SET sold_lately = s.copies
FROM (SELECT book_id, sum(copies) AS copies FROM book_sales GROUP BY book_id) s WHERE b.id = s.book_id
"""


def upgrade() -> None:
    op.create_table(
        "book_sales",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.CheckConstraint("copies >= 0", name=op.f("book_sales_copies_check")),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("book_sales_book_id_fkey")),
        sa.PrimaryKeyConstraint("day", "book_id", name=op.f("book_sales_pkey")),
    )
    op.add_column("books", sa.Column("sold_lately", sa.Integer(), server_default="0", nullable=False))
    op.add_column("works", sa.Column("series_key", sa.Text(collation="C"), nullable=True))
    op.add_column("works", sa.Column("series_place", sa.Text(collation="C"), nullable=True))
    op.execute(SOLD_BY_DAY)
    op.execute(SOLD_LATELY)
    put_in_order()
    op.create_index(
        "books_bestsellers_idx",
        "books",
        ["sold_lately", "sold", "id"],
        unique=False,
        postgresql_where="withdrawn_at IS NULL",
    )
    op.drop_index("books_sold_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.create_index(
        "works_series_idx",
        "works",
        ["series_key", "series_place", "id"],
        unique=False,
        postgresql_where="series_key IS NOT NULL",
    )


def put_in_order() -> None:
    """Keys are made as for new works; no SQL folds accents and case quite as the shop does."""
    connection, after = op.get_bind(), NO_WORK
    while works := connection.execute(IN_SERIES, {"after": after, "limit": BATCH}).all():
        connection.execute(
            PUT_IN_ORDER,
            {
                "ids": [str(work.id) for work in works],
                "keys": [series_key(work.series_name, work.first_author) for work in works],
                "places": [place_in_series(work.series_number) for work in works],
            },
        )
        after = str(works[-1].id)


def downgrade() -> None:
    op.drop_index("works_series_idx", table_name="works", postgresql_where="series_key IS NOT NULL")
    op.create_index(
        "books_sold_idx", "books", ["sold", "id"], unique=False, postgresql_where="withdrawn_at IS NULL"
    )
    op.drop_index("books_bestsellers_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.drop_column("works", "series_place")
    op.drop_column("works", "series_key")
    op.drop_column("books", "sold_lately")
    op.drop_table("book_sales")
