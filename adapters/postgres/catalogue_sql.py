"""The statements of an import, in the order they run. All of a batch goes through one temporary table.

What a file leaves empty stays as it is known. Lists travel as text: a unit separator cannot stand in a name,
and splitting a text is far cheaper than writing an array for COPY.
"""

from typing import Final

from adapters.postgres.statement import Statement

# Imports take turns, batch by batch; nobody else waits for this lock.
TAKE_TURN: Final = Statement("SELECT pg_advisory_xact_lock(7016003)")

STAGE: Final = """
CREATE TEMPORARY TABLE IF NOT EXISTS staged (
    isbn text COLLATE "C", format text, title text, sorting_key text, price integer, currency text,
    publisher text, published_date date, language text, pages integer, weight_grams integer, cover text,
    details jsonb, categories text, stock integer, sold integer, leads boolean, work_key text COLLATE "C",
    work_title text, authors text, author_keys text, work_language text, first_published smallint,
    series_name text, series_number text, series_key text, series_place text, description text
) ON COMMIT DELETE ROWS
"""
FILL: Final = "COPY staged FROM STDIN"

# Whoever corrects or rates a work waits here, and so do we for them: works before books, as everywhere.
LOCK_WORKS: Final = Statement("""
SELECT w.id FROM works w WHERE w.key IN (SELECT work_key FROM staged) ORDER BY w.id FOR NO KEY UPDATE
""")
FOUND_WORKS: Final = Statement("""
WITH told AS (
    SELECT DISTINCT ON (work_key) * FROM staged ORDER BY work_key, leads DESC
), founded AS (
    INSERT INTO works (key, title, language, first_published, series_name, series_number, series_key,
                       series_place, description)
    SELECT work_key, work_title, work_language, first_published, series_name, series_number, series_key,
           series_place, description
    FROM told ON CONFLICT (key) DO NOTHING
    RETURNING id, key
)
INSERT INTO work_authors (work_id, position, name, key)
SELECT f.id, a.position, a.name, a.key
FROM founded f JOIN told t ON t.work_key = f.key
CROSS JOIN LATERAL unnest(string_to_array(t.authors, E'\\x1f'), string_to_array(t.author_keys, E'\\x1f'))
    WITH ORDINALITY AS a (name, key, position)
""")
REVISE_WORKS: Final = Statement("""
UPDATE works w SET title = t.title, language = t.language, first_published = t.first_published,
    series_name = t.series_name, series_number = t.series_number, series_key = t.series_key,
    series_place = t.series_place, description = t.description
FROM staged s JOIN works k ON k.key = s.work_key
CROSS JOIN LATERAL (
    SELECT s.work_title AS title, coalesce(s.work_language, k.language) AS language,
           coalesce(s.first_published, k.first_published) AS first_published,
           coalesce(s.series_name, k.series_name) AS series_name,
           CASE WHEN s.series_name IS NULL THEN k.series_number ELSE s.series_number END AS series_number,
           coalesce(s.series_key, k.series_key) AS series_key,
           coalesce(s.series_place, k.series_place) AS series_place,
           coalesce(s.description, k.description) AS description
) t
WHERE s.leads AND w.id = k.id
  AND (w.title, w.language, w.first_published, w.series_name, w.series_number, w.series_key,
       w.series_place, w.description)
      IS DISTINCT FROM
      (t.title, t.language, t.first_published, t.series_name, t.series_number, t.series_key,
       t.series_place, t.description)
RETURNING w.id
""")
# A book whose work reads differently reads differently itself, in the file or not.
CHANGE_BOOKS: Final = Statement("""
UPDATE books b SET work_id = t.work_id, title = t.title, sorting_key = t.sorting_key, price = t.price,
    currency = t.currency, publisher = t.publisher, published_date = t.published_date,
    language = t.language, pages = t.pages, weight_grams = t.weight_grams, cover = t.cover,
    details = t.details, version = b.version + 1, rating_count = coalesce(r.rating_count, 0),
    rating_stars = coalesce(r.rating_stars, 0)
FROM staged s JOIN works w ON w.key = s.work_key JOIN books k ON k.isbn = s.isbn
LEFT JOIN work_ratings r ON r.work_id = w.id
CROSS JOIN LATERAL (
    SELECT w.id AS work_id, s.title, s.sorting_key, s.price, s.currency,
           coalesce(s.publisher, k.publisher) AS publisher,
           coalesce(s.published_date, k.published_date) AS published_date,
           coalesce(s.language, k.language) AS language, coalesce(s.pages, k.pages) AS pages,
           coalesce(s.weight_grams, k.weight_grams) AS weight_grams, coalesce(s.cover, k.cover) AS cover,
           coalesce(s.details, k.details) AS details
) t
WHERE b.id = k.id
  AND ((b.work_id, b.title, b.sorting_key, b.price, b.currency, b.publisher, b.published_date, b.language,
        b.pages, b.weight_grams, b.cover, b.details)
       IS DISTINCT FROM
       (t.work_id, t.title, t.sorting_key, t.price, t.currency, t.publisher, t.published_date, t.language,
        t.pages, t.weight_grams, t.cover, t.details)
       OR s.categories <> array_to_string(
           ARRAY(SELECT category FROM book_categories WHERE book_id = b.id ORDER BY position), E'\\x1f')
       OR w.id = ANY(%(revised)s))
RETURNING b.id
""")
FORGET_SHELVES: Final = Statement("""
DELETE FROM book_categories c USING books b, staged s
WHERE c.book_id = ANY(%(ids)s) AND b.id = c.book_id AND s.isbn = b.isbn AND s.categories IS NOT NULL
""")
SHELVE_ANEW: Final = Statement("""
INSERT INTO book_categories (book_id, category, position)
SELECT b.id, c.slug, c.position FROM books b JOIN staged s USING (isbn)
CROSS JOIN LATERAL unnest(string_to_array(s.categories, E'\\x1f')) WITH ORDINALITY AS c (slug, position)
WHERE b.id = ANY(%(ids)s)
""")
RENEW_SISTERS: Final = Statement("""
UPDATE books SET version = version + 1
WHERE work_id = ANY(%(revised)s) AND id <> ALL(%(ids)s)
RETURNING id
""")

