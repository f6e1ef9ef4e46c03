"""What travels in bodies about meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from application.meetings.note_progress import ReadingNews
from application.meetings.views import CurvePoint
from domain.meetings.arrangements import LONGEST_AGENDA, LONGEST_PLACE, Arrangements
from domain.meetings.progress import LONGEST, Unit
from domain.meetings.status import Rsvp
from domain.shared.errors import InvalidInput
from domain.shared.ids import BookId

StartsAt = Annotated[
    datetime,
    Meta(
        description="With an offset: that moment. Without: what the clocks of `time_zone` show.",
        examples=["2027-03-14T19:00:00"],
    ),
]
TimeZone = Annotated[str, Meta(description="An IANA name.", examples=["Europe/London"])]


class ArrangementsBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When it begins; where, how and what for, for its members alone."""

    starts_at: StartsAt
    time_zone: TimeZone
    place: Annotated[str, Meta(description=f"Up to {LONGEST_PLACE} characters.")] | None = None
    link: Annotated[str, Meta(description="An https address.")] | None = None
    agenda: Annotated[str, Meta(description=f"Up to {LONGEST_AGENDA} characters.")] | None = None

    def arrangements(self) -> Arrangements:
        """From the wire; raises `InvalidInput` naming the field."""
        return Arrangements.parse(self.place, self.link, self.agenda)


class NewMeeting(ArrangementsBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which club meets about which work."""

    club_id: UUID
    work_id: UUID


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """Left out: coming."""

    rsvp: Rsvp = Rsvp.COMING


Count = Annotated[int, Meta(ge=0, le=LONGEST)]


class ProgressBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far I am, in one of four ways. What is left out stays as it was."""

    page: Annotated[Count, Meta(description="The last page read.", examples=[120])] | None = None
    percent: Annotated[int, Meta(ge=0, le=100, description="Of the whole.")] | None = None
    chapter: Annotated[Count, Meta(description="Chapters read.")] | None = None
    seconds: Annotated[Count, Meta(description="Listened to.")] | None = None
    of: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=LONGEST,
                description="How many pages, chapters or seconds my edition has. Pages may be left out where "
                "the catalogue knows them; all may be once they were told.",
            ),
        ]
        | None
    ) = None
    edition: Annotated[UUID, Meta(description="The `book_id` of the edition I read.")] | None = None
    finished: Annotated[bool, Meta(description="I have read it to the end.")] = False
    sealed: (
        Annotated[bool, Meta(description="Other readers see my progress only when the meeting is near.")]
        | None
    ) = None

    def news(self) -> ReadingNews:
        """From the wire; raises `InvalidInput`."""
        told = [(unit, number) for unit in Unit if (number := getattr(self, unit.value)) is not None]
        if len(told) > 1:
            raise InvalidInput(told[1][0].value, "Tell it in one way: page, percent, chapter or seconds.")
        if not told and not self.finished and self.sealed is None:
            raise InvalidInput("page", "Tell page, percent, chapter or seconds, or that you have finished.")
        unit, number = told[0] if told else (None, None)
        return ReadingNews(
            unit=unit,
            number=number,
            of=self.of,
            edition=BookId(self.edition) if self.edition else None,
            finished=self.finished,
            sealed=self.sealed,
        )


class Attendance(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether she was there."""

    attended: bool = True


class AttendanceCode(Struct, frozen=True, forbid_unknown_fields=True):
    """Eight letters and digits."""

    code: Annotated[str, Meta(max_length=20, examples=["7QK2M4ZD"])]


class ReadingCurve(Struct, frozen=True):
    """Every note, oldest first."""

    items: Sequence[CurvePoint]
    next: str | None = None


class CalendarOf(Struct, frozen=True, forbid_unknown_fields=True):
    """Left out: of all my clubs."""

    club_id: UUID | None = None


class CalendarAddress(Struct, frozen=True):
    """Whoever has it reads the calendar; told once."""

    path: Annotated[str, Meta(examples=["/v1/calendars/kP0…"])]
