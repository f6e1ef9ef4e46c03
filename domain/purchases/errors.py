"""What can go wrong with a purchase, in the shop's words."""

from enum import StrEnum

from domain.shared.errors import DomainError
from domain.shared.money import Money


class PurchaseNotFound(DomainError):
    """There is no such purchase, or it is somebody else's."""

    code = "purchase_not_found"


class PurchaseCannotMove(DomainError):
    """The purchase's state does not allow this step."""

    code = "purchase_cannot_move"


class TooLateToCancelPurchase(DomainError):
    """The order has gone to the store, or the purchase came to another end."""

    code = "too_late_to_cancel_purchase"


class LastLookFailed(DomainError):
    """The store did not say what it asks now, and nothing is ordered unseen: ask again."""

    code = "last_look_failed"


class ComparisonFailed(DomainError):
    """Prices could not be compared just now: ask again."""

    code = "comparison_failed"


class Cap(StrEnum):
    """Which of a reader's caps."""

    PURCHASE = "purchase"
    DAY = "day"
    MONTH = "month"


class CapReached(DomainError):
    """The purchase might cost more than one of the reader's caps leaves: wait, lower the maximum price, or
    raise the cap.
    """

    code = "cap_reached"

    def __init__(self, cap: Cap, left: Money, message: str) -> None:
        super().__init__(message, cap=cap.value, left=left.amount, currency=left.currency)


class CapsNotSet(DomainError):
    """The shop has no caps of its own in this currency: set yours before you buy."""

    code = "caps_not_set"


class CapsContradict(DomainError):
    """A cap for a longer time is lower than one for a shorter time, and would make it meaningless."""

    code = "caps_contradict"
