"""What a reader types into the search box."""

import re
from dataclasses import dataclass
from typing import Final, Self

from domain.search.folding import fold
from domain.shared.errors import InvalidInput

LONGEST_QUERY: Final = 200  # characters: the longest title people paste, and room to spare
MOST_WORDS: Final = 30  # each is looked up in every field
# Words that stand in half of all titles and descriptions, in the languages most of our books are written in.
# They tell nobody which book is meant, and looking for them takes longer than for all the others.
# fmt: off
FUNCTION_WORDS: Final = frozenset({
    "a", "an", "and", "in", "of", "the", "to", "das", "de", "del", "der", "des", "du", "ein",
    "eine", "el", "et", "il", "la", "las", "le", "les", "lo", "los", "un", "una", "und", "une",
})
# fmt: on
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_QUOTED: Final = re.compile(
    r'["\u201c\u201d\u00ab\u00bb\u201e]([^"\u201c\u201d\u00ab\u00bb\u201e]+)["\u201c\u201d\u00ab\u00bb\u201e]'
)


@dataclass(frozen=True, slots=True)
class SearchText:
    """Folded words in their order, and which of them were asked for as exact phrases (in quotes).

    The last word is `unfinished` when nothing stands behind it: it may be the beginning of a longer one.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    unfinished: bool = False

    @classmethod
    def parse(cls, text: str, field: str = "q") -> Self:
        """Read what was typed. Raises `InvalidInput` for what nobody types; what has no letters is empty."""
        if len(text) > LONGEST_QUERY:
            raise InvalidInput(field, f"Use at most {LONGEST_QUERY} characters.")
        if _CONTROLS.search(text):
            raise InvalidInput(field, "Leave out control characters.")
        phrases = tuple(words for quoted in _QUOTED.findall(text) if (words := tuple(fold(quoted).split())))
        words = tuple(fold(text).split())
        if len(words) > MOST_WORDS:
            raise InvalidInput(field, f"Use at most {MOST_WORDS} words.")
        return cls(words, phrases, unfinished=text[-1:].isalnum())

    def __bool__(self) -> bool:
        return bool(self.words)

    def __str__(self) -> str:
        return " ".join(self.words)

    @property
    def needed(self) -> Self:
        """What a work must have to be found: function words need not be met where others were typed, unless
        they belong to a phrase.
        """
        in_phrases = {word for phrase in self.phrases for word in phrase}
        telling = [word for word in self.words if word not in FUNCTION_WORDS or word in in_phrases]
        if not telling or len(telling) == len(self.words):
            return self
        unfinished = self.unfinished and self.words[-1] == telling[-1]
        return type(self)(tuple(telling), self.phrases, unfinished=unfinished)
