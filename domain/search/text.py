"""What a reader types into the search box."""

import re
from dataclasses import dataclass
from typing import Final, Self

from domain.search.folding import fold
from domain.shared.errors import InvalidInput

LONGEST_QUERY: Final = 200  # characters: the longest title people paste, and room to spare
MOST_WORDS: Final = 30  # each is looked up in every field
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
