"""What a reader is to be told of a watch."""

from dataclasses import dataclass
from enum import StrEnum

from domain.shared.money import Money


class NoticeKind(StrEnum):
    """Each is a letter of its own."""

    REACHED = "reached"
    ABOUT_TO_BUY = "about_to_buy"
    BOUGHT = "bought"
    PAUSED = "paused"  # by the shop: the payment was declined
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Notice:
    """Told once: its number is in the key under which it is sent."""

    number: int
    kind: NoticeKind
    price: Money | None = None
