"""The statements behind works, authors and series.

Seen at 200,000 books and an author of 3,000 works: the lists and a page of a series are short scans of
`work_authors_key_idx` and `works_series_idx`, however many rows a key has, 2 to 5 ms; an author's page reads
the author's own works and no others, 5 to 15 ms.
"""

from collections.abc import Sequence
from typing import Final

from adapters.postgres.statement import Statement

_WORK: Final = """
w.id, w.title, w.series_name, w.series_number, w.series_key, w.first_published, w.language,
ARRAY(SELECT name FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS authors,
ARRAY(SELECT key FROM work_authors a WHERE a.work_id = w.id ORDER BY a.position) AS author_keys
"""
_ONE_WORK: Final = "SELECT {work}, w.description FROM works w WHERE w.id = %(id)s"
_EDITIONS: Final = """
SELECT b.work_id, b.id, b.isbn, b.title, b.format, b.price, b.currency, b.publisher, b.published_date,
       b.language, b.cover, b.rating_count, b.rating_stars,
       (b.format IN ('ebook', 'audiobook') OR coalesce(s.on_hand - s.held, 0) > 0) AS in_stock
FROM books b LEFT JOIN stock s ON s.book_id = b.id
WHERE b.work_id = ANY(%(works)s) AND b.withdrawn_at IS NULL ORDER BY b.price, b.id
"""
_AUTHOR: Final = """
SELECT mode() WITHIN GROUP (ORDER BY a.name) AS name, count(DISTINCT a.work_id) AS works
FROM work_authors a
WHERE a.key = {key} AND EXISTS (SELECT FROM books b WHERE b.work_id = a.work_id AND b.withdrawn_at IS NULL)
"""
_SERIES: Final = """
SELECT mode() WITHIN GROUP (ORDER BY w.series_name) AS name, count(*) AS works,
       mode() WITHIN GROUP (ORDER BY a.name) AS author, min(a.key) AS author_key
FROM works w JOIN work_authors a ON a.work_id = w.id AND a.position = 1
WHERE w.series_key = {key} AND EXISTS (SELECT FROM books b WHERE b.work_id = w.id AND b.withdrawn_at IS NULL)
"""
# PostgreSQL would read every row of every key to list distinct ones; this jumps from key to key.
_KEYS: Final = """
WITH RECURSIVE found (key) AS (
    (SELECT t.{key} FROM {table} t WHERE t.{key} >= %(first)s AND t.{key} > %(after)s
         AND t.{key} < %(beyond)s AND {on_sale} ORDER BY t.{key} LIMIT 1)
    UNION ALL
    SELECT (SELECT t.{key} FROM {table} t WHERE t.{key} > f.key AND t.{key} < %(beyond)s
         AND {on_sale} ORDER BY t.{key} LIMIT 1)
    FROM found f WHERE f.key IS NOT NULL
), page AS (
    SELECT key FROM found WHERE key IS NOT NULL LIMIT %(limit)s
)
SELECT p.key, told.* FROM page p CROSS JOIN LATERAL ({told}) told ORDER BY p.key
"""
_KEY_ON_SALE: Final = "EXISTS (SELECT FROM books b WHERE b.work_id = t.{work} AND b.withdrawn_at IS NULL)"
# All works of the author once, for their number and for the page; an empty page is a row without a work.
_OF_AUTHOR: Final = """
WITH standing AS MATERIALIZED (
    SELECT b.work_id, {keys}
    FROM (SELECT DISTINCT work_id FROM work_authors WHERE key = %(key)s) a
         JOIN books b ON b.work_id = a.work_id {join}
    WHERE b.withdrawn_at IS NULL GROUP BY b.work_id
), page AS (
    SELECT * FROM standing {beyond} ORDER BY {order}, work_id DESC LIMIT %(limit)s
), author AS (
    SELECT mode() WITHIN GROUP (ORDER BY name) AS name, (SELECT count(*) FROM standing) AS works
    FROM work_authors WHERE key = %(key)s
)
SELECT {work}, author.name, author.works, {shown}
FROM author LEFT JOIN (page p JOIN works w ON w.id = p.work_id) ON true
ORDER BY {order}, w.id DESC
"""
_OF_SERIES: Final = """
SELECT {work}, w.series_place FROM works w
WHERE w.series_key = %(key)s {beyond}
  AND EXISTS (SELECT FROM books b WHERE b.work_id = w.id AND b.withdrawn_at IS NULL)
ORDER BY w.series_place, w.id LIMIT %(limit)s
"""

WORK: Final = Statement(_ONE_WORK.format(work=_WORK))
EDITIONS: Final = Statement(_EDITIONS)
AUTHORS: Final = Statement(
    _KEYS.format(
        table="work_authors",
        key="key",
        on_sale=_KEY_ON_SALE.format(work="work_id"),
        told=_AUTHOR.format(key="p.key"),
    )
)
ONE_SERIES: Final = Statement(_SERIES.format(key="%(key)s"))
ALL_SERIES: Final = Statement(
    _KEYS.format(
        table="works",
        key="series_key",
        on_sale=_KEY_ON_SALE.format(work="id"),
        told=_SERIES.format(key="p.key"),
    )
)


def of_author(join: str, keys: Sequence[str], *, further: bool) -> Statement:
    """The author's works by what these keys make of their editions `b`, the highest first."""
    names = [f"key_{i}" for i in range(len(keys))]
    after = ", ".join(f"%(after_{i})s" for i in range(len(keys) + 1))
    return Statement(
        _OF_AUTHOR.format(
            work=_WORK,
            join=join,
            shown=", ".join(f"p.{name}" for name in names),
            keys=", ".join(f"{key} AS {name}" for key, name in zip(keys, names, strict=True)),
            beyond=f"WHERE ({', '.join(names)}, work_id) < ({after})" if further else "",
            order=", ".join(f"{name} DESC" for name in names),
        )
    )


def of_series(*, further: bool) -> Statement:
    """The works of a series in reading order."""
    beyond = "AND (w.series_place, w.id) > (%(after_0)s, %(after_1)s)" if further else ""
    return Statement(_OF_SERIES.format(work=_WORK, beyond=beyond))
