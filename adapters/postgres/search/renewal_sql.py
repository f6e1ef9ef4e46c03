"""The statements of a renewal, in the order they run. What differs goes through one temporary table."""

from typing import Final

from adapters.postgres.search.document_rows import LISTS, PLAIN
from adapters.postgres.statement import Statement

COLUMNS: Final = ", ".join(("fingerprint", *PLAIN, *LISTS))
VALUES: Final = {
    "fingerprint": "r.fingerprint",
    **{name: f"r.{name}" for name in PLAIN},
    **{name: f"string_to_array(r.{name}, E'\\x1f')::{kind}" for name, kind in LISTS.items()},
}

# Renewals take turns, so that each reads the catalogue after the one before has written: with READ COMMITTED
# a statement sees all that was committed when it began, and an older picture never follows a newer one.
TAKE_TURN: Final = Statement("SELECT pg_advisory_xact_lock(7016005)")

LONGEST_MARKED: Final = Statement("""
SELECT work_id, turn FROM search_marks ORDER BY since LIMIT %(limit)s
""")
NEXT_WORKS: Final = Statement("""
SELECT id FROM works WHERE id > %(after)s ORDER BY id LIMIT %(limit)s
""")

STAGE: Final = f"""
CREATE TEMPORARY TABLE IF NOT EXISTS renewed (
    work_id uuid, fingerprint bytea, {", ".join(f"{name} {kind}" for name, kind in PLAIN.items())},
    {", ".join(f"{name} text" for name in LISTS)}
) ON COMMIT DELETE ROWS
"""
FILL: Final = f"COPY renewed (work_id, {COLUMNS}) FROM STDIN"

CHANGE: Final = Statement(f"""
UPDATE search_documents d
SET version = d.version + 1, changed_at = %(at)s,
    {", ".join(f"{name} = {value}" for name, value in VALUES.items())}
FROM renewed r WHERE d.work_id = r.work_id
""")  # noqa: S608 - the columns of the table, nothing from outside
ADD: Final = Statement(f"""
INSERT INTO search_documents (work_id, changed_at, {COLUMNS})
SELECT r.work_id, %(at)s, {", ".join(VALUES.values())} FROM renewed r
WHERE NOT EXISTS (SELECT FROM search_documents d WHERE d.work_id = r.work_id) ORDER BY r.work_id
""")  # noqa: S608 - as above
# Whoever takes several of these rows takes them in the order of ids.
WAIT_FOR_INDEX: Final = Statement("""
INSERT INTO search_waiting (work_id, version, since)
SELECT d.work_id, d.version, %(at)s
FROM search_documents d JOIN renewed r USING (work_id) ORDER BY d.work_id
ON CONFLICT (work_id) DO UPDATE SET version = excluded.version
""")

# Counting is rough on purpose: a word gets one more for each new work that has it, and keeps what it got.
LEARN_WORDS: Final = Statement("""
INSERT INTO search_words (word, works)
SELECT word, works FROM unnest(%(words)s::text[], %(works)s::int[]) AS w (word, works) ORDER BY word
ON CONFLICT (word) DO UPDATE SET works = search_words.works + excluded.works
""")
LEARN_MISSING_WORDS: Final = Statement("""
INSERT INTO search_words (word) SELECT word FROM unnest(%(words)s::text[]) AS w (word) ORDER BY word
ON CONFLICT (word) DO NOTHING
""")

# A mark that was renewed meanwhile has another turn, and stays.
UNMARK: Final = Statement("""
DELETE FROM search_marks m USING (
    SELECT work_id FROM search_marks m
    JOIN unnest(%(works)s::uuid[], %(turns)s::bigint[]) AS done (work_id, turn) USING (work_id)
    WHERE m.turn = done.turn ORDER BY work_id FOR UPDATE OF m
) AS unmoved WHERE m.work_id = unmoved.work_id
""")
