"""The statements that write down what stores told."""

from typing import Final

from adapters.postgres.repositories.price_rows import LAST
from adapters.postgres.statement import Statement

# An edition's number is its lock's, and no other lock of the shop has thirteen digits. Sorted, so that nobody
# waits in a circle.
LOCK: Final = Statement("""
SELECT pg_advisory_xact_lock(isbn::bigint) FROM unnest(%(isbns)s::text[]) AS isbn
""")
_ASKED: Final = "unnest(%(isbns)s::text[], %(stores)s::text[]) AS asked (isbn, store)"
OF: Final = Statement(f"""
{LAST} JOIN {_ASKED} ON asked.isbn = a.isbn AND asked.store = a.store ORDER BY a.isbn, a.store, o.place
""")
# One look into the key's index for each store: the drawers before the month are not opened.
RUNS: Final = Statement(f"""
SELECT DISTINCT ON (r.isbn, r.store, r.format, r.condition, r.currency) r.*
FROM {_ASKED} JOIN price_runs r ON r.isbn = asked.isbn AND r.store = asked.store
WHERE r.began_at >= %(month)s
ORDER BY r.isbn, r.store, r.format, r.condition, r.currency, r.began_at DESC
""")  # noqa: S608 - put together from constants
LOWS: Final = Statement("""
SELECT o.isbn, o.format, o.condition, o.currency, min(o.item + o.shipping + o.tax) AS landed
FROM price_answers a JOIN price_offers o ON o.isbn = a.isbn AND o.store = a.store
WHERE a.isbn = ANY(%(isbns)s) AND a.told_at > %(since)s AND o.availability = ANY(%(buyable)s)
GROUP BY o.isbn, o.format, o.condition, o.currency
""")
# What the answers before had and these have not is gone; each part of the statement has rows of its own.
ANSWERED: Final = Statement("""
WITH offered AS (
    SELECT * FROM unnest(%(offer_isbns)s::text[], %(offer_stores)s::text[], %(offer_ids)s::text[],
        %(places)s::smallint[], %(sellers)s::text[], %(formats)s::text[], %(conditions)s::text[],
        %(currencies)s::text[], %(items)s::bigint[], %(shippings)s::bigint[], %(taxes)s::bigint[],
        %(availabilities)s::text[], %(seen_at)s::timestamptz[])
        AS told (isbn, store, offer_id, place, seller, format, condition, currency, item, shipping, tax,
                 availability, seen_at)
), answered AS (
    INSERT INTO price_answers AS a (isbn, store, told_at, took_ms, changes, seconds)
    SELECT * FROM unnest(%(isbns)s::text[], %(stores)s::text[], %(told_at)s::timestamptz[],
        %(took_ms)s::int[], %(changes)s::float8[], %(seconds)s::float8[])
    ON CONFLICT (isbn, store) DO UPDATE SET told_at = excluded.told_at, took_ms = excluded.took_ms,
        changes = excluded.changes, seconds = excluded.seconds
), gone AS (
    DELETE FROM price_offers o USING unnest(%(isbns)s::text[], %(stores)s::text[]) AS told (isbn, store)
    WHERE o.isbn = told.isbn AND o.store = told.store AND (o.isbn, o.store, o.offer_id) NOT IN
        (SELECT isbn, store, offer_id FROM offered)
)
INSERT INTO price_offers AS o (isbn, store, offer_id, place, seller, format, condition, currency, item,
                               shipping, tax, availability, seen_at)
SELECT * FROM offered
ON CONFLICT (isbn, store, offer_id) DO UPDATE SET place = excluded.place, seller = excluded.seller,
    format = excluded.format, condition = excluded.condition, currency = excluded.currency,
    item = excluded.item, shipping = excluded.shipping, tax = excluded.tax,
    availability = excluded.availability, seen_at = excluded.seen_at
""")
_TOLD_RUNS: Final = """
unnest(%(isbns)s::text[], %(stores)s::text[], %(formats)s::text[], %(conditions)s::text[],
    %(currencies)s::text[], %(began_at)s::timestamptz[], %(seen_until)s::timestamptz[], %(seen)s::int[],
    %(landed)s::bigint[])
    AS told (isbn, store, format, condition, currency, began_at, seen_until, seen, landed)
"""
BEGIN: Final = Statement(f"""
INSERT INTO price_runs (isbn, store, format, condition, currency, began_at, seen_until, seen, landed)
SELECT * FROM {_TOLD_RUNS}
""")  # noqa: S608 - as above
PROLONG: Final = Statement(f"""
UPDATE price_runs r SET seen_until = told.seen_until, seen = told.seen FROM {_TOLD_RUNS}
WHERE r.isbn = told.isbn AND r.store = told.store AND r.format = told.format AND r.condition = told.condition
  AND r.currency = told.currency AND r.began_at = told.began_at AND r.began_at >= %(first)s
""")  # noqa: S608 - as above
