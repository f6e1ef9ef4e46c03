"""The words of titles, authors and series, and which of them a mistyped one may have been meant to be."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Connection
from adapters.postgres.statement import Statement
from domain.search.spelling import ONE_ERROR_FROM, TWO_ERRORS_FROM, likeliest, one_error_away

LIKELIEST: Final = 8  # words for each: one of them is meant, and all words together tell which
_KNOWN: Final = Statement("SELECT word, works FROM search_words WHERE word = ANY(%(words)s)")
# Two errors leave about a quarter of the triples of letters that two words of seven letters share.
_NOT_VERY: Final = Statement("SELECT set_config('pg_trgm.similarity_threshold', '0.25', true) AS alike")
_ALIKE: Final = Statement("""
SELECT w.word, w.works FROM unnest(%(words)s::text[]) AS t (typed) CROSS JOIN LATERAL (
    SELECT word, works FROM search_words WHERE word %% t.typed ORDER BY word <-> t.typed LIMIT 30
) AS w
""")


async def corrections(connection: Connection, words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """For each word that may be mistyped: the likeliest others, if there are any. Needs a transaction."""
    typed = [word for word in dict.fromkeys(words) if len(word) >= ONE_ERROR_FROM]
    near = {word: one_error_away(word) for word in typed}
    known = await _known(connection, {*typed, *(one for others in near.values() for one in others)})
    strange = [word for word in typed if len(word) >= TWO_ERRORS_FROM and word not in known]
    if strange:
        await connection.run(_NOT_VERY)
        known |= {row.word: row.works for row in await connection.all(_ALIKE, words=strange)}
    found = {word: likeliest(word, known, LIKELIEST) for word in typed}
    return {word: others for word, others in found.items() if others}


async def _known(connection: Connection, words: set[str]) -> dict[str, int]:
    return {row.word: row.works for row in await connection.all(_KNOWN, words=list(words))}
