"""Meetings, who reads for them and how far, and the calendars that show them."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.postgres.tables.metadata import metadata

# Place, link and agenda are sealed with the key of who said them last: it may be her kitchen.
meetings: Final = Table(
    "meetings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("club_id", Uuid, ForeignKey("clubs.id"), nullable=False),
    Column("work_id", Uuid, ForeignKey("works.id"), nullable=False),
    Column("starts_at", DateTime(timezone=True), nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("sealed_arrangements", LargeBinary),
    Column("arranged_by", Uuid, nullable=False),
    Column("scheduled_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("first_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("seals_opened_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    CheckConstraint("status IN ('scheduled', 'cancelled', 'held', 'closed')", name="status"),
    Index("meetings_club_id_idx", "club_id", "starts_at", "id"),
    # Who is to be reminded, and which works will be wanted by when.
    Index("meetings_ahead_idx", "starts_at", "id", postgresql_where="status = 'scheduled'"),
)

# Fractions are parts per million of the work. `reminded_for` is the beginning that she was reminded of.
meeting_attendees: Final = Table(
    "meeting_attendees",
    metadata,
    Column("meeting_id", Uuid, ForeignKey("meetings.id"), primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    Column("rsvp", Text),
    Column("attended", Boolean),
    Column("witness", Text),
    Column("sealed", Boolean, nullable=False),
    Column("edition", Uuid, ForeignKey("books.id")),
    Column("unit", Text),
    Column("number", Integer),
    Column("whole", Integer),
    Column("fraction", Integer, nullable=False),
    Column("high_water", Integer, nullable=False),
    Column("credited", Integer, nullable=False),
    Column("noted_at", DateTime(timezone=True)),
    Column("finished_at", DateTime(timezone=True)),
    Column("reminded_for", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    CheckConstraint("rsvp IN ('coming', 'maybe', 'declined')", name="rsvp"),
    CheckConstraint("num_nulls(attended, witness) IN (0, 2)", name="attended"),
    CheckConstraint("num_nulls(unit, number, whole) IN (0, 3)", name="position"),
    CheckConstraint(
        "fraction BETWEEN 0 AND high_water AND credited BETWEEN 0 AND high_water AND high_water <= 1000000",
        name="fraction",
    ),
    Index("meeting_attendees_user_id_idx", "user_id", "meeting_id"),
)

# The curve of one reader's reading.
reading_notes: Final = Table(
    "reading_notes",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("meeting_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("unit", Text),
    Column("number", Integer),
    Column("whole", Integer),
    Column("fraction", Integer, nullable=False),
    Column("high_water", Integer, nullable=False),
    ForeignKeyConstraint(
        ["meeting_id", "user_id"], ["meeting_attendees.meeting_id", "meeting_attendees.user_id"]
    ),
    Index("reading_notes_attendee_idx", "meeting_id", "user_id", "id"),
)

# Calendar programs bring no token, so the address is the secret; only its fingerprint is kept. `club_id` is
# null for the calendar of all of a reader's clubs.
calendars: Final = Table(
    "calendars",
    metadata,
    Column("fingerprint", LargeBinary, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("club_id", Uuid, ForeignKey("clubs.id")),
    Column("made_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("user_id", "club_id", postgresql_nulls_not_distinct=True),
)
