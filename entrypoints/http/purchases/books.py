"""What may be spent, and what the daily reckoning found."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from application.purchases.caps import CapsInForce
from application.purchases.reconcile import Reconciliation
from domain.shared.money import Money


class CapsAnswer(Struct, frozen=True, kw_only=True):
    """The caps in one currency and what counts against them: money kept, and the maximum of purchases that
    are on their way. `own` false: the shop's hold, the reader has set none.
    """

    currency: str
    own: bool
    per_purchase: Money
    per_day: Money
    per_month: Money
    today: Money
    this_month: Money

    @classmethod
    def of(cls, force: CapsInForce) -> "CapsAnswer":
        """In the words of the API."""
        return cls(
            currency=force.today.currency,
            own=force.own,
            per_purchase=force.caps.per_purchase,
            per_day=force.caps.per_day,
            per_month=force.caps.per_month,
            today=force.today,
            this_month=force.this_month,
        )


class CapsList(Struct, frozen=True):
    """By currency."""

    items: Sequence[CapsAnswer]


class FindingAnswer(Struct, frozen=True):
    """What is wrong with one purchase."""

    purchase_id: UUID
    detail: str


class ReconciliationAnswer(Struct, frozen=True, kw_only=True):
    """A day's reckoning: `purchases` were looked at, for `asked` of them the store answered."""

    day: date
    at: datetime
    purchases: int
    asked: int
    findings: Sequence[FindingAnswer]

    @classmethod
    def of(cls, found: Reconciliation) -> "ReconciliationAnswer":
        """In the words of the API."""
        return cls(
            day=found.day,
            at=found.at,
            purchases=found.purchases,
            asked=found.asked,
            findings=[FindingAnswer(each.purchase_id, each.detail) for each in found.findings],
        )


class ReconciliationList(Struct, frozen=True):
    """The newest days first."""

    items: Sequence[ReconciliationAnswer]
