"""Clubs and their members, meetings and their readers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keep_clubs()
    keep_members()
    keep_meetings()
    keep_readers()


def keep_clubs() -> None:
    op.create_table(
        "clubs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("location_key", sa.Text(), nullable=True),
        sa.Column("genre", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("visibility", sa.Text(), nullable=False),
        sa.Column("betting", sa.Boolean(), nullable=False),
        sa.Column("founded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("visibility IN ('public', 'private')", name=op.f("clubs_visibility_check")),
        sa.ForeignKeyConstraint(["genre"], ["categories.slug"], name=op.f("clubs_genre_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("clubs_pkey")),
    )
    for key in ("name_key", "location_key"):
        op.create_index(
            f"clubs_{key}_idx",
            "clubs",
            [key],
            postgresql_using="gin",
            postgresql_ops={key: "gin_trgm_ops"},
        )
    op.create_index("clubs_genre_idx", "clubs", ["genre", "id"])


def keep_members() -> None:
    op.create_table(
        "club_members",
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "standing IN ('requested', 'member', 'refused', 'left', 'barred')",
            name=op.f("club_members_standing_check"),
        ),
        sa.CheckConstraint("role IN ('owner', 'host', 'member')", name=op.f("club_members_role_check")),
        sa.CheckConstraint(
            "role = 'member' OR standing = 'member'", name=op.f("club_members_role_of_member_check")
        ),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("club_members_club_id_fkey")),
        sa.PrimaryKeyConstraint("club_id", "user_id", name=op.f("club_members_pkey")),
    )
    op.create_index(
        "club_members_owner_idx", "club_members", ["club_id"], unique=True, postgresql_where="role = 'owner'"
    )
    op.create_index(
        "club_members_of_reader_idx",
        "club_members",
        ["user_id", "club_id"],
        postgresql_where="standing = 'member'",
    )
    op.create_index(
        "club_members_standing_idx",
        "club_members",
        ["club_id", "standing", "since", "user_id"],
        postgresql_where="standing IN ('member', 'requested', 'barred')",
    )
    op.create_table(
        "club_invitations",
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("club_invitations_club_id_fkey")),
        sa.PrimaryKeyConstraint("club_id", name=op.f("club_invitations_pkey")),
    )


def keep_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("sealed_arrangements", sa.LargeBinary(), nullable=True),
        sa.Column("arranged_by", sa.Uuid(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seals_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('scheduled', 'cancelled', 'held', 'closed')", name=op.f("meetings_status_check")
        ),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("meetings_club_id_fkey")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("meetings_work_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("meetings_pkey")),
    )
    op.create_index("meetings_club_id_idx", "meetings", ["club_id", "starts_at", "id"])
    op.create_index(
        "meetings_ahead_idx", "meetings", ["starts_at", "id"], postgresql_where="status = 'scheduled'"
    )
    op.create_table(
        "calendars",
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("calendars_club_id_fkey")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("calendars_pkey")),
        sa.UniqueConstraint(
            "user_id",
            "club_id",
            name=op.f("calendars_user_id_club_id_key"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def keep_readers() -> None:
    op.create_table(
        "meeting_attendees",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rsvp", sa.Text(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Uuid(), nullable=True),
        *_position(),
        sa.Column("fraction", sa.Integer(), nullable=False),
        sa.Column("high_water", sa.Integer(), nullable=False),
        sa.Column("credited", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_for", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rsvp IN ('coming', 'maybe', 'declined')", name=op.f("meeting_attendees_rsvp_check")
        ),
        sa.CheckConstraint(
            "num_nulls(attended, witness) IN (0, 2)", name=op.f("meeting_attendees_attended_check")
        ),
        sa.CheckConstraint(
            "num_nulls(unit, number, whole) IN (0, 3)", name=op.f("meeting_attendees_position_check")
        ),
        sa.CheckConstraint(
            "fraction BETWEEN 0 AND high_water AND credited BETWEEN 0 AND high_water"
            " AND high_water <= 1000000",
            name=op.f("meeting_attendees_fraction_check"),
        ),
        sa.ForeignKeyConstraint(["edition"], ["books.id"], name=op.f("meeting_attendees_edition_fkey")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("meeting_attendees_meeting_id_fkey")
        ),
        sa.PrimaryKeyConstraint("meeting_id", "user_id", name=op.f("meeting_attendees_pkey")),
    )
    op.create_index("meeting_attendees_user_id_idx", "meeting_attendees", ["user_id", "meeting_id"])
    op.create_table(
        "reading_notes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_position(),
        sa.Column("fraction", sa.Integer(), nullable=False),
        sa.Column("high_water", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id", "user_id"],
            ["meeting_attendees.meeting_id", "meeting_attendees.user_id"],
            name=op.f("reading_notes_meeting_id_user_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("reading_notes_pkey")),
    )
    op.create_index("reading_notes_attendee_idx", "reading_notes", ["meeting_id", "user_id", "id"])


def _position() -> tuple[sa.Column[str], sa.Column[int], sa.Column[int]]:
    return (
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
    )


def downgrade() -> None:
    for table in (
        "reading_notes",
        "meeting_attendees",
        "calendars",
        "meetings",
        "club_invitations",
        "club_members",
        "clubs",
    ):
        op.drop_table(table)
