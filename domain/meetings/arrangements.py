"""Where readers meet, and what for. It may be somebody's kitchen: it is sealed at rest, and for members."""

import re
from dataclasses import dataclass
from typing import Final, Self

from domain.shared.errors import InvalidInput
from domain.shared.wording import one_line, paragraphs

LONGEST_PLACE: Final = 200
LONGEST_LINK: Final = 500
LONGEST_AGENDA: Final = 2_000
_LINK: Final = re.compile(r"https://[^\s/@\"<>\\^`{|}]+(?:/[^\s\"<>\\^`{|}]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangements:
    """A place, the link of a call, or both; what will be spoken of."""

    place: str | None = None
    link: str | None = None
    agenda: str | None = None

    @classmethod
    def parse(cls, place: str | None, link: str | None, agenda: str | None) -> Self:
        """Bring what somebody typed into one form. Raises `InvalidInput`."""
        return cls(
            place=one_line("place", place, LONGEST_PLACE),
            link=_link(link),
            agenda=paragraphs("agenda", agenda, LONGEST_AGENDA),
        )


def _link(text: str | None) -> str | None:
    found = one_line("link", text, LONGEST_LINK)
    if found is not None and not _LINK.fullmatch(found):
        raise InvalidInput("link", "Use an https address.")
    return found
