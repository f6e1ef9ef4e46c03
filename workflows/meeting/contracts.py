"""What goes into a meeting's process, what comes out, and what it is told meanwhile. Ids and times only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

NOTHING_TO_DISPUTE: Final = "nothing_to_dispute"


def workflow_id(meeting_id: object) -> str:
    """One process a meeting."""
    return f"meeting-{meeting_id}"


@dataclass(frozen=True)
class MeetingInput:
    """The input."""

    meeting_id: str


@dataclass(frozen=True)
class MeetingResult:
    """The end of the story: how each market ended."""

    markets: int
    settled: int
    voided: int


@dataclass(frozen=True)
class Stand:
    """How the meeting and its bets stand. `over`: it was closed or cancelled."""

    locked: bool
    over: bool
    starts_at: datetime
    locks_at: datetime
    evidence_until: datetime


@dataclass(frozen=True)
class ToEnd:
    """Markets to be ended now, and when to look again for the rest; how many have ended, and how."""

    markets: Sequence[str]
    look_again_at: datetime | None
    settled: int
    voided: int


@dataclass(frozen=True)
class Shard:
    """Some of the bettors of a market."""

    market_id: str
    shard: int


@dataclass(frozen=True)
class Dispute:
    """Somebody objects to the proposed result of a market."""

    meeting_id: str
    market_id: str
    by: str


@dataclass(frozen=True)
class Ruling:
    """Somebody decides: `winners`, or None where it is void. `staff`: by right of the shop."""

    meeting_id: str
    market_id: str
    by: str
    winners: Sequence[str] | None
    staff: bool = False