ADD_BOOKS: Final = Statement("""
WITH added AS (
    INSERT INTO books (work_id, isbn, format, title, sorting_key, price, currency, publisher, published_date,
                       language, pages, weight_grams, cover, details, sold, rating_count, rating_stars)
    SELECT w.id, s.isbn, s.format, s.title, s.sorting_key, s.price, s.currency, s.publisher, s.published_date,
           s.language, s.pages, s.weight_grams, s.cover, coalesce(s.details, '{}'),
           s.sold, coalesce(r.rating_count, 0), coalesce(r.rating_stars, 0)
    FROM staged s JOIN works w ON w.key = s.work_key LEFT JOIN work_ratings r ON r.work_id = w.id
    WHERE NOT EXISTS (SELECT FROM books b WHERE b.isbn = s.isbn)
    ON CONFLICT (isbn) DO NOTHING
    RETURNING id, isbn, format
), shelved AS (
    INSERT INTO book_categories (book_id, category, position)
    SELECT a.id, c.slug, c.position FROM added a JOIN staged s USING (isbn)
    CROSS JOIN LATERAL unnest(string_to_array(s.categories, E'\\x1f')) WITH ORDINALITY AS c (slug, position)
), counted AS (
    INSERT INTO stock (book_id, on_hand)
    SELECT a.id, s.stock FROM added a JOIN staged s USING (isbn)
    WHERE a.format NOT IN ('ebook', 'audiobook')
), told AS (
    INSERT INTO stock_movements (book_id, kind, on_hand, held, reason, at)
    SELECT a.id, 'receipt', s.stock, 0, 'import', %(at)s FROM added a JOIN staged s USING (isbn)
    WHERE s.stock > 0
)
SELECT id FROM added
""")

CONFLICTS: Final = Statement("""
SELECT b.isbn, b.format FROM books b
JOIN unnest(%(isbns)s::text[], %(formats)s::text[]) AS s (isbn, format) ON s.isbn = b.isbn
WHERE s.format <> b.format
""")

SHELVE: Final = Statement("""
INSERT INTO categories (slug, name, parent, position)
SELECT slug, name, parent, position
FROM unnest(%(slugs)s::text[], %(names)s::text[], %(parents)s::text[])
     WITH ORDINALITY AS c (slug, name, parent, position)
ON CONFLICT (slug) DO NOTHING
""")
BEGIN: Final = Statement("""
INSERT INTO catalogue_imports (fingerprint) VALUES (%(fingerprint)s)
ON CONFLICT (fingerprint) DO UPDATE
    SET line = 0, added = 0, changed = 0, unchanged = 0, rejected = 0, finished = NULL
    WHERE catalogue_imports.finished IS NOT NULL
""")
STANDING: Final = Statement("""
SELECT line, added, changed, unchanged, rejected FROM catalogue_imports WHERE fingerprint = %(fingerprint)s
""")
NOTE: Final = Statement("""
UPDATE catalogue_imports SET line = %(line)s, added = %(added)s, changed = %(changed)s,
    unchanged = %(unchanged)s, rejected = %(rejected)s
WHERE fingerprint = %(fingerprint)s AND line = %(from_line)s AND finished IS NULL
""")
FINISH: Final = Statement("""
UPDATE catalogue_imports SET finished = %(at)s WHERE fingerprint = %(fingerprint)s
""")
