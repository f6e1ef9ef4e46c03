"""What a reader may have meant to type, from the words of the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.postgres.database import Database
from adapters.postgres.search.vocabulary import corrections
from adapters.postgres.statement import Statement
from adapters.postgres.tables.search import WORDS

# A word of a description is no word of the vocabulary, but nobody mistyped it.
_STRANGE: Final = Statement(f"""
SELECT word FROM unnest(%(words)s::text[]) AS typed (word)
WHERE NOT EXISTS (SELECT FROM search_words w WHERE w.word = typed.word)
  AND NOT EXISTS (
      SELECT FROM search_documents WHERE on_sale AND {WORDS} @@ ('''' || typed.word || '''')::tsquery
  )
""")  # noqa: S608 - the index's own expression; what was typed is a parameter


class PostgresSpeller:
    """The `Speller` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def correct(self, words: Sequence[str]) -> Mapping[str, str]:
        """Words of fewer than four letters are left alone."""
        async with self._database.transaction() as connection:
            strange = [row.word for row in await connection.all(_STRANGE, words=list(words))]
            meant = await corrections(connection, strange, errors=2) if strange else {}
        return {word: others[0] for word, others in meant.items()}
