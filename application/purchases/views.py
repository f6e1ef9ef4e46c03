"""Purchases as readers and staff see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.purchases.caps import Budget
from domain.purchases.ledger import LedgerLine
from domain.purchases.purchase import Purchase
from domain.purchases.quote import Quote
from domain.purchases.status import BOUGHT, TERMINAL, PurchaseStatus
from domain.shared.ids import PurchaseId, UserId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.shared.timeline import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOutcome:
    """What is known of a purchase's result. `ended_because` says why there will be no book;
    `cheaper_elsewhere` is the offer of the lowest price found, where its store takes no orders from us.
    """

    purchase_id: PurchaseId
    isbn: Isbn
    conditions: Sequence[str]
    max_price: Money
    status: PurchaseStatus
    price_paid: Money | None
    lowest_price_found: Money | None
    cheaper_elsewhere: Quote | None
    store: str | None
    action_url: str | None
    ended_because: str | None

    @property
    def bought(self) -> bool:
        """The store has the order, and it is paid."""
        return self.status in BOUGHT

    @property
    def ended(self) -> bool:
        """Nothing drives it any further."""
        return self.status in TERMINAL

    @property
    def known(self) -> bool:
        """The front door can answer: bought, ended, or the reader's bank wants a word."""
        return self.bought or self.ended or self.action_url is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFacts:
    """What a process and its operators need to know of a purchase."""

    purchase_id: PurchaseId
    user_id: UserId
    isbn: Isbn
    max_price: Money
    status: PurchaseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A purchase with its story and every movement of money: nothing about it is told nowhere."""

    purchase: Purchase
    timeline: Sequence[TimelineEntry]
    ledger: Sequence[LedgerLine]


class PurchaseViews(Protocol):
    """The read side: never used to decide a change."""

    async def outcome(self, purchase_id: PurchaseId) -> PurchaseOutcome:
        """The short answer for the front door; raises `PurchaseNotFound`."""
        ...

    async def facts(self, purchase_id: PurchaseId) -> PurchaseFacts:
        """For starting its process; raises `PurchaseNotFound`."""
        ...

    async def receipt(self, purchase_id: PurchaseId, user_id: UserId | None) -> Receipt:
        """The whole of it; with a reader's id, only if it is theirs. Raises `PurchaseNotFound`."""
        ...

    async def of_reader(
        self, user_id: UserId, *, before: PurchaseId | None, limit: int
    ) -> list[PurchaseOutcome]:
        """Newest first, starting below `before`."""
        ...

    async def open_since(self, before: datetime, limit: int, *, after: PurchaseId | None) -> list[PurchaseId]:
        """Purchases received before that moment which have not come to an end, in the order of their ids,
        from the one that follows `after`.
        """
        ...

    async def received_between(
        self, since: datetime, until: datetime, *, after: PurchaseId | None, limit: int
    ) -> list[Receipt]:
        """Purchases received then (`until` not included), in the order of their ids, without their story."""
        ...

    async def budgets(self, reader: UserId, at: datetime) -> list[Budget]:
        """One for each currency in which the reader has caps or something counts this month."""
        ...
