"""Books whose prices are remembered: answers of some stores for each, made by the database itself."""

import time
from typing import Final

import psycopg

from domain.shared.isbn import Isbn, isbn13_check_digit

STORES: Final = 3  # that have told of each book, one offer each
_PREFIX: Final = "9791"
# The ISBN of number n: eight digits after the prefix, whose own part of the checked sum is 42.
ISBN_OF: Final = """
'9791' || lpad({n}::text, 8, '0') || mod(10 - mod(42 + 3 * mod({n}, 10) + mod({n} / 10, 10)
+ 3 * mod({n} / 100, 10) + mod({n} / 1000, 10) + 3 * mod({n} / 10000, 10) + mod({n} / 100000, 10)
+ 3 * mod({n} / 1000000, 10) + {n} / 10000000, 10), 10)
"""
_SEEN: Final = "now() - mod(n, 86400) * interval '1 second'"
_NUMBERS: Final = "generate_series(%(first)s::int, %(last)s::int) AS n"
_TOLD: Final = (
    f"{_NUMBERS}, LATERAL (SELECT {ISBN_OF.format(n='n')} AS isbn) AS book, generate_series(1, {STORES}) AS s"
)
_ANSWERS: Final = f"""
INSERT INTO price_answers (isbn, store, told_at, took_ms, changes, seconds)
SELECT isbn, 'store-' || s, {_SEEN}, 200, 1, 864000 FROM {_TOLD}
"""  # noqa: S608 - put together from constants
_OFFERS: Final = f"""
INSERT INTO price_offers (isbn, store, offer_id, place, seller, format, condition, currency, item, shipping,
                          tax, availability, seen_at)
SELECT isbn, 'store-' || s, 'offer-' || n, 0, 'Store ' || s, 'paperback', 'new', 'USD',
       999 + mod(n, 2000) + 20 * s, 399, 0, 'in_stock', {_SEEN} FROM {_TOLD}
"""  # noqa: S608 - as above
_RUNS: Final = f"""
INSERT INTO price_runs (isbn, store, format, condition, currency, began_at, seen_until, seen, landed)
SELECT isbn, 'store-' || s, 'paperback', 'new', 'USD', now() - interval '10 days', {_SEEN}, 10,
       1398 + mod(n, 2000) + 20 * s FROM {_TOLD}
"""  # noqa: S608 - as above
_TIDY: Final = "VACUUM ANALYZE price_answers, price_offers, price_runs"
_SIZE: Final = """
SELECT sum(pg_total_relation_size(tree.relid))::bigint
FROM unnest(ARRAY['price_answers', 'price_offers', 'price_runs']::regclass[]) AS whole,
     LATERAL (SELECT whole AS relid UNION SELECT relid FROM pg_partition_tree(whole)) AS tree
"""
_FORGET: Final = (
    "TRUNCATE price_answers, price_offers, price_runs, price_doubts, store_experience, book_demand,"
    " question_weeks, refresh_queue, refresh_stores"
)


def isbn_of(number: int) -> Isbn:
    """The same as in SQL."""
    stem = f"{_PREFIX}{number:08d}"
    return Isbn(stem + isbn13_check_digit(stem))


def track(url: str, first: int, last: int) -> float:
    """Books of these numbers; returns how many seconds it took to write them."""
    began, numbers = time.perf_counter(), {"first": first, "last": last}
    with psycopg.connect(url) as connection:
        for statement in (_ANSWERS, _OFFERS, _RUNS):
            connection.execute(statement.encode(), numbers)
    spent = time.perf_counter() - began
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_TIDY)
    return spent


def written(url: str) -> int:
    """Bytes of everything that is kept of prices for good, indexes included."""
    with psycopg.connect(url) as connection:
        row = connection.execute(_SIZE).fetchone()
    assert row is not None
    return int(row[0])


def forget_prices(url: str) -> None:
    """All of it. `url` is the superuser's."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_FORGET)
