"""From rows of meetings and attendees to what readers see."""

from adapters.postgres.database import Row
from adapters.postgres.repositories.club_rows import name_from
from adapters.postgres.repositories.meeting_rows import arrangements_from
from application.meetings.views import (
    AttendeeView,
    CurvePoint,
    MeetingDetail,
    PositionView,
    ProgressView,
    Replies,
)
from domain.meetings.progress import HUNDRED, WHOLE
from domain.shared.ids import BookId, ClubId, MeetingId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault


def detail_from(row: Row, vault: PersonalDataVault) -> MeetingDetail:
    """With its arrangements opened."""
    arranged = arrangements_from(row, vault)
    return MeetingDetail(
        id=MeetingId(row.id),
        version=row.version,
        club_id=ClubId(row.club_id),
        club_name=row.club_name,
        work_id=WorkId(row.work_id),
        title=row.title,
        authors=row.authors or (),
        starts_at=row.starts_at,
        time_zone=row.time_zone,
        status=row.status,
        place=arranged.place,
        link=arranged.link,
        agenda=arranged.agenda,
        changed_at=row.changed_at,
        replies=Replies(coming=row.coming, maybe=row.maybe, declined=row.declined, attended=row.attended),
        rsvp=row.rsvp,
    )


def attendee_from(row: Row, vault: PersonalDataVault) -> AttendeeView:
    """Without her progress where the row says that it is hidden."""
    return AttendeeView(
        reader_id=UserId(row.user_id),
        display_name=name_from(row, vault),
        version=row.version,
        rsvp=row.rsvp,
        attended=row.attended,
        sealed=row.sealed,
        hidden=row.hidden,
        progress=None if row.hidden or row.noted_at is None else _progress_from(row),
    )


def point_from(row: Row) -> CurvePoint:
    """One point of the curve."""
    return CurvePoint(
        at=row.at, position=_position_from(row), fraction=row.fraction, high_water=row.high_water
    )


def _progress_from(row: Row) -> ProgressView:
    return ProgressView(
        percent=row.fraction * HUNDRED // WHOLE,
        fraction=row.fraction,
        high_water=row.high_water,
        credited=row.credited,
        position=_position_from(row),
        edition=BookId(row.edition) if row.edition else None,
        noted_at=row.noted_at,
        finished_at=row.finished_at,
    )


def _position_from(row: Row) -> PositionView | None:
    return PositionView(unit=row.unit, number=row.number, of=row.whole) if row.unit else None
