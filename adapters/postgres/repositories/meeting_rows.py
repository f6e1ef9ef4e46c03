"""Between meetings, attendees and their rows, both ways. Arrangements are sealed with the key of who made
them.
"""

import msgspec

from adapters.postgres.database import Row
from domain.meetings.arrangements import Arrangements
from domain.meetings.attendee import Attendee, ReadingNote
from domain.meetings.meeting import Meeting
from domain.meetings.progress import Position, Progress, Unit
from domain.meetings.schedule import Schedule
from domain.meetings.status import MeetingStatus, Rsvp, Witness
from domain.shared.ids import BookId, ClubId, MeetingId, UserId, WorkId
from domain.shared.personal_data import PersonalDataVault, Sealed, WrappedKey


def fixed_columns(meeting: Meeting) -> dict[str, object]:
    """What it was when it was arranged, and stays."""
    return {
        "id": meeting.id,
        "club_id": meeting.club_id,
        "work_id": meeting.work_id,
        "scheduled_at": meeting.scheduled_at,
        "first_at": meeting.first_at,
    }


def moving_columns(meeting: Meeting) -> dict[str, object]:
    """The columns that verbs change, but for the sealed one."""
    return {
        "starts_at": meeting.starts_at,
        "time_zone": meeting.schedule.time_zone,
        "arranged_by": meeting.arranged_by,
        "changed_at": meeting.changed_at,
        "status": meeting.status.value,
        "seals_opened_at": meeting.seals_opened_at,
    }


def meeting_from(row: Row, vault: PersonalDataVault) -> Meeting:
    """The aggregate; the row brings its sealed arrangements and the key of who made them, if she has one."""
    return Meeting(
        id=MeetingId(row.id),
        club_id=ClubId(row.club_id),
        work_id=WorkId(row.work_id),
        schedule=Schedule.at(row.starts_at, row.time_zone),
        arrangements=arrangements_from(row, vault),
        arranged_by=UserId(row.arranged_by),
        scheduled_at=row.scheduled_at,
        changed_at=row.changed_at,
        first_at=row.first_at,
        status=MeetingStatus(row.status),
        seals_opened_at=row.seals_opened_at,
        version=row.version,
    )


def sealed_arrangements(meeting: Meeting, key: WrappedKey, vault: PersonalDataVault) -> Sealed:
    """For this row alone."""
    said = msgspec.json.encode(meeting.arrangements).decode()
    return vault.seal(key, arrangements_place(meeting.id), said)


def arrangements_from(row: Row, vault: PersonalDataVault) -> Arrangements:
    """What was arranged; nothing once who did so was erased."""
    if row.sealed_arrangements is None or row.wrapped is None:
        return Arrangements()
    place = arrangements_place(MeetingId(row.id))
    opened = vault.open(row.wrapped, place, Sealed(row.sealed_arrangements))
    return msgspec.json.decode(opened, type=Arrangements)


def arrangements_place(meeting_id: MeetingId) -> str:
    """Table and row: what is sealed for one does not open in another."""
    return f"meetings:{meeting_id}"


def attendee_columns(attendee: Attendee) -> dict[str, object]:
    """All but the version."""
    progress = attendee.progress
    return {
        "meeting_id": attendee.meeting_id,
        "user_id": attendee.reader,
        "since": attendee.since,
        "rsvp": attendee.rsvp and attendee.rsvp.value,
        "attended": attendee.attended,
        "witness": attendee.witness and attendee.witness.value,
        "sealed": attendee.sealed,
        "edition": progress.edition,
        **position_columns(progress.position),
        "fraction": progress.fraction,
        "high_water": progress.high_water,
        "credited": progress.credited,
        "noted_at": progress.noted_at,
        "finished_at": progress.finished_at,
    }


def attendee_from(row: Row) -> Attendee:
    """The aggregate."""
    return Attendee(
        meeting_id=MeetingId(row.meeting_id),
        reader=UserId(row.user_id),
        since=row.since,
        rsvp=Rsvp(row.rsvp) if row.rsvp else None,
        attended=row.attended,
        witness=Witness(row.witness) if row.witness else None,
        sealed=row.sealed,
        progress=progress_from(row),
        version=row.version,
    )


def progress_from(row: Row) -> Progress:
    """How far she is."""
    return Progress(
        position=position_from(row),
        edition=BookId(row.edition) if row.edition else None,
        fraction=row.fraction,
        high_water=row.high_water,
        credited=row.credited,
        noted_at=row.noted_at,
        finished_at=row.finished_at,
    )


def note_columns(attendee: Attendee, note: ReadingNote) -> dict[str, object]:
    """One point of the curve."""
    return {
        "meeting_id": attendee.meeting_id,
        "user_id": attendee.reader,
        "at": note.at,
        **position_columns(note.position),
        "fraction": note.fraction,
        "high_water": note.high_water,
    }


def position_columns(position: Position | None) -> dict[str, object]:
    """All three of them or none."""
    if position is None:
        return {"unit": None, "number": None, "whole": None}
    return {"unit": position.unit.value, "number": position.number, "whole": position.of}


def position_from(row: Row) -> Position | None:
    """As she told it."""
    return Position(Unit(row.unit), row.number, row.whole) if row.unit else None
