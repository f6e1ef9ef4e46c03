"""The port to the bookstores that take orders: one copy, ordered once, at the price agreed or not at all."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, Protocol

from domain.shared.address import PostalAddress
from domain.shared.errors import DomainError
from domain.shared.isbn import Isbn
from domain.shared.money import Money

StoreOrderKey = NewType("StoreOrderKey", str)  # one for each purchase and attempt: stable for ever
StoreOrderNumber = NewType("StoreOrderNumber", str)  # the store's own name for an order


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreOrder:
    """One copy of exactly this offer, at no more than these parts. `seller`, `condition` and the parts are
    those of the offer that was looked at last; the address is personal data, for the store alone.
    """

    key: StoreOrderKey
    store: str
    offer_id: str
    seller: str
    condition: str
    isbn: Isbn
    item: Money
    shipping: Money
    tax: Money
    address: PostalAddress

    @property
    def landed(self) -> Money:
        """What was agreed to be paid in the end."""
        return self.item + self.shipping + self.tax


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The store has the order, and charges these amounts for this offer: they are what it says, to be held
    against what was agreed. `refunded` of it came back; None where it does not say.
    """

    number: StoreOrderNumber
    offer_id: str
    item: Money
    shipping: Money
    tax: Money
    refunded: Money | None = None

    @property
    def charged(self) -> Money:
        """What it takes in all, and keeps."""
        whole = self.item + self.shipping + self.tax
        return whole if self.refunded is None else whole - self.refunded


class RejectionReason(StrEnum):
    """Why a store did not take an order."""

    PRICE_CHANGED = "price_changed"
    SOLD_OUT = "sold_out"  # also an offer that is no longer there
    NOT_SENT_THERE = "not_sent_there"  # it does not deliver to the address
    STORE_BUSY = "store_busy"  # its limit, or it cannot be reached: nothing was sent or accepted
    STORE_REFUSES = "store_refuses"  # our account with it is not in order: an operator must look
    OTHER = "other"  # it said no in words of its own


@dataclass(frozen=True, slots=True)
class Rejected:
    """This call has ordered nothing. What an earlier one with the same key did, only `find` tells.

    `asks_now` is the landed price at which the store would sell, where it says so.
    """

    reason: RejectionReason
    message: str
    asks_now: Money | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The order is off, and nothing will be sent; also one that was off before. `refunded` is what the store
    gives back, None where it does not say.
    """

    refunded: Money | None


class NotCancelledReason(StrEnum):
    """Why an order stands."""

    TOO_LATE = "too_late"  # it is on its way
    UNKNOWN_ORDER = "unknown_order"  # the store has none under this key
    NOT_OFFERED = "not_offered"  # the store has no call for it: a person must ask
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NotCancelled:
    """The store did not call it off."""

    reason: NotCancelledReason
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingTerms:
    """What a store that takes orders can be relied upon for."""

    finds_by_key: bool  # an unknown outcome can be asked for
    same_key_same_order: bool  # a repeated key never makes a second order
    cancels: bool


class StoreOrderOutcomeUnknown(DomainError):
    """The store may or may not have taken the order: ask `find(key)`, never place it again blindly. Under the
    same key it may be placed again where the store's terms say that this is the same order.
    """

    code = "store_order_outcome_unknown"


class StoreDoesNotAnswer(DomainError):
    """A question about an order, or its cancellation, got no answer that can be understood: ask again."""

    code = "store_does_not_answer"


class StoreCannotTell(DomainError):
    """The store has no call by which orders are found, so what became of one only a person can learn."""

    code = "store_cannot_tell"


class StoreTakesNoOrders(DomainError):
    """No store of that name takes orders from the shop."""

    code = "store_takes_no_orders"


class StoreOrderKeyReused(DomainError):
    """The key was spent on another order: a mistake of the shop's own, which no retry mends."""

    code = "store_order_key_reused"


class StoreOrders(Protocol):
    """What a purchase needs from the stores that take orders. All raise `StoreTakesNoOrders`. Each method is
    one call to the store, which the caller has a turn for.
    """

    def terms(self, store: str) -> OrderingTerms:
        """What it can be relied upon for."""
        ...

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        """Order it. Raises `StoreOrderOutcomeUnknown` on a time-out, a lost connection, a 5xx and an answer
        that cannot be understood, and `StoreOrderKeyReused`.
        """
        ...

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:
        """The order under that key; None: the store has none, or not yet, for one whose answer was lost may
        still be on its way. Never has an effect. Raises `StoreDoesNotAnswer` and `StoreCannotTell`.
        """
        ...

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:
        """Call the order off; repeating it is harmless. Raises `StoreDoesNotAnswer`."""
        ...
