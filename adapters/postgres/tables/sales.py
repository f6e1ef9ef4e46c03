"""What sold when, as long as it counts towards the bestsellers."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, Table, Uuid

from adapters.postgres.tables.metadata import metadata

# `books.sold_lately` is the sum of a book's rows here, always: both change in one statement. Days come first,
# for whole days leave.
book_sales: Final = Table(
    "book_sales",
    metadata,
    Column("day", Date, primary_key=True),
    Column("book_id", Uuid, ForeignKey("books.id"), primary_key=True),
    Column("copies", Integer, nullable=False),
    CheckConstraint("copies >= 0", name="copies"),
)
