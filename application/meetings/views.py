"""Meetings as readers see them: what can be asked, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.clubs.door import Door
from domain.shared.ids import BookId, ClubId, MeetingId, UserId, WorkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """How many answered how, and how many were seen there."""

    coming: int
    maybe: int
    declined: int
    attended: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDetail:
    """A meeting. Place, link and agenda are for members, and null for other readers; `rsvp` is that of who
    asks, null where she has not answered.
    """

    id: MeetingId
    version: int
    club_id: ClubId
    club_name: str
    work_id: WorkId
    title: str
    authors: Sequence[str]
    starts_at: datetime
    time_zone: str
    status: str
    place: str | None
    link: str | None
    agenda: str | None
    changed_at: datetime
    replies: Replies
    rsvp: str | None


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Some meetings, the next one first; of those that are over, the latest first."""

    items: Sequence[MeetingDetail]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingQuery:
    """Which meetings of one club, or of all of the reader's clubs, to list. `over`: those before `now`."""

    club_id: ClubId | None
    reader: UserId | None
    now: datetime
    over: bool = False
    limit: int = 20
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionView:
    """`number` of `of`, as she told it."""

    unit: str
    number: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """How far she is: `percent` in whole percents, the rest in parts per million of the work. `high_water` is
    the farthest she ever was, `credited` as much of it as the time since she began is enough for. `edition`
    is the one she reads, if she named it.
    """

    percent: int
    fraction: int
    high_water: int
    credited: int
    position: PositionView | None
    edition: BookId | None
    noted_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeView:
    """What one reader answered and read. `progress` is null while she has told none, and while it is `hidden`
    from who asks: she has `sealed` it, and the meeting is not near.
    """

    reader_id: UserId
    display_name: str | None
    version: int
    rsvp: str | None
    attended: bool | None
    sealed: bool
    hidden: bool
    progress: ProgressView | None


@dataclass(frozen=True, slots=True)
class AttendeePage:
    """Some of them, in the order of their coming."""

    items: Sequence[AttendeeView]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """Where she was, and the farthest she had ever been by then, in parts per million."""

    at: datetime
    position: PositionView | None
    fraction: int
    high_water: int


class MeetingViews(Protocol):
    """The read side: never used to decide a change."""

    async def door(self, meeting_id: MeetingId, reader: UserId | None) -> Door:
        """The door of the meeting's club; raises `MeetingNotFound`."""
        ...

    async def one(self, meeting_id: MeetingId, reader: UserId | None) -> MeetingDetail:
        """With all there is; raises `MeetingNotFound`."""
        ...

    async def listed(self, query: MeetingQuery) -> MeetingPage:
        """With all there is; raises `InvalidInput` for a foreign cursor."""
        ...

    async def attendees(
        self, meeting_id: MeetingId, reader: UserId, now: datetime, limit: int, cursor: str | None
    ) -> AttendeePage:
        """As this reader may see them at that moment; raises `InvalidInput` for a foreign cursor."""
        ...

    async def attendee(
        self, meeting_id: MeetingId, of: UserId, reader: UserId, now: datetime
    ) -> AttendeeView:
        """As this reader may see her; raises `AttendeeNotFound`."""
        ...

    async def for_calendar(
        self, reader: UserId, club_id: ClubId | None, since: datetime, limit: int
    ) -> Sequence[MeetingDetail]:
        """Of this club, or of all, as far as the reader is a member: what begins after that moment,
        cancelled or not, the soonest first.
        """
        ...

    async def curve(self, meeting_id: MeetingId, of: UserId) -> Sequence[CurvePoint]:
        """Everything she told, oldest first."""
        ...
