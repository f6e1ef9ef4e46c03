"""An attendee: what one member answered, whether she came, and how far she read."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from domain.meetings.events import (
    AttendanceNoted,
    AttendeeAnswered,
    ProgressNoted,
    ProgressSealed,
    ReaderFinished,
)
from domain.meetings.progress import WHOLE, Position, Progress, readable
from domain.meetings.status import Rsvp, Witness
from domain.shared.errors import StaleVersion
from domain.shared.events import Aggregate
from domain.shared.ids import BookId, MeetingId, UserId


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """One point of the curve."""

    at: datetime
    position: Position | None
    fraction: int
    high_water: int


@dataclass(kw_only=True, slots=True)
class Attendee(Aggregate):
    """`since` is when she first answered or told how far she is. `sealed`: other readers see her progress
    only when the meeting is near. `version` counts saved changes.
    """

    meeting_id: MeetingId
    reader: UserId
    since: datetime
    rsvp: Rsvp | None = None
    attended: bool | None = None
    witness: Witness | None = None
    sealed: bool = False
    progress: Progress = field(default_factory=Progress)
    version: int = 0
    _notes: list[ReadingNote] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def arriving(cls, meeting_id: MeetingId, reader: UserId, at: datetime) -> Self:
        """Nothing is known of her yet."""
        return cls(meeting_id=meeting_id, reader=reader, since=at)

    def expect(self, version: int) -> None:
        """Whoever changes it must have seen its newest version."""
        if version != self.version:
            raise StaleVersion(
                f"You are at version {self.version} here, you saw {version}: read it again.",
                version=self.version,
            )

    def answer(self, rsvp: Rsvp, at: datetime) -> None:
        """Will she be there? The same answer again changes nothing."""
        if rsvp is not self.rsvp:
            self.rsvp = rsvp
            self._record(
                AttendeeAnswered(aggregate_id=self.meeting_id, occurred_at=at, user_id=self.reader, rsvp=rsvp)
            )

    def note_attendance(self, witness: Witness, at: datetime, *, attended: bool) -> None:
        """She was there, or not; a host's word stands against a code."""
        if (attended, witness) == (self.attended, self.witness) or (
            witness is Witness.CODE and self.witness is Witness.HOST
        ):
            return
        self.attended, self.witness = attended, witness
        self._record(
            AttendanceNoted(
                aggregate_id=self.meeting_id,
                occurred_at=at,
                user_id=self.reader,
                attended=attended,
                witness=witness,
            )
        )

    def seal(self, at: datetime, *, sealed: bool) -> None:
        """Keep it from other readers for now, or show it."""
        if sealed != self.sealed:
            self.sealed = sealed
            self._record(
                ProgressSealed(
                    aggregate_id=self.meeting_id, occurred_at=at, user_id=self.reader, sealed=sealed
                )
            )

    def note_progress(
        self,
        position: Position | None,
        at: datetime,
        *,
        finished: bool = False,
        edition: BookId | None = None,
        pages: int | None = None,
    ) -> None:
        """So far she is; `finished` says so where the last page is not the end of the work. `pages` is how
        long the work is in her edition. What was finished once stays finished, also for who reads it again.
        """
        before = self.progress
        fraction = position.fraction if position else before.fraction
        if finished:
            fraction = WHOLE
        high_water = max(before.high_water, fraction)
        credited = max(before.credited, min(high_water, readable(pages, at - self.since)))
        first_end = high_water == WHOLE and before.finished_at is None
        self.progress = replace(
            before,
            position=position or before.position,
            edition=edition or before.edition,
            fraction=fraction,
            high_water=high_water,
            credited=credited,
            noted_at=at,
            finished_at=at if first_end else before.finished_at,
        )
        self._notes.append(ReadingNote(at, position, fraction, high_water))
        self._tell_progress(at, first_end=first_end)

    def drain_notes(self) -> list[ReadingNote]:
        """Hand over what was noted since the last save, oldest first."""
        notes, self._notes = self._notes, []
        return notes

    def _tell_progress(self, at: datetime, *, first_end: bool) -> None:
        now = self.progress
        self._record(
            ProgressNoted(
                aggregate_id=self.meeting_id,
                occurred_at=at,
                user_id=self.reader,
                fraction=now.fraction,
                high_water=now.high_water,
                credited=now.credited,
                sealed=self.sealed,
            )
        )
        if first_end:
            self._record(
                ReaderFinished(
                    aggregate_id=self.meeting_id,
                    occurred_at=at,
                    user_id=self.reader,
                    credited=now.credited,
                    sealed=self.sealed,
                )
            )
