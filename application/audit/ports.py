"""Where the auditor reads: the shop's own books, and the payment provider's."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

from application.audit.facts import (
    BookFacts,
    CouponFacts,
    OrderFacts,
    OutboxFacts,
    PointsAccountFacts,
    PointsFacts,
    ProviderLine,
    RatedWorkFacts,
    RequestFacts,
    ReviewFacts,
    StrayFacts,
)
from application.purchases.views import Receipt


class AuditRecords(Protocol):
    """Reads only, each thing in one snapshot. Every method may raise `DatabaseUnavailable`."""

    def books(self) -> AsyncIterator[BookFacts]:
        """Every book that has stock, movements or open holds."""
        ...

    def orders(self, at: datetime) -> AsyncIterator[OrderFacts]:
        """Every order; `at` is when it is read."""
        ...

    def purchases(self) -> AsyncIterator[Receipt]:
        """Every purchase with its ledger."""
        ...

    def coupons(self) -> AsyncIterator[CouponFacts]:
        """Every coupon."""
        ...

    def rated_works(self) -> AsyncIterator[RatedWorkFacts]:
        """Every work that has reviews, or is said to."""
        ...

    def reviews(self) -> AsyncIterator[ReviewFacts]:
        """Every review that was not withdrawn."""
        ...

    async def points(self) -> PointsFacts:
        """All points together."""
        ...

    def points_accounts(self) -> AsyncIterator[PointsAccountFacts]:
        """Every account that ever had points."""
        ...

    def requests(self) -> AsyncIterator[RequestFacts]:
        """Every remembered checkout request."""
        ...

    def strays(self) -> AsyncIterator[StrayFacts]:
        """Rows that hang on no order."""
        ...

    async def outbox(self, at: datetime) -> OutboxFacts:
        """What waits to be published."""
        ...


class ProviderLedger(Protocol):
    """The payment provider's own ledger, where it lets the shop read it."""

    async def lines(self) -> Sequence[ProviderLine]:
        """Every movement; raises `PaymentOutcomeUnknown`."""
        ...
