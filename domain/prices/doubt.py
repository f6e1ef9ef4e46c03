"""A price cheap beyond belief, until the store or staff has said what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from domain.prices.events import PriceDoubted
from domain.prices.offer import Offer
from domain.prices.suspicion import ask_again_at, is_cleared
from domain.shared.errors import DomainError
from domain.shared.isbn import Isbn
from domain.shared.money import Money


class DoubtNotFound(DomainError):
    """No price with this id was ever doubted."""

    code = "doubt_not_found"


class Standing(StrEnum):
    """What became of a doubt."""

    WAITING = "waiting"  # for the store's second answer, or for staff
    CONFIRMED = "confirmed"  # the store said it twice
    GONE = "gone"  # asked again, the store said something else
    APPROVED = "approved"  # by staff: a bargain
    REJECTED = "rejected"  # by staff: a mistake, whatever the store says


BELIEVED: Final = frozenset({Standing.CONFIRMED, Standing.APPROVED})
_DECIDED: Final = frozenset({Standing.APPROVED, Standing.REJECTED})


class SamePrice(NamedTuple):
    """What a doubt is about: another price of the same offer is another doubt."""

    store: str
    offer_id: str
    item: int
    shipping: int
    tax: int

    @classmethod
    def of(cls, offer: Offer) -> "SamePrice":
        """Of an offer."""
        amounts = offer.item.amount, offer.shipping.amount, offer.tax.amount
        return cls(offer.store, offer.offer_id, *amounts)


@dataclass(slots=True)
class Doubt:
    """`usual` is what the book costs elsewhere; `by` is who decided, if staff did."""

    id: UUID
    offer: Offer
    usual: Money
    since: datetime
    standing: Standing = Standing.WAITING
    settled_at: datetime | None = None
    by: UUID | None = None

    @property
    def is_believed(self) -> bool:
        """Whether readers are told of the price as of any other."""
        return self.standing in BELIEVED

    def told(self) -> PriceDoubted:
        """That there is one."""
        offer = self.offer
        return PriceDoubted(
            aggregate_id=self.id, occurred_at=self.since, isbn=offer.isbn.value, store=offer.store
        )

    def may_be_asked(self, at: datetime) -> bool:
        """Whether the store would not merely repeat itself."""
        return self.standing is Standing.WAITING and at >= ask_again_at(self.offer)

    def hear_again(self, again: Offer | None, at: datetime) -> None:
        """What the store's detail call said; None: the offer is gone. What staff decided stays."""
        if self.standing in _DECIDED:
            return
        self.standing = Standing.CONFIRMED if is_cleared(self.offer, again) else Standing.GONE
        self.settled_at = at

    def approve(self, by: UUID, at: datetime) -> None:
        """It is a bargain."""
        self._decide(Standing.APPROVED, by, at)

    def reject(self, by: UUID, at: datetime) -> None:
        """It is a mistake."""
        self._decide(Standing.REJECTED, by, at)

    def _decide(self, standing: Standing, by: UUID, at: datetime) -> None:
        if self.standing is not standing:
            self.standing, self.by, self.settled_at = standing, by, at


class Doubts(Protocol):
    """All raise `DatabaseUnavailable`."""

    async def about(self, isbn: Isbn) -> Mapping[SamePrice, Doubt]:
        """What was doubted of an edition."""
        ...

    async def add(self, doubts: Sequence[Doubt]) -> None:
        """New ones, each told by its event; a price that is doubted already stays as it is."""
        ...

    async def get(self, doubt_id: UUID) -> Doubt:
        """Raises `DoubtNotFound`."""
        ...

    async def save(self, doubt: Doubt) -> None:
        """What became of it. What staff decided meanwhile outranks what the store said."""
        ...

    async def waiting(self, limit: int) -> Sequence[Doubt]:
        """The oldest first."""
        ...

    async def forget(self, before: datetime) -> int:
        """Whatever became of those that are older; returns how many they were."""
        ...
