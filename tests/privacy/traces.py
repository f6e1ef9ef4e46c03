"""Finds what was written down of a person, however it was encoded."""

import base64
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# A number is a card's when its check digit fits and some network issues such numbers (ISO/IEC 7812: Visa,
# Mastercard, American Express, Discover, Diners, JCB). Times and counters fit a check digit now and then.
ISSUED = re.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}"
)
NUMBER = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])")


@dataclass(frozen=True)
class Trace:
    """Something of the person, found where it should not be."""

    what: str
    place: str


class Traces:
    """Looks for words (letters and digits only, so that every encoding keeps them in one piece)."""

    def __init__(self, *words: str) -> None:
        self._plain = {word: [form.lower() for form in _plain_forms(word)] for word in words}
        self._encoded = {word: list(_base64_forms(word)) for word in words}

    def in_bytes(self, content: bytes, place: str) -> Iterator[Trace]:
        """Plain in any case, as UTF-16, in hexadecimal, escaped for addresses, or in base64."""
        lowered = content.lower()
        for word, forms in self._plain.items():
            as_encoded = any(form in content for form in self._encoded[word])
            if as_encoded or any(form in lowered for form in forms):
                yield Trace(word, place)

    def in_text(self, content: str, place: str) -> Iterator[Trace]:
        """The same, and card numbers."""
        yield from self.in_bytes(content.encode(), place)
        yield from (Trace("a card number", place) for _ in cards_in(content))

    def in_files(self, files: Iterable[Path], home: Path) -> Iterator[Trace]:
        """Byte by byte. A file that a server has put away meanwhile holds nothing any more."""
        for file in files:
            with suppress(FileNotFoundError):
                yield from self.in_bytes(file.read_bytes(), str(file.relative_to(home)))


def cards_in(content: str) -> list[str]:
    """Card numbers written together, in groups or with dashes."""
    found = (re.sub(r"[ -]", "", number[0]) for number in NUMBER.finditer(content))
    return [digits for digits in found if ISSUED.fullmatch(digits) and _passes_luhn(digits)]


def _passes_luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def _plain_forms(word: str) -> Iterator[bytes]:
    yield word.lower().encode()
    yield word.lower().encode("utf-16-le")
    yield from (case.encode().hex().encode() for case in _cases(word))
    if quote(word) != word:
        yield quote(word).encode()


def _base64_forms(word: str) -> Iterator[bytes]:
    """At each of the three places in a group of three, without the characters its neighbours decide."""
    for case in _cases(word):
        for before in range(3):
            encoded = base64.b64encode(b"\0" * before + case.encode())
            yield encoded[(0, 2, 3)[before] : len(encoded) // 4 * 4 - 4]


def _cases(word: str) -> set[str]:
    """Where an encoding does not let upper case pass for lower."""
    return {word, word.lower(), word.upper(), word.capitalize()}
