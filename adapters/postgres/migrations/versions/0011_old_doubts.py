"""Old doubts about prices are found without reading all of them."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("price_doubts_since_idx", "price_doubts", ["since"])


def downgrade() -> None:
    op.drop_index("price_doubts_since_idx", table_name="price_doubts")
