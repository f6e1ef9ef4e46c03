"""Every answer of a payment provider, written beside the order it changed, in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.payments.gateway import PaymentKey
from domain.shared.ids import OrderId
from domain.shared.money import Money


class PaymentOperation(StrEnum):
    """What was asked of the provider."""

    AUTHORISE = "authorise"
    CAPTURE = "capture"
    ABANDON = "abandon"
    REFUND = "refund"


class PaymentResult(StrEnum):
    """What it answered."""

    SUCCEEDED = "succeeded"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PaymentEntry:
    """One answer; the pair of key and result is unique, so a replay writes nothing."""

    order_id: OrderId
    key: PaymentKey
    operation: PaymentOperation
    result: PaymentResult
    amount: Money
    reference: str | None
    at: datetime


class PaymentLedger(Protocol):
    """Append-only."""

    async def record(self, entry: PaymentEntry) -> None:
        """Write it once; again is a no-op."""
        ...

    async def of_order(self, order_id: OrderId) -> list[PaymentEntry]:
        """Everything about one order, oldest first."""
        ...


def payment_key(order_id: OrderId, operation: PaymentOperation, attempt: int = 1) -> PaymentKey:
    """The key of an effect: derived, so that every retry of every process uses the same one."""
    return PaymentKey(f"{order_id}-{attempt}-{operation}")
