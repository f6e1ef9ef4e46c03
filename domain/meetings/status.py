"""Where a meeting stands, what may follow what, and what readers answer."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class MeetingStatus(StrEnum):
    """`held`: somebody was seen there. `closed`: who came and who read how far is settled."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    HELD = "held"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        """Nothing about it changes any more."""
        return self in {MeetingStatus.CANCELLED, MeetingStatus.CLOSED}


# Staying where one is always succeeds, so replays are harmless; only real moves stand in the table.
MEETING_MOVES: Final[Mapping[MeetingStatus, frozenset[MeetingStatus]]] = {
    MeetingStatus.SCHEDULED: frozenset({MeetingStatus.CANCELLED, MeetingStatus.HELD, MeetingStatus.CLOSED}),
    MeetingStatus.HELD: frozenset({MeetingStatus.CLOSED}),
    MeetingStatus.CANCELLED: frozenset(),
    MeetingStatus.CLOSED: frozenset(),
}


class Rsvp(StrEnum):
    """Will she be there?"""

    COMING = "coming"
    MAYBE = "maybe"
    DECLINED = "declined"


class Witness(StrEnum):
    """Who says that somebody was there."""

    HOST = "host"
    CODE = "code"
