"""Which series is meant, and where a work stands in it."""

import re
from typing import Final

from domain.books.text import bounded, matching_key

# "3.5", "#2", "1-3" (a volume of three), "2½": the first number counts, what follows it breaks ties.
_NUMBERED: Final = re.compile(r"\W*([0-9]+)(?:[.,]([0-9]+))?(.*)", re.DOTALL)
_DIGITS: Final = re.compile(r"[0-9]+")
_WIDTH: Final = 20  # digits: as many as a printed number may have
_NUMBERS, _WORDS, _LOOSE = "0", "1", "2"


def series_key(name: str, first_author: str) -> str:
    """The key of a series: its name and the first author of the work. Unrelated series share a name almost as
    often as one is continued by another hand.
    """
    return bounded(f"{series_stem(name)}{matching_key(first_author)}")


def series_stem(name: str) -> str:
    """What the keys of all series of that name begin with. No `matching_key` holds two hyphens in a row."""
    return f"{matching_key(name)}--"


def place_in_series(number: str | None) -> str:
    """A text that sorts by bytes as readers read: 1, 2, 3.5, 10, then words ("Prequel"), then works without
    a number.
    """
    if number is None:
        return _LOOSE
    found = _NUMBERED.fullmatch(number)
    if found is None:
        return bounded(_WORDS + _evenly(matching_key(number)))
    whole, fraction, rest = found.groups()
    after = _evenly(matching_key(rest)) if rest else ""
    return bounded(f"{_NUMBERS}{whole:0>{_WIDTH}}.{fraction or '':0<{_WIDTH}}{after}")


def _evenly(words: str) -> str:
    """'book-2' stands before 'book-10'."""
    return _DIGITS.sub(lambda found: found[0].zfill(_WIDTH), words)
