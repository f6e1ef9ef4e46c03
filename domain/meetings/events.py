"""What happens to meetings and to those who read for them. The meeting's process, the points and the price
watch live on these.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from domain.meetings.status import Rsvp, Witness
from domain.shared.events import DomainEvent
from domain.shared.ids import ClubId, UserId, WorkId


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingScheduled(DomainEvent):
    """A club will meet about a work."""

    name: ClassVar[str] = "meeting_scheduled"
    club_id: ClubId
    work_id: WorkId
    starts_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRescheduled(DomainEvent):
    """It will begin at another time; `first_at` is what it was announced for in the beginning."""

    name: ClassVar[str] = "meeting_rescheduled"
    club_id: ClubId
    before: datetime
    starts_at: datetime
    first_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingRearranged(DomainEvent):
    """Place, link or agenda are other than they were."""

    name: ClassVar[str] = "meeting_rearranged"
    club_id: ClubId


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingCancelled(DomainEvent):
    """It will not take place."""

    name: ClassVar[str] = "meeting_cancelled"
    club_id: ClubId


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingHeld(DomainEvent):
    """The first reader was seen there."""

    name: ClassVar[str] = "meeting_held"
    club_id: ClubId


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingClosed(DomainEvent):
    """A host says that all is told: who came, and who read how far."""

    name: ClassVar[str] = "meeting_closed"
    club_id: ClubId


@dataclass(frozen=True, kw_only=True, slots=True)
class SealsOpened(DomainEvent):
    """Sealed progress is shown from here on."""

    name: ClassVar[str] = "meeting_seals_opened"
    club_id: ClubId


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendeeAnswered(DomainEvent):
    """A reader says whether she will be there."""

    name: ClassVar[str] = "attendee_answered"
    user_id: UserId
    rsvp: Rsvp


@dataclass(frozen=True, kw_only=True, slots=True)
class AttendanceNoted(DomainEvent):
    """She was there, or a host says that she was not."""

    name: ClassVar[str] = "attendance_noted"
    user_id: UserId
    attended: bool
    witness: Witness


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressNoted(DomainEvent):
    """How far she is, in parts per million of the work: where she stands, the farthest she has ever been, and
    how much of that anybody could have read by now. `sealed`: not yet for other readers.
    """

    name: ClassVar[str] = "progress_noted"
    user_id: UserId
    fraction: int
    high_water: int
    credited: int
    sealed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderFinished(DomainEvent):
    """She has read the work to its end, for the first time; `credited` as in `ProgressNoted`."""

    name: ClassVar[str] = "reader_finished"
    user_id: UserId
    credited: int
    sealed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressSealed(DomainEvent):
    """She keeps her progress to herself until the meeting is near, or does so no more."""

    name: ClassVar[str] = "progress_sealed"
    user_id: UserId
    sealed: bool
