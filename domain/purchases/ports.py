"""What the shop needs to keep purchases, and to know what books cost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.purchases.caps import Budget, Caps
from domain.purchases.ledger import LedgerLine
from domain.purchases.purchase import Purchase
from domain.purchases.quote import Quote
from domain.shared.address import PostalAddress
from domain.shared.ids import PurchaseId, UserId
from domain.shared.isbn import Isbn
from domain.shared.money import Money


@dataclass(frozen=True, slots=True)
class Particulars:
    """What only the store and the payment provider need to know: personal, sealed at rest, never in
    histories or logs.
    """

    address: PostalAddress
    payment_token: str


class Purchases(Protocol):
    """Aggregates in, aggregates out. `save` writes the new events, sentences and ledger lines as well."""

    async def add(self, purchase: Purchase, particulars: Particulars) -> None:
        """Keep a new purchase."""
        ...

    async def get(self, purchase_id: PurchaseId) -> Purchase:
        """Load for a change (nobody else changes it meanwhile); raises `PurchaseNotFound`."""
        ...

    async def knows(self, purchase_id: PurchaseId) -> bool:
        """Whether there is such a purchase."""
        ...

    async def save(self, purchase: Purchase) -> None:
        """Keep what changed."""
        ...

    async def particulars(self, purchase_id: PurchaseId) -> Particulars:
        """Open the sealed part; raises `PurchaseNotFound`."""
        ...

    async def ledger(self, purchase_id: PurchaseId) -> list[LedgerLine]:
        """Everything that moved, oldest first."""
        ...


class Budgets(Protocol):
    """How much readers may spend."""

    async def of(self, reader: UserId, currency: str, at: datetime) -> Budget:
        """What counts in the day and the month of `at`. Nobody else's purchase of this reader is admitted
        until the transaction ends.
        """
        ...

    async def set_caps(self, reader: UserId, caps: Caps) -> None:
        """The reader's own, in their currency."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """A comparison's result. `offer` is the cheapest of a store that takes orders, None if no such store has
    the book; `lowest` is the cheapest anywhere. Both can be had now, and both are believed.
    """

    offer: Quote | None
    lowest: Quote


class BestOffers(Protocol):
    """What a purchase needs from the comparison of prices."""

    async def best(
        self, isbn: Isbn, maximum: Money, conditions: Collection[str], *, until: datetime
    ) -> Found | None:
        """The cheapest offers in these conditions and in the currency of `maximum`, which is a hint when to
        stop looking: dearer offers are told too. Answers with what it has at `until`; None: nobody has it.
        Raises `ComparisonFailed`.
        """
        ...

    async def look_again(self, quote: Quote) -> Quote | None:
        """The same offer as its store states it now, asked on the lane kept for those about to pay, never
        from memory. None: it is gone. Raises `LastLookFailed`.
        """
        ...
