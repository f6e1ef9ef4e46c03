"""Where a purchase stands, on three axes that move independently, and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class PurchaseStatus(StrEnum):
    """The way to the book, and the ways in which there is none. That a person must look is no status of its
    own: it can happen anywhere on the way (`Purchase.needs_attention`).
    """

    RECEIVED = "received"
    CAP_RESERVED = "cap_reserved"
    QUOTED = "quoted"
    AUTHORISED = "authorised"
    REVALIDATED = "revalidated"
    ORDERED = "ordered"
    CAPTURED = "captured"
    DONE = "done"
    CAP_DENIED = "cap_denied"
    NO_OFFER = "no_offer"
    TOO_DEAR = "too_dear"
    DECLINED = "declined"
    PRICE_MOVED = "price_moved"
    STORE_REJECTED = "store_rejected"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"  # the store did not keep to what was agreed: nothing of the money was kept


class MoneyStatus(StrEnum):
    """The reader's money. PENDING at the end: no bank was ever asked. VOIDED: nothing is held and nothing was
    taken, also because the bank said no.
    """

    PENDING = "pending"
    ACTION_REQUIRED = "action_required"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    PARTLY_REFUNDED = "partly_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"


class StoreStatus(StrEnum):
    """The order at the store. ASKED is written before the order is sent, and from then on what became of it
    is only asked for: an order is never sent a second time.
    """

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    PLACED = "placed"
    REJECTED = "rejected"
    CALLED_OFF = "called_off"


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the tables.
PURCHASE_MOVES: Final[Mapping[PurchaseStatus, frozenset[PurchaseStatus]]] = {
    PurchaseStatus.RECEIVED: frozenset(
        {PurchaseStatus.CAP_RESERVED, PurchaseStatus.CAP_DENIED, PurchaseStatus.CANCELLED}
    ),
    PurchaseStatus.CAP_RESERVED: frozenset(
        {
            PurchaseStatus.QUOTED,
            PurchaseStatus.NO_OFFER,
            PurchaseStatus.TOO_DEAR,
            PurchaseStatus.CANCELLED,
        }
    ),
    PurchaseStatus.QUOTED: frozenset(
        {PurchaseStatus.AUTHORISED, PurchaseStatus.DECLINED, PurchaseStatus.CANCELLED}
    ),
    PurchaseStatus.AUTHORISED: frozenset(
        {
            PurchaseStatus.REVALIDATED,
            PurchaseStatus.PRICE_MOVED,
            PurchaseStatus.STORE_REJECTED,
            PurchaseStatus.CANCELLED,
        }
    ),
    # PRICE_MOVED also from here: a look that has grown too old is taken anew.
    PurchaseStatus.REVALIDATED: frozenset(
        {
            PurchaseStatus.ORDERED,
            PurchaseStatus.PRICE_MOVED,
            PurchaseStatus.STORE_REJECTED,
            PurchaseStatus.CANCELLED,
        }
    ),
    PurchaseStatus.ORDERED: frozenset({PurchaseStatus.CAPTURED, PurchaseStatus.REFUNDED}),
    PurchaseStatus.CAPTURED: frozenset({PurchaseStatus.DONE, PurchaseStatus.REFUNDED}),
    # Nothing drives it any further; a reckoning that finds its order gone undoes it.
    PurchaseStatus.DONE: frozenset({PurchaseStatus.REFUNDED}),
    PurchaseStatus.CAP_DENIED: frozenset(),
    PurchaseStatus.NO_OFFER: frozenset(),
    PurchaseStatus.TOO_DEAR: frozenset(),
    PurchaseStatus.DECLINED: frozenset(),
    PurchaseStatus.PRICE_MOVED: frozenset(),
    PurchaseStatus.STORE_REJECTED: frozenset(),
    PurchaseStatus.CANCELLED: frozenset(),
    PurchaseStatus.REFUNDED: frozenset(),
}

MONEY_MOVES: Final[Mapping[MoneyStatus, frozenset[MoneyStatus]]] = {
    MoneyStatus.PENDING: frozenset(
        {
            MoneyStatus.ACTION_REQUIRED,
            MoneyStatus.AUTHORISED,
            MoneyStatus.VOIDED,
        }
    ),
    MoneyStatus.ACTION_REQUIRED: frozenset({MoneyStatus.AUTHORISED, MoneyStatus.VOIDED}),
    MoneyStatus.AUTHORISED: frozenset({MoneyStatus.CAPTURED, MoneyStatus.VOIDED}),
    MoneyStatus.CAPTURED: frozenset({MoneyStatus.PARTLY_REFUNDED, MoneyStatus.REFUNDED}),
    MoneyStatus.PARTLY_REFUNDED: frozenset({MoneyStatus.REFUNDED}),
    MoneyStatus.REFUNDED: frozenset(),
    MoneyStatus.VOIDED: frozenset(),
}

STORE_MOVES: Final[Mapping[StoreStatus, frozenset[StoreStatus]]] = {
    StoreStatus.NOT_ASKED: frozenset({StoreStatus.ASKED, StoreStatus.CALLED_OFF}),
    StoreStatus.ASKED: frozenset({StoreStatus.PLACED, StoreStatus.REJECTED}),
    StoreStatus.PLACED: frozenset({StoreStatus.CALLED_OFF}),
    StoreStatus.REJECTED: frozenset(),
    StoreStatus.CALLED_OFF: frozenset(),
}

ENDED_WITHOUT_BOOK: Final = frozenset(status for status, moves in PURCHASE_MOVES.items() if not moves)
TERMINAL: Final = ENDED_WITHOUT_BOOK | {PurchaseStatus.DONE}
BOUGHT: Final = frozenset({PurchaseStatus.CAPTURED, PurchaseStatus.DONE})

# The way, in its order: a step may be repeated after later ones were taken (a process that lost its memory
# takes it again), so asking for what lies behind is a repetition and no mistake.
WAY: Final = (
    PurchaseStatus.RECEIVED,
    PurchaseStatus.CAP_RESERVED,
    PurchaseStatus.QUOTED,
    PurchaseStatus.AUTHORISED,
    PurchaseStatus.REVALIDATED,
    PurchaseStatus.ORDERED,
    PurchaseStatus.CAPTURED,
    PurchaseStatus.DONE,
)
PURCHASE_BEHIND: Final[Mapping[PurchaseStatus, frozenset[PurchaseStatus]]] = {
    status: frozenset(WAY[:place]) for place, status in enumerate(WAY)
}
_TAKEN_BEHIND: Final = frozenset({MoneyStatus.ACTION_REQUIRED, MoneyStatus.AUTHORISED, MoneyStatus.CAPTURED})
MONEY_BEHIND: Final[Mapping[MoneyStatus, frozenset[MoneyStatus]]] = {
    MoneyStatus.AUTHORISED: frozenset({MoneyStatus.ACTION_REQUIRED}),
    MoneyStatus.CAPTURED: frozenset({MoneyStatus.ACTION_REQUIRED, MoneyStatus.AUTHORISED}),
    MoneyStatus.PARTLY_REFUNDED: _TAKEN_BEHIND,
    MoneyStatus.REFUNDED: _TAKEN_BEHIND | {MoneyStatus.PARTLY_REFUNDED},
}
STORE_BEHIND: Final[Mapping[StoreStatus, frozenset[StoreStatus]]] = {
    StoreStatus.PLACED: frozenset({StoreStatus.ASKED}),
    StoreStatus.CALLED_OFF: frozenset({StoreStatus.PLACED}),
}
