"""Where a watch stands, and what may follow what."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class WatchStatus(StrEnum):
    """That it has bought one copy and waits for a price for the next is no status: it is active again."""

    ACTIVE = "active"
    PAUSED = "paused"
    AWAITING_VETO = "awaiting_veto"  # the reader was told what will be bought, and may still say no
    BUYING = "buying"  # a purchase is on its way; what becomes of it must be learnt
    ENDED = "ended"


class EndReason(StrEnum):
    """Why there is nothing more to watch for."""

    BOUGHT = "bought"  # every copy that was wanted
    EXPIRED = "expired"  # the latest date has come
    BUDGET_SPENT = "budget_spent"
    CANCELLED = "cancelled"


class AfterPurchase(StrEnum):
    """What the reader wished while a purchase was on its way, which no watch can call back by itself."""

    PAUSE = "pause"
    END = "end"


# Staying where one is always succeeds, so repetitions are harmless; only real moves stand in the table.
MOVES: Final[Mapping[WatchStatus, frozenset[WatchStatus]]] = {
    WatchStatus.ACTIVE: frozenset(
        {WatchStatus.PAUSED, WatchStatus.AWAITING_VETO, WatchStatus.BUYING, WatchStatus.ENDED}
    ),
    WatchStatus.PAUSED: frozenset({WatchStatus.ACTIVE, WatchStatus.ENDED}),
    WatchStatus.AWAITING_VETO: frozenset(
        {WatchStatus.ACTIVE, WatchStatus.PAUSED, WatchStatus.BUYING, WatchStatus.ENDED}
    ),
    WatchStatus.BUYING: frozenset({WatchStatus.ACTIVE, WatchStatus.PAUSED, WatchStatus.ENDED}),
    WatchStatus.ENDED: frozenset(),
}
