"""What goes into a checkout, what comes out, and what it can be told meanwhile. Ids and amounts only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

TASK_QUEUE: Final = "checkout"
TOO_LATE: Final = "too_late_to_cancel"


def workflow_id(order_id: object) -> str:
    """One checkout an order, for ever."""
    return f"order-{order_id}"


@dataclass(frozen=True)
class Checkout:
    """The input. `hold_expires_at` is when the books go back to the shelf unless paid for."""

    order_id: str
    digital: bool
    hold_expires_at: datetime


@dataclass(frozen=True)
class CheckoutResult:
    """The end of the story."""

    status: str
    reason: str | None = None


@dataclass(frozen=True)
class PaymentAnswer:
    """What the provider said. `kind`: authorised, declined, action_required, or unknown (no word yet)."""

    kind: str
    reference: str | None = None
    amount: int = 0
    currency: str = ""
    message: str | None = None


@dataclass(frozen=True)
class Confirmation:
    """Confirm the order with this payment."""

    order_id: str
    payment: PaymentAnswer


@dataclass(frozen=True)
class NoBooks:
    """End the order: `ending` is declined, expired or cancelled; `reason` is for the reader."""

    order_id: str
    ending: str
    reason: str


@dataclass(frozen=True)
class Letter:
    """A mail to the reader: `kind` is confirmed, dispatched, ended or refunded."""

    order_id: str
    kind: str
