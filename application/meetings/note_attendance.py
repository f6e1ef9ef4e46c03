"""Who was there."""

import base64
import hmac
from typing import Final

from application.meetings.shared import as_host, attendee_of, door_of
from application.shared.unit_of_work import UnitOfWork
from domain.clubs.errors import MemberNotFound
from domain.meetings.errors import AttendanceCodeNotGood, MeetingNotFound
from domain.meetings.status import Witness
from domain.shared.clock import Clock
from domain.shared.ids import MeetingId, UserId
from domain.shared.personal_data import PersonalDataVault

PURPOSE: Final = "attendance code"
# Forty bits: read out aloud or drawn as a QR code, and beyond guessing at a request a second.
CODE_BYTES: Final = 5


def attendance_code(vault: PersonalDataVault, meeting_id: MeetingId) -> str:
    """Eight letters and digits that only the shop can make; nobody has to keep them."""
    return base64.b32encode(vault.blind_index(PURPOSE, str(meeting_id))[:CODE_BYTES]).decode()


class NoteAttendance:
    """From an hour before it begins until it is closed, the owner and the hosts tick off who is there, or
    take it back.
    """

    def __init__(self, unit_of_work: UnitOfWork, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    async def __call__(self, reader: UserId, meeting_id: MeetingId, about: UserId, *, attended: bool) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `NotAHost`, `MemberNotFound`, `MeetingNotBegun`,
        `MeetingIsOver`.
        """
        now = self._clock.now()
        async with self._unit_of_work() as work:
            meeting = await as_host(work, meeting_id, reader)
            meeting.demand_doors_open(now)
            if not (await door_of(work, meeting.club_id, about)).is_member:
                raise MemberNotFound
            attendee = await attendee_of(work, meeting, about, now)
            attendee.note_attendance(Witness.HOST, now, attended=attended)
            await work.meetings.keep(attendee)
            if attended:
                meeting.hold(now)
                await work.meetings.save(meeting)


class SeeAttendanceCode:
    """The owner and the hosts show a code at the meeting; who sends it was there."""

    def __init__(self, unit_of_work: UnitOfWork, vault: PersonalDataVault) -> None:
        self._unit_of_work = unit_of_work
        self._vault = vault

    async def __call__(self, reader: UserId, meeting_id: MeetingId) -> str:
        """Raises `MeetingNotFound`, `NotAMember`, `NotAHost`."""
        async with self._unit_of_work() as work:
            await as_host(work, meeting_id, reader)
        return attendance_code(self._vault, meeting_id)


class AttendByCode:
    """A member sends the code that she sees at the meeting: she is there. What a host says stands against
    it.
    """

    def __init__(self, unit_of_work: UnitOfWork, vault: PersonalDataVault, clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._vault = vault
        self._clock = clock

    async def __call__(self, reader: UserId, meeting_id: MeetingId, code: str) -> None:
        """Raises `MeetingNotFound`, `NotAMember`, `AttendanceCodeNotGood`, `MeetingNotBegun`,
        `MeetingIsOver`.
        """
        now, right = self._clock.now(), attendance_code(self._vault, meeting_id)
        async with self._unit_of_work() as work:
            meeting = await work.meetings.get(meeting_id)
            (await door_of(work, meeting.club_id, reader)).to(MeetingNotFound).demand_member()
            if not hmac.compare_digest(code.strip().upper().encode(), right.encode()):
                raise AttendanceCodeNotGood
            meeting.hold(now)
            attendee = await attendee_of(work, meeting, reader, now)
            attendee.note_attendance(Witness.CODE, now, attended=True)
            await work.meetings.keep(attendee)
            await work.meetings.save(meeting)
