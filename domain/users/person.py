"""What a reader says about herself, checked and brought into one form."""

import re
import unicodedata
from typing import Final

from domain.shared.errors import InvalidInput

LONGEST_NAME: Final = 120  # the longest line a carrier prints
_PHONE_DECORATION: Final = re.compile(r"[\s()./-]+")
_PHONE: Final = re.compile(r"\+?[0-9]{5,15}")  # E.164 allows 15 digits; local numbers start at 5


def person_name(text: str) -> str:
    """A name as its owner writes it: any script, one line, no invisible characters."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput("name", f"Give a name of 1 to {LONGEST_NAME} characters on one line.")
    return name


def phone_number(text: str) -> str:
    """Digits with an optional leading plus; spaces, dots, dashes and brackets are dropped."""
    number = _PHONE_DECORATION.sub("", text)
    if not _PHONE.fullmatch(number):
        raise InvalidInput("phone", "Give a phone number of 5 to 15 digits, such as +1 555 010 9999.")
    return number
