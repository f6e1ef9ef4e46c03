"""Typing errors as people make them, one at a time, in a place and of a kind that chance chooses."""

import random
import unicodedata
from collections.abc import Callable
from typing import Final

ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # of an English keyboard
SHORTEST: Final = 4  # letters of a word in which an error is made: shorter ones are other words then

Mistake = Callable[[str, random.Random], str]


def dropped(word: str, chance: random.Random) -> str:
    """A letter is left out (never the first: that is the one people get right)."""
    place = chance.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def swapped(word: str, chance: random.Random) -> str:
    """Two letters change places."""
    place = chance.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def neighbouring(word: str, chance: random.Random) -> str:
    """The key beside it."""
    place = chance.randrange(1, len(word))
    row = next((row for row in ROWS if word[place].lower() in row), None)
    if row is None:
        return dropped(word, chance)
    at = row.index(word[place].lower())
    beside = [row[other] for other in (at - 1, at + 1) if 0 <= other < len(row)]
    return word[:place] + chance.choice(beside) + word[place + 1 :]


KINDS: Final[tuple[Mistake, ...]] = (dropped, swapped, neighbouring)


def mistyped(text: str, errors: int, chance: random.Random) -> str:
    """The text with so many errors, each in a word of its own as long as there are enough long ones; an
    accent is left out as well.
    """
    words = _unaccented(text).split(" ") if errors else text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    if not long:
        return " ".join(words)
    chance.shuffle(long)
    for number in range(errors):
        place = long[number % len(long)]
        words[place] = chance.choice(KINDS)(words[place], chance)
    return " ".join(words)


def _unaccented(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
