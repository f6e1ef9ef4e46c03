"""What travels in bodies under /v1/friends."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from application.friends.views import Acquaintance
from domain.friends.calling_card import CallingCard, CardCode
from domain.shared.wording import LONGEST_DISPLAY_NAME, display_name

Code = Annotated[
    str, Meta(description="Of a calling card; hyphens and case do not matter.", examples=["K7QM-4T9W-XN2P"])
]
Name = Annotated[
    str,
    Meta(
        description=f"What to be called, up to {LONGEST_DISPLAY_NAME} characters; null or left out: nothing.",
        examples=["Emma W."],
    ),
]


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to ask."""

    code: Code

    def card_code(self) -> CardCode:
        """From the wire; raises `InvalidInput`."""
        return CardCode.parse(self.code)


class Signature(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the card beside its code."""

    display_name: Name | None = None

    def name(self) -> str | None:
        """From the wire; raises `InvalidInput`."""
        return display_name("display_name", self.display_name)


class Card(Struct, frozen=True):
    """Your calling card: give its code to whom you like."""

    code: Code
    display_name: Name | None

    @classmethod
    def of(cls, card: CallingCard) -> "Card":
        """To the wire."""
        return cls(str(card.code), card.display_name)


class Acquaintances(Struct, frozen=True):
    """Some of them, and where to go on. A page may be shorter than asked for."""

    items: Sequence[Acquaintance]
    next: str | None
