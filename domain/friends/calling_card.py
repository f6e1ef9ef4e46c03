"""A calling card: by it a reader is found, by those to whom she gave its code and by nobody else."""

import re
from dataclasses import dataclass
from typing import Final, Self

from domain.shared.errors import InvalidInput
from domain.shared.ids import UserId

# Crockford's Base 32: no letter that is taken for a digit. Twelve of them are 60 bits: among a million cards
# somebody who tries a thousand codes a second meets one after thirty years.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
_GROUP: Final = 4
_DECORATION: Final = re.compile(r"[\s\-\u2010-\u2015]+")  # whatever a program makes of our hyphens
_MISREAD: Final = str.maketrans("OIL", "011")
_CODE: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True, slots=True)
class CardCode:
    """`K7QM4T9WXN2P`, however it was typed; shown in groups."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what somebody typed or pasted; raises `InvalidInput`."""
        value = _DECORATION.sub("", text).upper().translate(_MISREAD)
        if not _CODE.fullmatch(value):
            raise InvalidInput("code", "This is not a code such as K7QM-4T9W-XN2P.")
        return cls(value)

    def __str__(self) -> str:
        """As it stands on the card."""
        return "-".join(self.value[i : i + _GROUP] for i in range(0, LENGTH, _GROUP))


@dataclass(kw_only=True, slots=True)
class CallingCard:
    """`display_name` is what the reader wants to be called by those who have the code, whom she asks, or who
    ask her; the shop never tells her own name.
    """

    reader: UserId
    code: CardCode
    display_name: str | None = None
