"""What a person should look at before readers see it. Signs, not proofs: nothing is rejected here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.reviews.state import Suspicion
from domain.reviews.words import Words

# Endings that spam uses, and the commonest of the rest: with all there are, "great.Loved it" would be a link.
_ENDINGS: Final = (
    "com|net|org|info|biz|io|co|shop|store|online|site|xyz|top|club|app|dev|click|link|ly|gg|tv|cc|ru|cn|tk"
)
_LINK: Final = re.compile(
    rf"(?:https?|hxxps?|ftp):?//|\bwww\.|[\w-]\.(?:{_ENDINGS})\b|<a\s|\[url"
    rf"|\w\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|\sdot\s)\s?(?:{_ENDINGS})\b"
)
_EMAIL: Final = re.compile(r"\S@[\w-]+\.\w")
_NUMBER: Final = re.compile(r"(?<!\w)\+?\d(?:[\s()./-]{0,2}\d){8,14}(?!\w)")
_ISBN: Final = re.compile(r"97[89]\d{10}")  # readers may name a book
_SAME_CHARACTER: Final = re.compile(r"(\w)\1{7}")  # "soooooooo" is eight; "sooo" is warmth
_MARKS: Final = re.compile(r"[!?]{5}")
_FEW_LETTERS: Final = 20  # "READ IT!" is enthusiasm
_FEW_WORDS: Final = 12  # "very, very, very good" is, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the words do not tell. `seen_elsewhere`: another review has the same text; `in_a_hurry`: this
    reader writes faster than anybody reads; `rejected_before`: a review of this work by the same reader was.
    """

    seen_elsewhere: bool = False
    in_a_hurry: bool = False
    rejected_before: bool = False


def suspicions(words: Words, circumstances: Circumstances) -> tuple[Suspicion, ...]:
    """Every reason to hold the review; none for nearly all of them."""
    return tuple(dict.fromkeys([*_in_words(words), *_around(circumstances)]))


def _around(circumstances: Circumstances) -> Iterator[Suspicion]:
    if circumstances.seen_elsewhere:
        yield Suspicion.REPEATED_TEXT
    if circumstances.in_a_hurry:
        yield Suspicion.MANY_AT_ONCE
    if circumstances.rejected_before:
        yield Suspicion.REJECTED_BEFORE


def _in_words(words: Words) -> Iterator[Suspicion]:
    said = " \n".join(filter(None, (words.title, words.text, words.display_name)))
    plain = _plain(said)
    if _LINK.search(plain):
        yield Suspicion.LINKS
    if _EMAIL.search(plain) or any(_is_phone(found) for found in _NUMBER.findall(plain)):
        yield Suspicion.CONTACT_DETAILS
    if _shouts(said):
        yield Suspicion.SHOUTING
    if _SAME_CHARACTER.search(plain) or _harps(plain.split()):
        yield Suspicion.REPETITION


def _plain(text: str) -> str:
    """As it reads, whatever letters it is dressed in: full-width ones, mathematical ones, joiners between."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char == "\n" or unicodedata.category(char) != "Cf")


def _is_phone(number: str) -> bool:
    return not _ISBN.fullmatch("".join(filter(str.isalnum, number)))


def _shouts(text: str) -> bool:
    letters = [char for char in text if char.lower() != char.upper()]
    loud = sum(char.isupper() for char in letters)
    return bool(_MARKS.search(text)) or (len(letters) >= _FEW_LETTERS and 10 * loud >= 7 * len(letters))


def _harps(words: list[str]) -> bool:
    if len(words) < _FEW_WORDS:
        return False
    [(_, times)] = Counter(words).most_common(1)
    return 3 * times > len(words)
