"""Two thousand more books whose ids are their numbers, so that pgbench can name them too."""

from typing import Final
from uuid import UUID

import psycopg

TITLES: Final = 1_000  # each as a paperback and as an e-book
COPIES: Final = 1_000_000  # nothing sells out: what refuses is not what is measured here
PRICE: Final = 1299  # minor units
_EBOOK: Final = 1_000_000  # numbers of e-books start after this

_WORKS: Final = """
INSERT INTO works (id, key, title, language, first_published, description)
SELECT lpad(to_hex(n), 32, '0')::uuid, 'benchmark ' || n, 'The Benchmark, Volume ' || n, 'en', 1900,
       repeat('A book that exists to be measured. ', 20)
FROM generate_series(1, %(titles)s) AS n
"""
_AUTHORS: Final = """
INSERT INTO work_authors (work_id, position, name, key)
SELECT lpad(to_hex(n), 32, '0')::uuid, 0, 'Author ' || n %% 100, 'author ' || n %% 100
FROM generate_series(1, %(titles)s) AS n
"""
_BOOKS: Final = """
INSERT INTO books (id, work_id, isbn, format, title, sorting_key, price, currency, weight_grams)
SELECT lpad(to_hex(n + first), 32, '0')::uuid, lpad(to_hex(n), 32, '0')::uuid,
       '979' || lpad((n + first)::text, 10, '0'), format, 'The Benchmark, Volume ' || n,
       'benchmark, volume ' || n, %(price)s + n %% 500, 'USD', 300
FROM generate_series(1, %(titles)s) AS n, (VALUES ('paperback', 0), ('ebook', %(ebook)s)) AS f (format, first)
"""
_STOCK: Final = """
INSERT INTO stock (book_id, on_hand)
SELECT lpad(to_hex(n), 32, '0')::uuid, %(copies)s FROM generate_series(1, %(titles)s) AS n
"""
_FORGET_ORDERS: Final = (
    "TRUNCATE orders, order_lines, order_timeline, outbox, holds, idempotency_keys, refunds, payment_entries",
    "TRUNCATE stock_movements",
    "UPDATE stock SET held = 0 WHERE held > 0",
    "VACUUM ANALYZE stock",
    "CHECKPOINT",
)
_FORGET_WATCHES: Final = "TRUNCATE watches, watch_timeline, watched_prices, club_buy_shares"


def paper(number: int) -> UUID:
    """A paperback; numbers start at 1."""
    return UUID(int=number)


def ebook(number: int) -> UUID:
    """Its e-book."""
    return UUID(int=_EBOOK + number)


def stock_shelves(url: str) -> None:
    """Put the books in; the shipped catalogue stays beside them."""
    values = {"titles": TITLES, "price": PRICE, "ebook": _EBOOK, "copies": COPIES}
    with psycopg.connect(url) as connection:
        for statement in (_WORKS, _AUTHORS, _BOOKS, _STOCK):
            connection.execute(statement, values)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def forget_orders(url: str) -> None:
    """Every repetition starts with the same, empty order book. `url` is the superuser's."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _FORGET_ORDERS:
            connection.execute(statement)


def forget_watches(url: str) -> None:
    """Nobody waits for a price. `url` is the superuser's."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_FORGET_WATCHES)
