"""The ways to list books, each walked along an index of its own."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from adapters.postgres.queries.cursors import Count, Cursor, Key
from adapters.postgres.tables.books import FAIR_SCORE
from application.books.catalogue import Sort

_PUBLISHED: Final = "coalesce(b.published_date, '0001-01-01')"
_TODAY: Final = "(now() AT TIME ZONE 'UTC')::date"


@dataclass(frozen=True, slots=True)
class Order:
    """One way to list. `keys` are the expressions that its index holds; ties go by id, in the same direction.
    `only`: the part of the index that is meant.
    """

    keys: tuple[str, ...]
    falling: bool
    kinds: tuple[Any, ...]
    only: str = ""


# Seen at 200,000 books: every first and every later page, without filter or with a large category, is a scan
# of the order's index that stops after the page; a small category or an author is fetched whole and sorted.
ORDERS: Final = {
    Sort.BESTSELLERS: Order(("b.sold_lately", "b.sold"), falling=True, kinds=(Count, Count)),
    Sort.NEW: Order((_PUBLISHED,), falling=True, kinds=(date,), only=f"{_PUBLISHED} <= {_TODAY}"),
    Sort.COMING: Order((_PUBLISHED,), falling=False, kinds=(date,), only=f"{_PUBLISHED} > {_TODAY}"),
    Sort.PRICE: Order(("b.price",), falling=False, kinds=(Count,)),
    Sort.PRICE_FALLING: Order(("b.price",), falling=True, kinds=(Count,)),
    Sort.TITLE: Order(("b.sorting_key",), falling=False, kinds=(Key,)),
    Sort.RATING: Order((FAIR_SCORE,), falling=True, kinds=(Count,)),
}
_CURSORS: Final = {sort: Cursor(f"sort={sort}", *order.kinds, UUID) for sort, order in ORDERS.items()}


def cursor_after(sort: Sort, row: Any) -> str:  # noqa: ANN401 - a row of the page, its sort keys last
    """The cursor of the last book of a page."""
    return _CURSORS[sort].write(*row[-len(ORDERS[sort].keys) :], row.id)


def values_after(sort: Sort, cursor: str) -> dict[str, object]:
    """What `after` names; raises InvalidInput for a foreign cursor."""
    return {f"after_{i}": value for i, value in enumerate(_CURSORS[sort].read(cursor))}


def after(sort: Sort) -> str:
    """The condition for what stands beyond the cursor."""
    order = ORDERS[sort]
    names = ", ".join(f"%(after_{i})s" for i in range(len(order.keys) + 1))
    return f"({', '.join(order.keys)}, b.id) {'<' if order.falling else '>'} ({names})"


def in_order(sort: Sort) -> str:
    """What stands behind ORDER BY."""
    direction = "DESC" if ORDERS[sort].falling else "ASC"
    return ", ".join(f"{key} {direction}" for key in (*ORDERS[sort].keys, "b.id"))
