"""Meetings in PostgreSQL. A change of the meeting waits for those who attend it just now; they do not wait
for each other.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, insert, update

from adapters.postgres.database import Connection
from adapters.postgres.outbox import write_events
from adapters.postgres.repositories.meeting_rows import (
    attendee_columns,
    attendee_from,
    fixed_columns,
    meeting_from,
    moving_columns,
    note_columns,
    sealed_arrangements,
)
from adapters.postgres.repositories.subject_keys import SubjectKeys
from adapters.postgres.statement import Statement
from adapters.postgres.tables.meetings import meeting_attendees, meetings, reading_notes
from domain.meetings.arrangements import Arrangements
from domain.meetings.attendee import Attendee
from domain.meetings.errors import MeetingNotFound
from domain.meetings.meeting import Meeting
from domain.shared.errors import StaleVersion
from domain.shared.ids import MeetingId, UserId
from domain.shared.personal_data import PersonalDataVault, Sealed

_ADD: Final = Statement(
    insert(meetings).values({column.name: bindparam(column.name) for column in meetings.c})
)
_SELECT: Final = """
SELECT m.*, k.wrapped FROM meetings m LEFT JOIN subject_keys k ON k.user_id = m.arranged_by
WHERE m.id = %(id)s
"""
_LOAD: Final = Statement(f"{_SELECT} FOR UPDATE OF m")
_READ: Final = Statement(f"{_SELECT} FOR SHARE OF m")
_MOVING: Final = (
    "starts_at",
    "time_zone",
    "sealed_arrangements",
    "arranged_by",
    "changed_at",
    "status",
    "seals_opened_at",
)
_SAVE: Final = Statement(
    update(meetings)
    .where(meetings.c.id == bindparam("of_id"), meetings.c.version == bindparam("read_version"))
    .values({name: bindparam(f"new_{name}") for name in _MOVING} | {"version": meetings.c.version + 1})
)
# One reader's requests about one meeting take turns, the very first ones as well: there is no row to lock
# yet.
_LOCK: Final = Statement("""
SELECT pg_advisory_xact_lock(7016012, hashtext(%(meeting_id)s::text || %(reader)s::text))
""")
_ATTENDEE: Final = Statement("""
SELECT * FROM meeting_attendees WHERE meeting_id = %(meeting_id)s AND user_id = %(reader)s
""")
_ATTENDEES: Final = Statement("""
SELECT * FROM meeting_attendees WHERE meeting_id = %(meeting_id)s ORDER BY since, user_id
""")
_TOLD: Final = [c.name for c in meeting_attendees.c if c.name not in {"version", "reminded_for"}]
_ARRIVE: Final = Statement(
    insert(meeting_attendees).values({name: bindparam(name) for name in [*_TOLD, "version"]})
)
_KEEP: Final = Statement(
    update(meeting_attendees)
    .where(
        meeting_attendees.c.meeting_id == bindparam("of_meeting"),
        meeting_attendees.c.user_id == bindparam("of_reader"),
        meeting_attendees.c.version == bindparam("read_version"),
    )
    .values(
        {name: bindparam(f"new_{name}") for name in _TOLD if name not in {"meeting_id", "user_id"}}
        | {"version": meeting_attendees.c.version + 1}
    )
)
_NOTE: Final = Statement(
    insert(reading_notes).values({c.name: bindparam(c.name) for c in reading_notes.c if c.name != "id"})
)


class PostgresMeetings:
    """The `Meetings` port over one open transaction."""

    def __init__(self, connection: Connection, keys: SubjectKeys, vault: PersonalDataVault) -> None:
        self._connection = connection
        self._keys = keys
        self._vault = vault

    async def add(self, meeting: Meeting) -> None:
        """Its row and what happened."""
        await self._connection.run(
            _ADD,
            **fixed_columns(meeting),
            **moving_columns(meeting),
            sealed_arrangements=await self._sealed(meeting),
            version=meeting.version,
        )
        await write_events(self._connection, meeting.drain_events())

    async def get(self, meeting_id: MeetingId) -> Meeting:
        """Load and lock."""
        return await self._found(_LOAD, meeting_id)

    async def read(self, meeting_id: MeetingId) -> Meeting:
        """Load and share the lock."""
        return await self._found(_READ, meeting_id)

    async def save(self, meeting: Meeting) -> None:
        """Nothing is written where nothing happened."""
        events = meeting.drain_events()
        if not events:
            return
        columns = {**moving_columns(meeting), "sealed_arrangements": await self._sealed(meeting)}
        changed = await self._connection.run(
            _SAVE,
            of_id=meeting.id,
            read_version=meeting.version,
            **{f"new_{name}": value for name, value in columns.items()},
        )
        if changed == 0:
            raise StaleVersion("The meeting changed since it was read; read it again.")
        meeting.version += 1
        await write_events(self._connection, events)

    async def attendee(self, meeting_id: MeetingId, reader: UserId) -> Attendee | None:
        """A statement of its own after the lock: it sees what was committed while this one waited."""
        await self._connection.run(_LOCK, meeting_id=meeting_id, reader=reader)
        row = await self._connection.one(_ATTENDEE, meeting_id=meeting_id, reader=reader)
        return None if row is None else attendee_from(row)

    async def attendees(self, meeting_id: MeetingId) -> Sequence[Attendee]:
        """One statement."""
        return [attendee_from(row) for row in await self._connection.all(_ATTENDEES, meeting_id=meeting_id)]

    async def keep(self, attendee: Attendee) -> None:
        """Her row, the points of her curve, and what happened."""
        events = attendee.drain_events()
        if attendee.version > 0 and not events:
            return
        columns = attendee_columns(attendee)
        if attendee.version == 0:
            await self._connection.run(_ARRIVE, **columns, version=1)
        else:
            await self._replace(attendee, columns)
        attendee.version += 1
        for note in attendee.drain_notes():
            await self._connection.run(_NOTE, **note_columns(attendee, note))
        await write_events(self._connection, events)

    async def _replace(self, attendee: Attendee, columns: dict[str, object]) -> None:
        changed = await self._connection.run(
            _KEEP,
            of_meeting=columns.pop("meeting_id"),
            of_reader=columns.pop("user_id"),
            read_version=attendee.version,
            **{f"new_{name}": value for name, value in columns.items()},
        )
        if changed == 0:
            raise StaleVersion("This changed since it was read; read it again.")

    async def _sealed(self, meeting: Meeting) -> Sealed | None:
        if meeting.arrangements == Arrangements():
            return None
        return sealed_arrangements(meeting, await self._keys.of(meeting.arranged_by), self._vault)

    async def _found(self, statement: Statement, meeting_id: MeetingId) -> Meeting:
        row = await self._connection.one(statement, id=meeting_id)
        if row is None:
            raise MeetingNotFound
        return meeting_from(row, self._vault)
