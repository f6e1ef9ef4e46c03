"""What a review says, as far as it says anything beside its stars."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from domain.shared.wording import LONGEST_DISPLAY_NAME, one_line, paragraphs
from domain.shared.wording import display_name as display_name_of

LONGEST_TITLE: Final = 120  # one line on a phone, twice
LONGEST_TEXT: Final = 5_000  # two printed pages; whoever has more to say writes an essay
LONGEST_NAME: Final = LONGEST_DISPLAY_NAME
SHORTEST_LIKENESS: Final = 40  # letters; "Great book, could not put it down" is nobody's own


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
        return cls(
            title=one_line("title", title, LONGEST_TITLE),
            text=paragraphs("text", text, LONGEST_TEXT),
            display_name=display_name_of("display_name", display_name),
        )

    @property
    def likeness(self) -> str | None:
        """The letters alone, by which the same text is known again; None for what many might say."""
        letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", self.text or "").casefold()))
        return letters if len(letters) >= SHORTEST_LIKENESS else None
