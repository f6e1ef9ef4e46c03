"""Orders as readers and staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.shared.ids import BookId, OrderId, RefundId, UserId
from domain.shared.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOutcome:
    """What is known of a checkout's result. `ended_because` says why there will be no books."""

    order_id: OrderId
    status: str
    payment_status: str
    fulfilment_status: str
    total: Money
    action_url: str | None
    ended_because: str | None

    @property
    def known(self) -> bool:
        """The front door can answer: paid for, ended, or the reader's bank wants a word."""
        return self.status != "pending" or self.action_url is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutFacts:
    """What a checkout process and its operators need to know of an order; `contents` are sentences."""

    order_id: OrderId
    user_id: UserId
    status: str
    total: Money
    digital: bool
    hold_expires_at: datetime
    shipping_method: str
    isbns: Sequence[str]
    contents: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSummary:
    """One row of a reader's history."""

    order_id: OrderId
    status: str
    payment_status: str
    fulfilment_status: str
    total: Money
    placed_at: datetime
    books: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line as it was bought."""

    book_id: BookId
    isbn: str
    title: str
    format: str
    quantity: int
    unit_price: Money
    discount: Money
    tax: Money
    total: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    """One sentence of the story; `id` grows, so that a follower can resume after the last one it saw."""

    id: int
    at: datetime
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundView:
    """Money given back."""

    refund_id: RefundId
    status: str
    amount: Money
    reason: str
    requested_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order with its lines and its story."""

    order_id: OrderId
    status: str
    payment_status: str
    fulfilment_status: str
    total: Money
    shipping_method: str
    shipping: Money
    shipping_tax: Money
    coupon: str | None
    placed_at: datetime
    action_url: str | None
    tracking_number: str | None
    needs_attention: str | None
    ended_because: str | None
    process: str
    lines: Sequence[LineView]
    refunds: Sequence[RefundView]
    timeline: Sequence[TimelineView]


class OrderViews(Protocol):
    """The read side: never used to decide a change."""

    async def outcome(self, order_id: OrderId) -> OrderOutcome:
        """The short answer for the front door; raises `OrderNotFound`."""
        ...

    async def facts(self, order_id: OrderId) -> CheckoutFacts:
        """For starting its process; raises `OrderNotFound`."""
        ...

    async def one(self, order_id: OrderId, user_id: UserId | None) -> OrderView:
        """The whole order; with a reader's id, only if it is theirs. Raises `OrderNotFound`."""
        ...

    async def of_reader(self, user_id: UserId, *, before: OrderId | None, limit: int) -> list[OrderSummary]:
        """Newest first, starting below `before`."""
        ...

    async def timeline_after(self, order_id: OrderId, last_seen: int) -> list[TimelineView]:
        """Sentences newer than the last one seen."""
        ...

    async def open_since(self, before: datetime, limit: int, *, after: OrderId | None) -> list[OrderId]:
        """Orders placed before that moment which have not come to an end, in the order of their ids, from
        the one that follows `after`.
        """
        ...

    async def refunds_waiting_since(self, before: datetime, limit: int) -> list[tuple[OrderId, RefundId]]:
        """Refunds requested before that moment of which the provider's answer is not known, oldest first."""
        ...
