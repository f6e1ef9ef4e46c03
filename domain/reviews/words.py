"""What a review says, as far as it says anything beside its stars."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from domain.shared.errors import InvalidInput

LONGEST_TITLE: Final = 120  # one line on a phone, twice
LONGEST_TEXT: Final = 5_000  # two printed pages; whoever has more to say writes an essay
LONGEST_NAME: Final = 40
SHORTEST_LIKENESS: Final = 40  # letters; "Great book, could not put it down" is nobody's own
# Invisible and yet needed: they join emoji and the letters of Persian and Hindi, or set the direction of
# Hebrew and Arabic. Other invisible characters hide words or turn them round.
_JOINERS: Final = frozenset("\u200c\u200d\u200e\u200f")
_LINE_ENDS: Final = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_MANY_BLANK_LINES: Final = re.compile(r"\n\s*\n\s*\n")
_NAME_WITH_ADDRESS: Final = re.compile(r"@|//|\bwww\.|\d{5,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text: whoever shows it escapes it. `display_name` is what its author wants to be called here; the
    shop never tells her own name.
    """

    title: str | None = None
    text: str | None = None
    display_name: str | None = None

    @classmethod
    def parse(cls, title: str | None, text: str | None, display_name: str | None) -> "Words":
        """Bring what somebody typed into one form; what is blank is left out. Raises `InvalidInput`."""
        name = _line("display_name", display_name, LONGEST_NAME)
        if name is not None and _NAME_WITH_ADDRESS.search(name):
            raise InvalidInput("display_name", "Use a name without an address or a number.")
        return cls(
            title=_line("title", title, LONGEST_TITLE),
            text=_text("text", text, LONGEST_TEXT),
            display_name=name,
        )

    @property
    def likeness(self) -> str | None:
        """The letters alone, by which the same text is known again; None for what many might say."""
        letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", self.text or "").casefold()))
        return letters if len(letters) >= SHORTEST_LIKENESS else None


def _line(field: str, text: str | None, longest: int) -> str | None:
    found = " ".join((text or "").split())
    return _seen(field, found, longest)


def _text(field: str, text: str | None, longest: int) -> str | None:
    lines = _LINE_ENDS.sub("\n", text or "").replace("\t", " ").strip()
    return _seen(field, _MANY_BLANK_LINES.sub("\n\n", lines), longest)


def _seen(field: str, text: str, longest: int) -> str | None:
    found = unicodedata.normalize("NFC", text)
    if len(found) > longest:
        raise InvalidInput(field, f"Use at most {longest} characters.")
    if not all(char.isprintable() or char in _JOINERS or char == "\n" for char in found):
        raise InvalidInput(field, "Leave out control characters and invisible ones.")
    return found if any(char not in _JOINERS and not char.isspace() for char in found) else None
