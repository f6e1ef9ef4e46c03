"""Text as the model reads it: the numbers of word pieces, after BERT's "uncased" rules.

The same numbers as the `tokenizers` library gives, without the eight packages it brings along.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

VOCABULARY: Final = Path(__file__).with_name("vocabulary.txt")  # a piece a line; its number is its place

LONGEST_WORD: Final = 100  # characters; longer ones are unknown to the model
WORDS_KNOWN: Final = 50_000  # a catalogue's words come back, and splitting one costs ten times finding it
_CONTINUES: Final = "##"
# Beyond letters: scripts whose words are not set apart by blanks are read sign by sign.
_SINGLE_SIGNS: Final = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_ASCII_MARKS: Final = frozenset(
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
)  # some of them are no punctuation to Unicode
_REPLACEMENT: Final = 0xFFFD


class _Cleaned(dict[int, str]):
    """For `str.translate`: control characters go, blanks are blanks, single signs stand alone."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        if sign.isspace():
            clean = " "
        elif point == _REPLACEMENT or unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"}:
            clean = ""
        elif any(first <= point <= last for first, last in _SINGLE_SIGNS):
            clean = f" {sign} "
        else:
            clean = sign
        self[point] = clean
        return clean


class _Plain(dict[int, str]):
    """For `str.translate`, on decomposed text: accents go, marks stand alone, letters are small.

    Letter by letter, for Python's own `lower` ends a Greek word with another sigma.
    """

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        category = unicodedata.category(sign)
        if category == "Mn":
            plain = ""
        elif sign in _ASCII_MARKS or category.startswith("P"):
            plain = f" {sign} "
        else:
            plain = sign.lower()
        self[point] = plain
        return plain


class WordPieces:
    """BERT's uncased word pieces, 30,522 of them."""

    def __init__(self, vocabulary: Path = VOCABULARY) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").split("\n")
        self._numbers = {piece: number for number, piece in enumerate(pieces) if piece}
        self._unknown = self._numbers["[UNK]"]
        self._begin, self._end = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self._cleaned, self._plain = _Cleaned(), _Plain()
        self._of_word = lru_cache(maxsize=WORDS_KNOWN)(self._split)

    def numbers(self, text: str, longest: int) -> list[int]:
        """The text's pieces between the signs for its beginning and end, `longest` at most with these."""
        found = [self._begin]
        for word in self._words(text):
            found += self._of_word(word)
            if len(found) >= longest:
                break
        return [*found[: longest - 1], self._end]

    def _words(self, text: str) -> Sequence[str]:
        decomposed = unicodedata.normalize("NFD", text.translate(self._cleaned))
        return decomposed.translate(self._plain).split()

    def _split(self, word: str) -> tuple[int, ...]:
        """The longest piece that fits, again and again."""
        if len(word) > LONGEST_WORD:
            return (self._unknown,)
        pieces, start = [], 0
        while start < len(word):
            found = self._longest(word, start)
            if found is None:
                return (self._unknown,)
            number, start = found
            pieces.append(number)
        return tuple(pieces)

    def _longest(self, word: str, start: int) -> tuple[int, int] | None:
        before = _CONTINUES if start else ""
        for end in range(len(word), start, -1):
            number = self._numbers.get(before + word[start:end])
            if number is not None:
                return number, end
        return None
