"""What the auditor looks at: plain values, each read in one snapshot. Amounts are minor units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from domain.inventory.hold import HoldState
from domain.orders.refund import RefundStatus
from domain.orders.status import FulfilmentStatus, OrderStatus, PaymentStatus
from domain.payments.ledger import PaymentOperation, PaymentResult


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFacts:
    """A book's counters, what its movements add up to, and the copies in holds that are still open."""

    book_id: UUID
    on_hand: int
    held: int
    moved_on_hand: int
    moved_held: int
    in_open_holds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """Copies set aside for an order."""

    book_id: UUID
    quantity: int
    state: HoldState
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """One answer of the payment provider as the shop wrote it down."""

    operation: PaymentOperation
    result: PaymentResult
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundFacts:
    """Money that staff decided to give back."""

    amount: int
    status: RefundStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """An order with everything that hangs on it. `copies` counts what needs carrying, by book."""

    order_id: UUID
    status: OrderStatus
    payment: PaymentStatus
    fulfilment: FulfilmentStatus
    currency: str
    total: int
    parts: int  # the lines and the shipping, added up
    coupon: str | None
    coupon_in_use: bool
    needs_attention: str | None
    placed_at: datetime
    read_at: datetime
    copies: Mapping[UUID, int] = field(default_factory=dict)
    holds: tuple[HoldFacts, ...] = ()
    entries: tuple[EntryFacts, ...] = ()
    refunds: tuple[RefundFacts, ...] = ()

    @property
    def age(self) -> timedelta:
        """How long ago it was placed."""
        return self.read_at - self.placed_at

    def amounts(self, operation: PaymentOperation) -> list[int]:
        """What the provider did for this order, by the shop's own books."""
        return [
            entry.amount
            for entry in self.entries
            if entry.operation is operation and entry.result is PaymentResult.SUCCEEDED
        ]

    def set_aside(self, *states: HoldState) -> dict[UUID, int]:
        """Copies in holds of those states, by book."""
        return {hold.book_id: hold.quantity for hold in self.holds if hold.state in states}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderLine:
    """One movement in the payment provider's own ledger."""

    kind: str
    order_id: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """What an order cost its reader, by the provider's ledger."""

    authorisations: int = 0
    authorised: int = 0
    voided: int = 0
    captures: int = 0
    captured: int = 0
    refunded: int = 0
    currencies: frozenset[str] = frozenset()

    @property
    def held(self) -> int:
        """Still reserved."""
        return self.authorised - self.voided - self.captured

    @property
    def kept(self) -> int:
        """What the shop has."""
        return self.captured - self.refunded


@dataclass(frozen=True, slots=True)
class PaidOrder:
    """One order in both ledgers."""

    order: OrderFacts
    provider: ProviderFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponFacts:
    """A coupon's counter, and its redemptions that were not released."""

    code: str
    used: int
    in_use: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFacts:
    """A remembered checkout request: the order it made, and the order its kept answer names."""

    key: str
    order_id: UUID
    order_exists: bool
    keys_of_order: int
    answered_order: UUID | None


@dataclass(frozen=True, slots=True)
class StrayFacts:
    """A row that hangs on an order which does not exist."""

    table: str
    order_id: UUID


@dataclass(frozen=True, slots=True)
class OutboxFacts:
    """Events that wait to be published, and for how long the oldest has."""

    waiting: int
    oldest: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedWorkFacts:
    """A work's summary, what its published reviews add up to (how many gave one star, two, …), and how many
    of its editions show something else.
    """

    work_id: UUID
    kept: tuple[int, ...]
    given: tuple[int, ...]
    editions_astray: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """A review's counter and votes; the order that marks it (`purchase`), whether that is `paid` by its
    author and `holds_work`, an edition of the work; and the order that would prove it today.
    """

    review_id: UUID
    helpful: int
    votes: int
    purchase: UUID | None
    paid: bool
    holds_work: bool
    proof: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFacts:
    """All points together: what was ever minted and burned, what readers and markets `held`, and the keys of
    transactions that do not add up.
    """

    minted: int
    burned: int
    held: int
    unbalanced: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsAccountFacts:
    """The balance of one account, and what its entries add up to."""

    account_id: UUID
    kind: str
    balance: int
    booked: int
