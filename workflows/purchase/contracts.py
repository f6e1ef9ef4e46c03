"""What goes into a purchase, what comes out, and what it can be told meanwhile. Ids and amounts only."""

from dataclasses import dataclass
from typing import Final

TOO_LATE: Final = "too_late_to_cancel_purchase"


def workflow_id(purchase_id: object) -> str:
    """One process a purchase, for ever."""
    return f"purchase-{purchase_id}"


def correction_id(purchase_id: object) -> str:
    """One correction of a purchase at a time."""
    return f"correction-{purchase_id}"


@dataclass(frozen=True)
class PurchaseInput:
    """The input."""

    purchase_id: str


@dataclass(frozen=True)
class PurchaseResult:
    """The end of the story."""

    status: str
    reason: str | None = None


@dataclass(frozen=True)
class MoneyAnswer:
    """What the provider said. `kind`: authorised, declined, action_required, or unknown (no word yet)."""

    kind: str
    message: str | None = None


@dataclass(frozen=True)
class Verdict:
    """`ending` None: the story goes on; else how it ends, and why in words for the reader."""

    ending: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class StoreReply:
    """What is known of the order. `word`: placed, rejected, none (the store has none, or not yet), unknown or
    look_again (it was not sent).
    """

    word: str
    reason: str | None = None
    discrepancy: str | None = None


@dataclass(frozen=True)
class StoreSaid:
    """An operator heard from the store: the number of its order and what it takes (minor units), or None for
    both, that it has no order and will have none. `note` says who told it.
    """

    note: str
    order_number: str | None = None
    charged: int | None = None


@dataclass(frozen=True)
class StoreWordByHand:
    """Write down what the store told an operator."""

    purchase_id: str
    order_number: str | None
    charged: int


@dataclass(frozen=True)
class ChargeReply:
    """What the store's own books say once it is paid. `gone`: that it has no order any more."""

    discrepancy: str | None = None
    refund_due: bool = False
    gone: str | None = None


@dataclass(frozen=True)
class Letter:
    """Write to the reader: bought, ended, given_back or asking."""

    purchase_id: str
    kind: str


@dataclass(frozen=True)
class NoBook:
    """End the purchase."""

    purchase_id: str
    ending: str
    reason: str
