"""What happens to a purchase, as the outside hears it. Ids and amounts only."""

from dataclasses import dataclass
from typing import ClassVar

from domain.shared.events import DomainEvent
from domain.shared.ids import UserId
from domain.shared.money import Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseReceived(DomainEvent):
    """A reader wants a book at that price or less; from now on the purchase must reach an end."""

    name: ClassVar[str] = "purchase_received"
    user_id: UserId
    isbn: str
    maximum: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseCaptured(DomainEvent):
    """The book is ordered and paid for."""

    name: ClassVar[str] = "purchase_captured"
    user_id: UserId
    isbn: str
    store: str
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseRefunded(DomainEvent):
    """Money went back because the store did not keep to what was agreed."""

    name: ClassVar[str] = "purchase_refunded"
    user_id: UserId
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseFinished(DomainEvent):
    """The book is bought, and the store's books agree: `amount` is what was kept of the reader's money."""

    name: ClassVar[str] = "purchase_finished"
    user_id: UserId
    isbn: str
    amount: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class PurchaseEnded(DomainEvent):
    """There will be no book: no money is held or kept."""

    name: ClassVar[str] = "purchase_ended"
    user_id: UserId
    isbn: str
    status: str
    reason: str
