"""What people type, brought into one form: plain text that whoever shows it escapes."""

import re
import unicodedata
from typing import Final

from domain.shared.errors import InvalidInput

LONGEST_DISPLAY_NAME: Final = 40
# Invisible and yet needed: they join emoji and the letters of Persian and Hindi, or set the direction of
# Hebrew and Arabic. Other invisible characters hide words or turn them round.
JOINERS: Final = frozenset("\u200c\u200d\u200e\u200f")
_LINE_ENDS: Final = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_MANY_BLANK_LINES: Final = re.compile(r"\n\s*\n\s*\n")
_NAME_WITH_ADDRESS: Final = re.compile(r"@|//|\bwww\.|\d{5,}", re.IGNORECASE)


def one_line(field: str, text: str | None, longest: int) -> str | None:
    """Words on one line; None for what is blank. Raises `InvalidInput`."""
    return _seen(field, " ".join((text or "").split()), longest)


def paragraphs(field: str, text: str | None, longest: int) -> str | None:
    """Words on several lines; None for what is blank. Raises `InvalidInput`."""
    lines = _LINE_ENDS.sub("\n", text or "").replace("\t", " ").strip()
    return _seen(field, _MANY_BLANK_LINES.sub("\n\n", lines), longest)


def display_name(field: str, text: str | None) -> str | None:
    """What somebody wants to be called among readers: the shop never tells her own name."""
    name = one_line(field, text, LONGEST_DISPLAY_NAME)
    if name is not None and _NAME_WITH_ADDRESS.search(name):
        raise InvalidInput(field, "Use a name without an address or a number.")
    return name


def folded(text: str) -> str:
    """What is left when case, accents and spacing do not matter: 'Café  Brontë' → 'cafe bronte'."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    return " ".join(plain.split())


def _seen(field: str, text: str, longest: int) -> str | None:
    found = unicodedata.normalize("NFC", text)
    if len(found) > longest:
        raise InvalidInput(field, f"Use at most {longest} characters.")
    if not all(char.isprintable() or char in JOINERS or char == "\n" for char in found):
        raise InvalidInput(field, "Leave out control characters and invisible ones.")
    return found if any(char not in JOINERS and not char.isspace() for char in found) else None
