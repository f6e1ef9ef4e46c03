"""A hold: copies set aside for one order until they are sold, shipped or given back."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class HoldState(StrEnum):
    """HELD: until it expires. COMMITTED: paid for. The others are the end of it."""

    HELD = "held"
    COMMITTED = "committed"
    SHIPPED = "shipped"
    RELEASED = "released"


HOLD_MOVES: Final[Mapping[HoldState, frozenset[HoldState]]] = {
    HoldState.HELD: frozenset({HoldState.COMMITTED, HoldState.RELEASED}),
    HoldState.COMMITTED: frozenset({HoldState.SHIPPED, HoldState.RELEASED}),
    HoldState.SHIPPED: frozenset(),
    # A payment that arrives after the hold lapsed takes the copies again, if they are still there.
    HoldState.RELEASED: frozenset({HoldState.COMMITTED}),
}
