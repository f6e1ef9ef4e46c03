"""Where the words of a question are looked for. A text stands between two blanks, as patterns expect it."""

from collections.abc import Iterator
from typing import Final

from adapters.postgres.tables.search import WORDS
from application.search.query import Scope

TITLE: Final = "(' ' || title_words || ' ')"
AUTHOR: Final = "(' ' || author_words || ' ')"
SERIES: Final = "(' ' || series_words || ' ')"
NAMES: Final = "(' ' || title_words || ' ' || author_words || ' ' || series_words || ' ')"
_DESCRIPTION: Final = "(' ' || description_words || ' ')"
_ONE_FIELD: Final = {Scope.TITLE: TITLE, Scope.AUTHOR: AUTHOR}
_IN_ANY_FIELD: Final = f"""
NOT EXISTS (
    SELECT FROM unnest(%(phrases)s::text[]) AS phrase
    WHERE NOT ({TITLE} LIKE phrase OR {AUTHOR} LIKE phrase OR {SERIES} LIKE phrase
               OR {_DESCRIPTION} LIKE phrase)
)"""


def word_conditions(scope: Scope, *, indexed: bool, as_typed: bool, phrases: bool, by: bool) -> Iterator[str]:
    """The index knows which works have the words; in which field and order they are is then looked up.
    Without the index, only what works are called counts.
    """
    if indexed:
        yield f"{WORDS} @@ %(tsquery)s::tsquery"
    else:
        yield f"{NAMES} {like(as_typed=as_typed)} ALL(%(patterns)s::text[])"
    field = _ONE_FIELD.get(scope)
    if field is not None:
        yield f"{field} {like(as_typed=as_typed)} ALL(%(patterns)s::text[])"
    if phrases:
        yield f"{field} LIKE ALL(%(phrases)s::text[])" if field else _IN_ANY_FIELD
    if by:
        yield f"{AUTHOR} LIKE ALL(%(names)s::text[])"


def like(*, as_typed: bool) -> str:
    """The operator for patterns."""
    return "LIKE" if as_typed else "~"
