"""Where a market stands, and why one may be void."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class MarketKind(StrEnum):
    """What is bet on."""

    FIRST_TO_FINISH = "first_to_finish"  # who of those that come has read the book first
    FINISHES = "finishes"  # whether one of them has read it before the meeting begins
    ATTENDANCE = "attendance"  # whether more come than the line says


class MarketStatus(StrEnum):
    """From the first bet to the last point."""

    OPEN = "open"
    LOCKED = "locked"
    PROPOSED = "proposed"
    SETTLED = "settled"
    VOIDED = "voided"


class VoidReason(StrEnum):
    """Why everybody got back exactly what they had staked."""

    CANCELLED = "cancelled"
    MOVED_TOO_FAR = "moved_too_far"
    NO_EVIDENCE = "no_evidence"
    NOBODY_WON = "nobody_won"
    NO_BACKER_OF_A_WINNER = "no_backer_of_a_winner"
    TOO_FEW_BACKED = "too_few_backed"
    TOO_FEW_BETTORS = "too_few_bettors"
    LEFT = "left"  # the only one it was about will not come
    RULED = "ruled"  # a host or staff decided so
    DISPUTED = "disputed"  # and nobody decided


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the table.
MARKET_MOVES: Final[Mapping[MarketStatus, frozenset[MarketStatus]]] = {
    MarketStatus.OPEN: frozenset({MarketStatus.LOCKED, MarketStatus.VOIDED}),
    MarketStatus.LOCKED: frozenset({MarketStatus.PROPOSED, MarketStatus.VOIDED}),
    MarketStatus.PROPOSED: frozenset({MarketStatus.SETTLED, MarketStatus.VOIDED}),
    MarketStatus.SETTLED: frozenset(),
    MarketStatus.VOIDED: frozenset(),
}
TERMINAL: Final = frozenset(status for status, moves in MARKET_MOVES.items() if not moves)

# A step may be repeated after later ones were taken: asking for what lies behind is a repetition.
MARKET_BEHIND: Final[Mapping[MarketStatus, frozenset[MarketStatus]]] = {
    MarketStatus.OPEN: frozenset(),
    MarketStatus.LOCKED: frozenset({MarketStatus.OPEN}),
    MarketStatus.PROPOSED: frozenset({MarketStatus.OPEN, MarketStatus.LOCKED}),
    MarketStatus.SETTLED: frozenset({MarketStatus.OPEN, MarketStatus.LOCKED, MarketStatus.PROPOSED}),
    MarketStatus.VOIDED: frozenset({MarketStatus.OPEN, MarketStatus.LOCKED, MarketStatus.PROPOSED}),
}

# What can be backed where the horses are not people.
YES, NO, OVER, UNDER = "yes", "no", "over", "under"
SIDES: Final[Mapping[MarketKind, frozenset[str]]] = {
    MarketKind.FINISHES: frozenset({YES, NO}),
    MarketKind.ATTENDANCE: frozenset({OVER, UNDER}),
}
