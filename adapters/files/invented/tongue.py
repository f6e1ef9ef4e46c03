"""A language as far as it takes to make up books in it: its words, its names, and how titles are built."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from string import Formatter
from typing import Final

import msgspec

from adapters.files.invented.chance import Stock

FOLDER: Final = Path(__file__).parent / "words"
# How many of a hundred works are written in each.
SPOKEN: Final = {"en": 58, "de": 9, "fr": 9, "es": 8, "it": 5, "pt": 4, "pl": 4, "sv": 3}
LONG_NAMES: Final = 0.2  # of names have one part more: that makes rare ones
INITIALS: Final = "ABCDEFGHJKLMRST"
WITH_INITIAL: Final = 0.12  # of authors
_COMMON, _NAMED = 6, 12  # levels: the first words of a language stand out, the first of its names hardly
_UNCAPITALISED: Final = frozenset({"a", "an", "the", "of", "and", "in", "for", "to", "from", "on", "at"})
_BEFORE_VOWEL: Final = re.compile(r"\b([Aa]) (?=[aeiouAEIOU])")
_NO_PART: Final = "-"

Pattern = Sequence[tuple[str, str | None]]  # what stands there, then what is drawn


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `words/`: lists in the order of how common things are. A thing stands with its article and in
    the genitive; English, whose titles are capitalised, needs neither. Patterns stand one a line.
    """

    language: str
    titles_are_capitalised: bool
    things: str
    subjects: str
    first_names: str
    name_starts: str
    name_middles: str
    surname_ends: str
    place_ends: str
    titles: str
    learned: str
    subtitles: str
    series: str
    sentences: str
    publishers: str
    qualities: str = ""


class Tongue:
    """Composes titles, names and sentences from such words."""

    def __init__(self, words: Words) -> None:
        self.language = words.language
        self._english = words.titles_are_capitalised
        things = _things(words)
        self._stocks = {
            "thing": Stock([thing for thing, _ in things], _COMMON),
            "of": Stock([of for _, of in things], _COMMON),
            "quality": Stock(words.qualities.split(), _COMMON),
            "subject": Stock(words.subjects.split(), _COMMON),
            "first": Stock(words.first_names.split(), _NAMED),
        }
        self._starts = Stock(words.name_starts.split(), _NAMED)
        self._middles = Stock([part.strip(_NO_PART) for part in words.name_middles.split()], _NAMED)
        self._ends = {
            "surname": Stock(words.surname_ends.split(), _NAMED),
            "place": Stock(words.place_ends.split(), _NAMED),
        }
        self._patterns = {
            "titles": _patterns(words.titles),
            "learned": _patterns(words.learned),
            "subtitles": _patterns(words.subtitles),
            "series": _patterns(words.series),
            "sentences": _patterns(words.sentences),
            "publishers": _patterns(words.publishers),
        }

    def title(self, kind: str, dice: Random) -> str:
        """Built like those of the pattern's name, and written as titles are."""
        composed = self._composed(kind, dice)
        if not self._english:
            return _capital(composed)
        first, *others = composed.split(" ")
        others = [word if word in _UNCAPITALISED else _capital(word) for word in others]
        return " ".join([_capital(first), *others])

    def sentences(self, count: int, dice: Random) -> str:
        """So many."""
        return " ".join(_capital(self._composed("sentences", dice)) for _ in range(count))

    def person(self, dice: Random) -> str:
        """A name, seldom with an initial."""
        first, last = self._drawn("first", dice), self._drawn("surname", dice)
        if dice.random() < WITH_INITIAL:
            first = f"{first} {dice.choice(INITIALS)}."
        return f"{first} {last}"

    def _composed(self, kind: str, dice: Random) -> str:
        parts = []
        for literal, slot in self._patterns[kind].draw(dice):
            parts.append(literal)
            if slot is not None:
                parts.append(self._drawn(slot, dice))
        composed = "".join(parts)
        return _BEFORE_VOWEL.sub(r"\1n ", composed) if self._english else composed

    def _drawn(self, slot: str, dice: Random) -> str:
        ends = self._ends.get(slot)
        if ends is None:
            return self._stocks[slot].draw(dice)
        between = self._middles.draw(dice)
        if dice.random() < LONG_NAMES:
            between += self._middles.draw(dice)
        return f"{self._starts.draw(dice)}{between}{ends.draw(dice)}"


def tongues() -> Mapping[str, Tongue]:
    """All of them, by language."""
    return {
        name: Tongue(msgspec.toml.decode((FOLDER / f"{name}.toml").read_bytes(), type=Words))
        for name in SPOKEN
    }


def _things(words: Words) -> list[tuple[str, str]]:
    if words.titles_are_capitalised:
        return [(thing, f"of the {thing}") for thing in words.things.split()]
    return [(thing, of) for thing, _, of in (line.partition(" | ") for line in _lines(words.things))]


def _patterns(text: str) -> Stock[Pattern]:
    return Stock([_pattern(line) for line in _lines(text)], _COMMON)


def _pattern(line: str) -> Pattern:
    return [(literal, slot) for literal, slot, _, _ in Formatter().parse(line)]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
