"""What clubs talk about: threads and their posts, sealed with the keys of those who wrote them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_threads()
    keep_posts()


def open_threads() -> None:
    op.create_table(
        "threads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("work_id", sa.Uuid(), nullable=True),
        sa.Column("sealed_title", sa.LargeBinary(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(meeting_id IS NULL) = (work_id IS NULL)", name=op.f("threads_work_check")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name=op.f("threads_closed_check")),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("threads_club_id_fkey")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("threads_meeting_id_fkey")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("threads_work_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("threads_pkey")),
    )
    op.create_index("threads_club_id_idx", "threads", ["club_id", "id"], unique=False)
    op.create_index(
        "threads_meeting_id_idx",
        "threads",
        ["meeting_id", "id"],
        unique=False,
        postgresql_where="meeting_id IS NOT NULL",
    )


def keep_posts() -> None:
    op.create_table(
        "thread_posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("position BETWEEN 0 AND 1000000", name=op.f("thread_posts_position_check")),
        sa.CheckConstraint(
            "state IN ('standing', 'hidden', 'withdrawn')", name=op.f("thread_posts_state_check")
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (sealed_text IS NULL)", name=op.f("thread_posts_words_check")
        ),
        sa.CheckConstraint(
            "state <> 'hidden' OR num_nulls(reason, hidden_by) = 0", name=op.f("thread_posts_hidden_check")
        ),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("thread_posts_thread_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("thread_posts_pkey")),
    )
    op.create_index(
        "thread_posts_thread_id_idx",
        "thread_posts",
        ["thread_id", "id"],
        unique=False,
        postgresql_where="state <> 'withdrawn'",
    )
    op.create_index("thread_posts_author_idx", "thread_posts", ["author", "written_at"], unique=False)


def downgrade() -> None:
    op.drop_table("thread_posts")
    op.drop_table("threads")
