"""What clubs may read next, and who would."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "votes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("club_id", sa.Uuid(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["club_id"], ["clubs.id"], name=op.f("votes_club_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("votes_pkey")),
    )
    op.create_index("votes_club_id_idx", "votes", ["club_id", "id"], unique=False)
    op.create_table(
        "vote_candidates",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("vote_candidates_vote_id_fkey")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("vote_candidates_work_id_fkey")),
        sa.PrimaryKeyConstraint("vote_id", "position", name=op.f("vote_candidates_pkey")),
        sa.UniqueConstraint("vote_id", "work_id", name=op.f("vote_candidates_vote_id_work_id_key")),
    )
    op.create_table(
        "vote_ballots",
        sa.Column("vote_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("choices", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("vote_ballots_vote_id_fkey")),
        sa.PrimaryKeyConstraint("vote_id", "user_id", name=op.f("vote_ballots_pkey")),
    )


def downgrade() -> None:
    op.drop_table("vote_ballots")
    op.drop_table("vote_candidates")
    op.drop_table("votes")
