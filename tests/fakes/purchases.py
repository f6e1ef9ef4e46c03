"""Purchases in memory, with their read side, and what readers may spend."""

from copy import deepcopy
from datetime import datetime

from application.purchases.receive_purchase import outcome_of
from application.purchases.views import PurchaseFacts, PurchaseOutcome, Receipt
from domain.purchases.caps import Budget, Caps
from domain.purchases.errors import PurchaseNotFound
from domain.purchases.ledger import LedgerLine
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.shared.errors import StaleVersion
from domain.shared.events import DomainEvent
from domain.shared.ids import PurchaseId, UserId
from domain.shared.money import Money, total
from domain.shared.timeline import TimelineEntry


class InMemoryPurchases:
    """The `Purchases` and the `PurchaseViews` port in one; keeps the events as the outbox would."""

    def __init__(self) -> None:
        self._purchases: dict[PurchaseId, Purchase] = {}
        self._particulars: dict[PurchaseId, Particulars] = {}
        self._lines: dict[PurchaseId, list[LedgerLine]] = {}
        self.stories: dict[PurchaseId, list[TimelineEntry]] = {}
        self.events: list[DomainEvent] = []
        self.caps: dict[tuple[UserId, str], Caps] = {}

    def every(self) -> list[Purchase]:
        return list(self._purchases.values())

    async def add(self, purchase: Purchase, particulars: Particulars) -> None:
        self._particulars[purchase.id] = particulars
        self._lines[purchase.id], self.stories[purchase.id] = [], []
        self._keep(purchase)

    async def get(self, purchase_id: PurchaseId) -> Purchase:
        return deepcopy(self._found(purchase_id))

    async def knows(self, purchase_id: PurchaseId) -> bool:
        return purchase_id in self._purchases

    async def save(self, purchase: Purchase) -> None:
        if purchase.version != self._found(purchase.id).version:
            raise StaleVersion("The purchase changed since it was read.")
        purchase.version += 1
        self._keep(purchase)

    async def particulars(self, purchase_id: PurchaseId) -> Particulars:
        self._found(purchase_id)
        return self._particulars[purchase_id]

    async def ledger(self, purchase_id: PurchaseId) -> list[LedgerLine]:
        return list(self._lines.get(purchase_id, ()))

    async def outcome(self, purchase_id: PurchaseId) -> PurchaseOutcome:
        return outcome_of(self._found(purchase_id))

    async def facts(self, purchase_id: PurchaseId) -> PurchaseFacts:
        it = self._found(purchase_id)
        return PurchaseFacts(
            purchase_id=it.id, user_id=it.user_id, isbn=it.isbn, max_price=it.max_price, status=it.status
        )

    async def receipt(self, purchase_id: PurchaseId, user_id: UserId | None) -> Receipt:
        it = self._found(purchase_id)
        if user_id is not None and it.user_id != user_id:
            raise PurchaseNotFound("There is no such purchase.")
        return self._receipt(it)

    async def of_reader(
        self, user_id: UserId, *, before: PurchaseId | None, limit: int
    ) -> list[PurchaseOutcome]:
        mine = [it for it in self._purchases.values() if it.user_id == user_id]
        older = sorted(
            (it for it in mine if before is None or it.id < before), key=lambda it: it.id, reverse=True
        )
        return [outcome_of(it) for it in older[:limit]]

    async def open_since(self, before: datetime, limit: int, *, after: PurchaseId | None) -> list[PurchaseId]:
        waiting = [it for it in self._purchases.values() if not it.ended and it.received_at < before]
        return sorted(it.id for it in waiting if after is None or it.id > after)[:limit]

    async def received_between(
        self, since: datetime, until: datetime, *, after: PurchaseId | None, limit: int
    ) -> list[Receipt]:
        then = [it for it in self._purchases.values() if since <= it.received_at < until]
        page = sorted((it for it in then if after is None or it.id > after), key=lambda it: it.id)
        return [Receipt(purchase=it, timeline=[], ledger=self._lines[it.id]) for it in page[:limit]]

    async def budgets(self, reader: UserId, at: datetime) -> list[Budget]:
        counting = {
            it.max_price.currency
            for it in self._purchases.values()
            if it.user_id == reader and _this_month(it, at) and it.counts
        }
        currencies = counting | {currency for of, currency in self.caps if of == reader}
        return [self.budget(reader, currency, at) for currency in sorted(currencies)]

    def budget(self, reader: UserId, currency: str, at: datetime) -> Budget:
        """What counts in the day and the month of `at`."""
        mine = [
            it
            for it in self._purchases.values()
            if it.user_id == reader and it.max_price.currency == currency and _this_month(it, at)
        ]
        today = [it for it in mine if it.cap_reserved_at is not None and it.cap_reserved_at.day == at.day]
        return Budget(
            reader=reader,
            own=self.caps.get((reader, currency)),
            today=_counting(today, currency),
            this_month=_counting(mine, currency),
        )

    def _found(self, purchase_id: PurchaseId) -> Purchase:
        if purchase_id not in self._purchases:
            raise PurchaseNotFound("There is no such purchase.")
        return self._purchases[purchase_id]

    def _keep(self, purchase: Purchase) -> None:
        self.events += purchase.drain_events()
        self.stories[purchase.id] += purchase.drain_story()
        self._lines[purchase.id] += purchase.drain_lines()
        self._purchases[purchase.id] = deepcopy(purchase)

    def _receipt(self, purchase: Purchase) -> Receipt:
        return Receipt(
            purchase=deepcopy(purchase),
            timeline=list(self.stories[purchase.id]),
            ledger=list(self._lines[purchase.id]),
        )


class InMemoryBudgets:
    """The `Budgets` port over the very purchases that use cases write."""

    def __init__(self, purchases: InMemoryPurchases) -> None:
        self._purchases = purchases

    async def of(self, reader: UserId, currency: str, at: datetime) -> Budget:
        return self._purchases.budget(reader, currency, at)

    async def set_caps(self, reader: UserId, caps: Caps) -> None:
        self._purchases.caps[reader, caps.per_purchase.currency] = caps


def _this_month(purchase: Purchase, at: datetime) -> bool:
    since = purchase.cap_reserved_at
    return since is not None and (since.year, since.month) == (at.year, at.month)


def _counting(purchases: list[Purchase], currency: str) -> Money:
    return total((it.counts for it in purchases), currency)
