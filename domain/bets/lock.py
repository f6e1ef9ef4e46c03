"""When the last bet is taken: before anybody can know the result."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

BEFORE_THE_MEETING: Final = timedelta(hours=24)
# Progress is seen by the others, and always by the reader: who has read so much knows too much.
FURTHEST: Final = 800_000  # parts of a million


class LockReason(StrEnum):
    """Which of the conditions came first."""

    MEETING_NEAR = "meeting_near"
    FAR_AHEAD = "far_ahead"
    FIRST_FINISH = "first_finish"
    CLOSED = "closed"  # the host ended the meeting before


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Those who come, as far as the lock needs to know: the furthest high-water mark in parts of a million,
    sealed progress too, and whether anybody has finished.
    """

    starts_at: datetime
    furthest: int = 0
    finished: bool = False


def locks_at(starts_at: datetime) -> datetime:
    """The latest moment at which bets are taken."""
    return starts_at - BEFORE_THE_MEETING


def lock_reason(field: Field, now: datetime) -> LockReason | None:
    """Why no bet may be taken any more; None: bets are open."""
    if field.finished:
        return LockReason.FIRST_FINISH
    if field.furthest >= FURTHEST:
        return LockReason.FAR_AHEAD
    if now >= locks_at(field.starts_at):
        return LockReason.MEETING_NEAR
    return None
