"""The catalogue as readers see it: plain reads, no locks, straight to what goes over the wire."""

import time
from collections.abc import Sequence
from functools import cache
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.queries.book_pages import ORDERS, after, cursor_after, in_order, values_after
from adapters.postgres.queries.book_views import detail_from, summary_from
from adapters.postgres.statement import Statement
from adapters.postgres.tables.books import WHOLE_STARS
from application.books.catalogue import BookDetail, BookPage, BookQuery, Sort
from domain.books.category import Category, CategoryTree
from domain.books.errors import BookNotFound
from domain.books.text import matching_key
from domain.reviews.rating import STARS
from domain.shared.ids import BookId

TREE_KNOWN_FOR: Final = 5.0  # seconds until a new shelf is found by its name
_IN_STOCK: Final = "(b.format IN ('ebook', 'audiobook') OR coalesce(s.on_hand - s.held, 0) > 0)"
_FILTERS: Final = {
    "categories": "b.id IN (SELECT book_id FROM book_categories WHERE category = ANY(%(categories)s))",
    "author": "b.work_id IN (SELECT work_id FROM work_authors WHERE key = %(author)s)",
    "format": "b.format = %(format)s",
    "price_min": "b.price >= %(price_min)s",
    "price_max": "b.price <= %(price_max)s",
    "in_stock": _IN_STOCK,
    # Written out: a plan for any number of stars would look through all books for those that nobody gives.
    **{f"rating_min_{stars}": f"{WHOLE_STARS} >= {stars}" for stars in STARS},
}
_PAGE: Final = """
SELECT b.id, b.work_id, b.isbn, b.title, b.format, b.price, b.currency, b.published_date, b.language, b.cover,
       b.rating_count, b.rating_stars,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = b.work_id ORDER BY a.position) AS authors,
       {in_stock} AS in_stock, {keys}
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE {conditions}
ORDER BY {order} LIMIT %(limit)s
"""
_ONE: Final = """
SELECT b.id, b.work_id, b.version, b.isbn, b.title, b.format, b.price, b.currency, b.publisher,
       b.published_date, b.language, b.pages, b.weight_grams, b.cover, b.details, w.description,
       w.series_name, w.series_number, w.series_key, w.first_published, w.language AS original_language,
       ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
       ARRAY(SELECT key FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS author_keys,
       ARRAY(SELECT category FROM book_categories c WHERE c.book_id = b.id ORDER BY c.position) AS categories,
       {in_stock} AS in_stock, s.on_hand - s.held AS available, r.ones, r.twos, r.threes, r.fours, r.fives
FROM books b JOIN works w ON w.id = b.work_id LEFT JOIN stock s ON s.book_id = b.id
LEFT JOIN work_ratings r ON r.work_id = b.work_id
WHERE b.id = %(id)s AND b.withdrawn_at IS NULL
"""
_SIBLINGS: Final = """
SELECT b.id, b.isbn, b.format, b.price, b.currency, {in_stock} AS in_stock
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.work_id = %(work_id)s AND b.id <> %(id)s AND b.withdrawn_at IS NULL ORDER BY b.price, b.id
"""
_READ_ONE: Final = Statement(_ONE.format(in_stock=_IN_STOCK))
_READ_SIBLINGS: Final = Statement(_SIBLINGS.format(in_stock=_IN_STOCK))
_CATEGORIES: Final = Statement("SELECT slug, name, parent FROM categories ORDER BY position")


class PostgresCatalogue:
    """The `Catalogue` port."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known_tree = (CategoryTree([]), 0.0)

    async def list_books(self, query: BookQuery) -> BookPage:
        """One statement, prepared once for each combination of filters; one more for a category."""
        values = await self._filters(query)
        if query.cursor is not None:
            values |= values_after(query.sort, query.cursor)
        statement = _page_statement(query.sort, frozenset(values))
        rows = await self._database.all(statement, **values, limit=query.limit + 1)
        shown = rows[: query.limit]
        following = cursor_after(query.sort, shown[-1]) if len(rows) > query.limit else None
        return BookPage([summary_from(row) for row in shown], following)

    async def read_book(self, book_id: BookId) -> BookDetail:
        """Two indexed reads on one connection."""
        async with self._database.connection() as connection:
            row = await connection.one(_READ_ONE, id=book_id)
            if row is None:
                raise BookNotFound("There is no such book in the catalogue.")
            siblings = await connection.all(_READ_SIBLINGS, id=book_id, work_id=row.work_id)
        return detail_from(row, siblings)

    async def list_categories(self) -> Sequence[Category]:
        """In the order of the shelves."""
        rows = await self._database.all(_CATEGORIES)
        return [Category(row.slug, row.name, row.parent) for row in rows]

    async def _tree(self) -> CategoryTree:
        """Shelves hardly ever change, and half of all lists are of one."""
        tree, until = self._known_tree
        if until <= time.monotonic():
            tree = CategoryTree(await self.list_categories())
            self._known_tree = tree, time.monotonic() + TREE_KNOWN_FOR
        return tree

    async def _filters(self, query: BookQuery) -> dict[str, object]:
        wanted: dict[str, object | None] = {
            "author": matching_key(query.author) if query.author else None,
            "format": query.format.value if query.format else None,
            "price_min": query.price_min,
            "price_max": query.price_max,
            "in_stock": query.in_stock or None,
            f"rating_min_{query.rating_min}": query.rating_min,
        }
        if query.category is not None:
            wanted["categories"] = (await self._tree()).with_children(query.category)
        return {name: value for name, value in wanted.items() if value is not None}


@cache  # at most sorts x subsets of filters, a few hundred
def _page_statement(sort: Sort, wanted: frozenset[str]) -> Statement:
    order = ORDERS[sort]
    conditions = ["b.withdrawn_at IS NULL", *(_FILTERS[name] for name in sorted(wanted & _FILTERS.keys()))]
    if order.only:
        conditions.append(order.only)
    if "after_0" in wanted:
        conditions.append(after(sort))
    return Statement(
        _PAGE.format(
            in_stock=_IN_STOCK,
            keys=", ".join(f"{key} AS key_{i}" for i, key in enumerate(order.keys)),
            conditions=" AND ".join(conditions),
            order=in_order(sort),
        )
    )
