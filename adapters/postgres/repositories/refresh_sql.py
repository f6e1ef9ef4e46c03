"""The statements about books that wait at stores."""

from typing import Final

from adapters.postgres.statement import Statement

MOST_WANTED: Final = 1_000  # books by which freshness is told: most questions are about fewer
PAGE: Final = 2_000  # books that find their place at once: some ten milliseconds
# Powers beyond these are nothing, and PostgreSQL calls products of them an error.
_LEAST: Final = 100

# One look into the index for each bucket; the two joins are looks into keys.
HEADS: Final = Statement("""
SELECT q.*, a.told_at, a.changes, a.seconds, d.once_at, d.expected, d.kind
FROM generate_series(0, %(buckets)s - 1) AS b (bucket)
CROSS JOIN LATERAL (
    SELECT isbn, bucket, asked_at, failures FROM refresh_queue
    WHERE store = %(store)s AND bucket = b.bucket AND given_up_at IS NULL
    ORDER BY asked_at LIMIT %(depth)s
) AS q
JOIN book_demand d ON d.isbn = q.isbn
LEFT JOIN price_answers a ON a.isbn = q.isbn AND a.store = %(store)s
ORDER BY q.bucket, q.asked_at
""")
# A book that was let go meanwhile does not come back.
PUT: Final = Statement("""
INSERT INTO refresh_queue (store, isbn, bucket, asked_at, failures, why, given_up_at)
SELECT %(store)s, n.isbn, n.bucket, n.asked_at, n.failures, n.why,
       CASE WHEN n.why IS NOT NULL THEN n.asked_at END
FROM unnest(%(isbns)s::text[], %(places)s::smallint[], %(asked_at)s::timestamptz[], %(failures)s::smallint[],
            %(whys)s::text[]) AS n (isbn, bucket, asked_at, failures, why)
JOIN book_demand d ON d.isbn = n.isbn
ON CONFLICT (store, isbn) DO UPDATE SET bucket = excluded.bucket, asked_at = excluded.asked_at,
    failures = excluded.failures, why = excluded.why, given_up_at = excluded.given_up_at
""")
MOVED: Final = Statement(f"""
SELECT d.isbn, d.once_at, d.expected, d.kind, d.moved_at, q.bucket, q.asked_at, q.failures, q.given_up_at,
       a.told_at, a.changes, a.seconds
FROM (
    SELECT * FROM book_demand
    WHERE moved_at > coalesce((SELECT joined_until FROM refresh_stores WHERE store = %(store)s), '-infinity')
    ORDER BY moved_at FETCH FIRST {PAGE} ROWS WITH TIES
) AS d
LEFT JOIN refresh_queue q ON q.isbn = d.isbn AND q.store = %(store)s
LEFT JOIN price_answers a ON a.isbn = d.isbn AND a.store = %(store)s
ORDER BY d.moved_at
""")  # noqa: S608 - put together from constants
CATCH_UP: Final = Statement("""
INSERT INTO refresh_stores (store, joined_until) VALUES (%(store)s, %(until)s)
ON CONFLICT (store) DO UPDATE SET joined_until = excluded.joined_until
""")
# A store that has told a reader about a book may be asked about it again.
REVIVE: Final = Statement("""
UPDATE refresh_queue q SET given_up_at = NULL, why = NULL, failures = 0, asked_at = a.told_at
FROM price_answers a
WHERE q.store = %(store)s AND q.given_up_at IS NOT NULL
  AND a.isbn = q.isbn AND a.store = q.store AND a.told_at > q.given_up_at
""")
PRICE: Final = Statement("SELECT price FROM refresh_stores WHERE store = %(store)s")
PRICES: Final = Statement("SELECT store, price FROM refresh_stores WHERE price IS NOT NULL")
SAVE_PRICE: Final = Statement("""
INSERT INTO refresh_stores (store, price, joined_until) VALUES (%(store)s, %(price)s, '-infinity')
ON CONFLICT (store) DO UPDATE SET price = excluded.price
""")
STANDING: Final = Statement("""
SELECT count(*) FILTER (WHERE given_up_at IS NULL) AS waiting,
       count(*) FILTER (WHERE given_up_at IS NOT NULL) AS set_aside
FROM refresh_queue WHERE store = %(store)s
""")
# Of a book that the store never told about, nothing that is remembered is right.
FRESH: Final = Statement(f"""
SELECT sum(w.demand * coalesce(exp(-least(r.change * r.age, {_LEAST})), 0)) / sum(w.demand) AS fresh
FROM (
    SELECT isbn, power(2, greatest((once_at - %(now)s) / %(half_life)s, -{_LEAST})) / %(window)s + expected
        AS demand
    FROM book_demand ORDER BY once_at DESC LIMIT {MOST_WANTED}
) AS w
LEFT JOIN price_answers a ON a.isbn = w.isbn AND a.store = %(store)s
CROSS JOIN LATERAL (
    SELECT (a.changes + %(changes)s) / (a.seconds + %(seconds)s) AS change,
           greatest(extract(epoch FROM %(at)s - a.told_at), 0)::float8 AS age
) AS r
""")  # noqa: S608 - as above
DEAD_LETTERS: Final = Statement("""
SELECT store, isbn, failures, why, given_up_at FROM refresh_queue
WHERE given_up_at IS NOT NULL AND (%(store)s::text IS NULL OR store = %(store)s)
ORDER BY given_up_at DESC, store, isbn LIMIT %(limit)s
""")
SEND_AGAIN: Final = Statement("""
UPDATE refresh_queue SET given_up_at = NULL, why = NULL, failures = 0,
    asked_at = asked_at - make_interval(secs => %(ago)s)
WHERE store = %(store)s AND given_up_at IS NOT NULL AND (%(isbn)s::text IS NULL OR isbn = %(isbn)s)
""")
