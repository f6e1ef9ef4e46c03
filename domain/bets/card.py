"""The race card of a meeting: one gate for all its markets. Once it is locked, none of them opens or takes a
bet.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from domain.bets.errors import BettingLocked
from domain.bets.lock import Field, LockReason, lock_reason
from domain.bets.schedule import bets_stand
from domain.shared.ids import ClubId, MeetingId

WORDS: Final = {
    LockReason.MEETING_NEAR: "the meeting is less than a day ahead",
    LockReason.FAR_AHEAD: "somebody has read four fifths of the book",
    LockReason.FIRST_FINISH: "somebody has finished the book",
    LockReason.CLOSED: "the meeting is over",
}


@dataclass(kw_only=True, slots=True)
class RaceCard:
    """`bet_for` is when the meeting was to begin when its bets were made; `needs_attention` is what a person
    has to look at.
    """

    meeting_id: MeetingId
    club_id: ClubId
    bet_for: datetime
    locked_at: datetime | None = None
    locked_because: LockReason | None = None
    needs_attention: str | None = None

    def demand_open(self, field: Field, now: datetime) -> None:
        """Raise `BettingLocked` once the card is locked, and from the moment on when it must be, whether its
        process has come to it yet or not.
        """
        reason = self.locked_because or lock_reason(field, now)
        if reason is not None:
            raise BettingLocked(f"Bets are locked: {WORDS[reason]}.", reason=reason.value)

    def move(self, starts_at: datetime) -> bool:
        """The meeting begins at another time. False: that is too far off to be the one that was bet on, and
        from here on the card is for the new time.
        """
        if bets_stand(self.bet_for, starts_at):
            return True
        self.bet_for = starts_at
        return False

    def lock(self, reason: LockReason, at: datetime) -> None:
        """For good, also when the meeting is moved later; the first reason stands."""
        if self.locked_at is None:
            self.locked_at, self.locked_because = at, reason
