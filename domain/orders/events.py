"""What happens to an order, as the outside hears it. Ids and amounts only."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import RefundId, UserId
from domain.shared.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCreated(DomainEvent):
    """Stock is held and the order is written; from now on it must reach an end."""

    name: ClassVar[str] = "order_created"
    user_id: UserId
    total: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderConfirmed(DomainEvent):
    """The payment is authorised: the shop owes the reader these books."""

    name: ClassVar[str] = "order_confirmed"
    user_id: UserId
    books: dict[str, int]  # book id → quantity


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderEnded(DomainEvent):
    """The order ended without books: declined, cancelled or expired; no money is held."""

    name: ClassVar[str] = "order_ended"
    status: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderDispatched(DomainEvent):
    """The parcel has left."""

    name: ClassVar[str] = "order_dispatched"


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderCompleted(DomainEvent):
    """Everything is paid and delivered."""

    name: ClassVar[str] = "order_completed"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaymentCaptured(DomainEvent):
    """The money was taken."""

    name: ClassVar[str] = "payment_captured"
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class RefundRequested(DomainEvent):
    """Staff decided to give money back; it is not back yet."""

    name: ClassVar[str] = "refund_requested"
    refund_id: RefundId
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderRefunded(DomainEvent):
    """The provider has given the money back."""

    name: ClassVar[str] = "order_refunded"
    refund_id: RefundId
    amount: Money
