"""The words of titles, authors and series, and which of them a mistyped one may have been meant to be."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.search.spelling import ONE_ERROR_FROM, likeliest, one_error_away

SHORTEST: Final = ONE_ERROR_FROM - 1  # letters: a longer word may have lost one
LIKELIEST: Final = 20  # words for each: one of them is meant, and all words together tell which
_KNOWN: Final = Statement("SELECT word, works FROM search_words WHERE word = ANY(%(words)s)")
# Two errors leave few of the triples of letters that two words share, of seven letters about a sixth. Nor can
# single errors be gone through where an alphabet is not known.
_NOT_VERY: Final = Statement("SELECT set_config('pg_trgm.similarity_threshold', '0.15', true) AS alike")
_ALIKE: Final = Statement("""
SELECT w.word, w.works FROM unnest(%(words)s::text[]) AS t (typed) CROSS JOIN LATERAL (
    SELECT word, works FROM search_words
    WHERE word %% t.typed AND length(word) BETWEEN length(t.typed) - 2 AND length(t.typed) + 2
    ORDER BY word <-> t.typed LIMIT 50
) AS w
""")


async def corrections(
    connection: Connection, words: Sequence[str], errors: int
) -> Mapping[str, Sequence[str]]:
    """For each word the likeliest others with at most so many typing errors (one or two) in between, if there
    are any. Needs a transaction.
    """
    typed = [word for word in dict.fromkeys(words) if len(word) >= SHORTEST]
    near = {one for word in typed for one in one_error_away(word)}
    known = await _known(connection, near.union(typed))
    strange = [word for word in typed if errors > 1 or not word.isascii()]
    if strange:
        await connection.run(_NOT_VERY)
        known |= {row.word: row.works for row in await connection.all(_ALIKE, words=strange)}
    found = {word: likeliest(word, known, errors=errors, most=LIKELIEST) for word in typed}
    return {word: others for word, others in found.items() if others}


async def _known(connection: Connection, words: set[str]) -> dict[str, int]:
    return {row.word: row.works for row in await connection.all(_KNOWN, words=list(words))}
