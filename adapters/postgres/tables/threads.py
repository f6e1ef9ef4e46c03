"""What clubs talk about. Titles and posts are sealed with the keys of those who wrote them."""

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
)

from adapters.postgres.tables.metadata import metadata

# `work_id` is the meeting's, which never reads another: beside it, so that a page of posts asks no meeting.
threads: Final = Table(
    "threads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("club_id", Uuid, ForeignKey("clubs.id"), nullable=False),
    Column("meeting_id", Uuid, ForeignKey("meetings.id")),
    Column("work_id", Uuid, ForeignKey("works.id")),
    Column("sealed_title", LargeBinary, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("closed_at", DateTime(timezone=True)),
    Column("closed_by", Uuid),
    CheckConstraint("(meeting_id IS NULL) = (work_id IS NULL)", name="work"),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
    # Ids are ordered by time.
    Index("threads_club_id_idx", "club_id", "id"),
    Index("threads_meeting_id_idx", "meeting_id", "id", postgresql_where="meeting_id IS NOT NULL"),
)

# `position` is in parts per million of the thread's work. What was withdrawn keeps its row, without words, so
# that nobody says more in a while by taking back.
thread_posts: Final = Table(
    "thread_posts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("thread_id", Uuid, ForeignKey("threads.id"), nullable=False),
    Column("author", Uuid, nullable=False),
    Column("sealed_text", LargeBinary),
    Column("position", Integer, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("revised_at", DateTime(timezone=True)),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("hidden_by", Uuid),
    Column("version", Integer, nullable=False),
    CheckConstraint("position BETWEEN 0 AND 1000000", name="position"),
    CheckConstraint("state IN ('standing', 'hidden', 'withdrawn')", name="state"),
    CheckConstraint("(state = 'withdrawn') = (sealed_text IS NULL)", name="words"),
    CheckConstraint("state <> 'hidden' OR num_nulls(reason, hidden_by) = 0", name="hidden"),
    Index("thread_posts_thread_id_idx", "thread_id", "id", postgresql_where="state <> 'withdrawn'"),
    Index("thread_posts_author_idx", "author", "written_at"),
)
