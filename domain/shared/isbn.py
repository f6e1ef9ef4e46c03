"""The International Standard Book Number (ISO 2108): what the trade calls an edition by."""

import re
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput

# What people paste between the digits: spaces and every hyphen that word processors make of one.
_SEPARATORS: Final = dict.fromkeys(map(ord, "- \u00a0\u00ad\u2010\u2011\u2012\u2013"))
_TEN: Final = re.compile(r"[0-9]{9}[0-9Xx]")
# 979-0 is sheet music (ISMN), so it is no prefix of a book.
_THIRTEEN: Final = re.compile(r"97(?:8|9(?!0))[0-9]{10}")
_LONGEST_SHOWN: Final = 40


def isbn13_check_digit(first_twelve: str) -> str:
    """Weights 1 and 3 in turn, modulo 10."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first_twelve))
    return str(-weighted % 10)


def isbn10_check_digit(first_nine: str) -> str:
    """Weights 10 down to 2, modulo 11; ten is written X."""
    rest = -sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11
    return "X" if rest == 10 else str(rest)  # noqa: PLR2004 - X stands for ten


@dataclass(frozen=True, slots=True)
class Isbn:
    """An ISBN-13 whose check digit is right. Make it with `parse`, which also takes an ISBN-10."""

    value: str

    def __post_init__(self) -> None:
        if not _THIRTEEN.fullmatch(self.value):
            raise InvalidInput("isbn", f"{_shown(self.value)} is not an ISBN: 13 digits from 978 or 979.")
        _demand(self.value, isbn13_check_digit(self.value[:12]))

    @classmethod
    def parse(cls, text: str) -> "Isbn":
        """Read an ISBN-13 or ISBN-10 as printed, hyphens and spaces included."""
        digits = text.strip().translate(_SEPARATORS)
        if _TEN.fullmatch(digits):
            _demand(digits.upper(), isbn10_check_digit(digits[:9]))
            stem = "978" + digits[:9]
            return cls(stem + isbn13_check_digit(stem))
        if not _THIRTEEN.fullmatch(digits):
            raise InvalidInput(
                "isbn",
                f"{_shown(text)} is not an ISBN: 13 digits from 978 or 979, or 10 ending in a digit or X.",
            )
        return cls(digits)

    @property
    def isbn10(self) -> str | None:
        """The older form, which only 978 numbers have."""
        if not self.value.startswith("978"):
            return None
        stem = self.value[3:12]
        return stem + isbn10_check_digit(stem)

    def __str__(self) -> str:
        return self.value


def _demand(digits: str, expected: str) -> None:
    if digits[-1] != expected:
        raise InvalidInput(
            "isbn", f"{digits} is mistyped: its check digit should be {expected}, not {digits[-1]}."
        )


def _shown(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")
