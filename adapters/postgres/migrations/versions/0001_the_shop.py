"""The shop."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_imports",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("line", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("added", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unchanged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rejected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("catalogue_imports_pkey")),
    )
    op.create_table(
        "categories",
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["parent"], ["categories.slug"], name=op.f("categories_parent_fkey")),
        sa.PrimaryKeyConstraint("slug", name=op.f("categories_pkey")),
    )
    op.create_table(
        "coupons",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("total_limit", sa.Integer(), nullable=True),
        sa.Column("per_user_limit", sa.Integer(), nullable=True),
        sa.Column("minimum_amount", sa.BigInteger(), nullable=True),
        sa.Column("minimum_currency", sa.Text(), nullable=True),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(amount IS NULL) = (currency IS NULL)", name=op.f("coupons_amount_is_money_check")
        ),
        sa.CheckConstraint(
            "(basis_points IS NULL) <> (amount IS NULL)", name=op.f("coupons_one_reduction_check")
        ),
        sa.CheckConstraint(
            "(minimum_amount IS NULL) = (minimum_currency IS NULL)",
            name=op.f("coupons_minimum_is_money_check"),
        ),
        sa.CheckConstraint("code = upper(code)", name=op.f("coupons_normalised_check")),
        sa.CheckConstraint(
            "used >= 0 AND (total_limit IS NULL OR used <= total_limit)",
            name=op.f("coupons_never_overused_check"),
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("coupons_pkey")),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "holds",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('held', 'committed', 'shipped', 'released')", name=op.f("holds_state_check")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("holds_something_check")),
        sa.PrimaryKeyConstraint("order_id", "book_id", name=op.f("holds_pkey")),
    )
    op.create_index(
        "holds_waiting_idx", "holds", ["expires_at"], unique=False, postgresql_where="state = 'held'"
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("busy_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "route", "key", name=op.f("idempotency_keys_pkey")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("payment_status", sa.Text(), nullable=False),
        sa.Column("fulfilment_status", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("shipping_method", sa.Text(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("shipping_tax", sa.BigInteger(), nullable=False),
        sa.Column("coupon", sa.Text(), nullable=True),
        sa.Column("weight_grams", sa.Integer(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hold_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payment_reference", sa.Text(), nullable=True),
        sa.Column("action_url", sa.Text(), nullable=True),
        sa.Column("tracking_number", sa.Text(), nullable=True),
        sa.Column("needs_attention", sa.Text(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=True),
        sa.Column("sealed_token", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "status IN ('pending', 'confirmed', 'completed', 'declined', 'cancelled', 'expired')",
            name=op.f("orders_status_check"),
        ),
        sa.CheckConstraint("total >= 0", name=op.f("orders_total_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("orders_pkey")),
    )
    op.create_index(
        "orders_open_idx",
        "orders",
        ["placed_at"],
        unique=False,
        postgresql_where="status IN ('pending', 'confirmed')",
    )
    op.create_index("orders_user_id_idx", "orders", ["user_id", "id"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("outbox_pkey")),
    )
    op.create_index(
        "outbox_waiting_idx", "outbox", ["id"], unique=False, postgresql_where="published_at IS NULL"
    )
    op.create_table(
        "payment_entries",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("operation", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("payment_entries_pkey")),
        sa.UniqueConstraint("key", "result", name=op.f("payment_entries_key_result_key")),
    )
    op.create_index("payment_entries_order_id_idx", "payment_entries", ["order_id"], unique=False)
    op.create_table(
        "payment_inbox",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("provider", "event_id", name=op.f("payment_inbox_pkey")),
    )
    op.create_table(
        "quotes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("document", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("quotes_pkey")),
    )
    op.create_index(
        "quotes_unused_idx",
        "quotes",
        ["user_id", "expires_at"],
        unique=False,
        postgresql_where="order_id IS NULL",
    )
    op.create_table(
        "stock",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("on_hand", sa.Integer(), server_default="0", nullable=False),
        sa.Column("held", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("held >= 0 AND held <= on_hand", name=op.f("stock_never_oversold_check")),
        sa.PrimaryKeyConstraint("book_id", name=op.f("stock_pkey")),
        postgresql_with={"fillfactor": 50, "autovacuum_vacuum_scale_factor": 0.02},
    )
    op.create_table(
        "stock_movements",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('receipt', 'hold', 'release', 'retake', 'ship')",
            name=op.f("stock_movements_kind_check"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("stock_movements_pkey")),
    )
    op.create_index("stock_movements_book_id_idx", "stock_movements", ["book_id"], unique=False)
    op.create_table(
        "user_roles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("user_roles_pkey")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email_index", sa.LargeBinary(), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("users_pkey")),
        sa.UniqueConstraint("email_index", name=op.f("users_email_index_key")),
    )
    op.create_table(
        "works",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("first_published", sa.SmallInteger(), nullable=True),
        sa.Column("series_name", sa.Text(), nullable=True),
        sa.Column("series_number", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("works_pkey")),
        sa.UniqueConstraint("key", name=op.f("works_key_key")),
    )
    op.create_table(
        "books",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("isbn", sa.Text(collation="C"), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sorting_key", sa.Text(collation="C"), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False),
        sa.Column("sold", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "format IN ('hardcover', 'paperback', 'ebook', 'audiobook')", name=op.f("books_format_check")
        ),
        sa.CheckConstraint("price > 0", name=op.f("books_price_check")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("books_work_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("books_pkey")),
        sa.UniqueConstraint("isbn", name=op.f("books_isbn_key")),
    )
    op.create_index(
        "books_new_idx",
        "books",
        [sa.literal_column("coalesce(published_date, '0001-01-01')"), "id"],
        unique=False,
        postgresql_where="withdrawn_at IS NULL",
    )
    op.create_index(
        "books_price_idx", "books", ["price", "id"], unique=False, postgresql_where="withdrawn_at IS NULL"
    )
    op.create_index(
        "books_sold_idx", "books", ["sold", "id"], unique=False, postgresql_where="withdrawn_at IS NULL"
    )
    op.create_index(
        "books_title_idx",
        "books",
        ["sorting_key", "id"],
        unique=False,
        postgresql_where="withdrawn_at IS NULL",
    )
    op.create_index(op.f("books_work_id_idx"), "books", ["work_id"], unique=False)
    op.create_table(
        "coupon_redemptions",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("redeemed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["coupons.code"], name=op.f("coupon_redemptions_code_fkey")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("coupon_redemptions_pkey")),
    )
    op.create_index(
        "coupon_redemptions_standing_idx",
        "coupon_redemptions",
        ["code", "user_id"],
        unique=False,
        postgresql_where="NOT released",
    )
    op.create_table(
        "order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("isbn", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("discount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("digital", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), server_default="false", nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("order_lines_quantity_check")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("order_lines_order_id_fkey")),
        sa.PrimaryKeyConstraint("order_id", "position", name=op.f("order_lines_pkey")),
    )
    op.create_table(
        "order_timeline",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("order_timeline_order_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("order_timeline_pkey")),
    )
    op.create_index("order_timeline_order_id_idx", "order_timeline", ["order_id", "id"], unique=False)
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('requested', 'succeeded', 'failed')", name=op.f("refunds_status_check")
        ),
        sa.CheckConstraint("amount > 0", name=op.f("refunds_amount_check")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("refunds_order_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("refunds_pkey")),
        sa.UniqueConstraint("order_id", "key", name=op.f("refunds_order_id_key_key")),
    )
    op.create_index(
        "refunds_waiting_idx",
        "refunds",
        ["requested_at"],
        unique=False,
        postgresql_where="status = 'requested'",
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("sessions_user_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("sessions_pkey")),
    )
    op.create_index(
        "sessions_open_idx", "sessions", ["user_id"], unique=False, postgresql_where="ended_at IS NULL"
    )
    op.create_table(
        "subject_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("subject_keys_user_id_fkey")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("subject_keys_pkey")),
    )
    op.create_table(
        "user_roles_mapping",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["role"], ["user_roles.name"], name=op.f("user_roles_mapping_role_fkey")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("user_roles_mapping_user_id_fkey")),
        sa.PrimaryKeyConstraint("user_id", "role", name=op.f("user_roles_mapping_pkey")),
    )
    op.create_table(
        "work_authors",
        sa.Column("work_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(collation="C"), nullable=False),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("work_authors_work_id_fkey")),
        sa.PrimaryKeyConstraint("work_id", "position", name=op.f("work_authors_pkey")),
    )
    op.create_index("work_authors_key_idx", "work_authors", ["key", "work_id"], unique=False)
    op.create_table(
        "book_categories",
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["book_id"], ["books.id"], name=op.f("book_categories_book_id_fkey")),
        sa.ForeignKeyConstraint(
            ["category"], ["categories.slug"], name=op.f("book_categories_category_fkey")
        ),
        sa.PrimaryKeyConstraint("book_id", "category", name=op.f("book_categories_pkey")),
    )
    op.create_index("book_categories_category_idx", "book_categories", ["category", "book_id"], unique=False)
    op.create_table(
        "refresh_tokens",
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("parent", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("refresh_tokens_session_id_fkey")),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("refresh_tokens_pkey")),
    )
    op.create_index(
        "refresh_tokens_one_live_idx",
        "refresh_tokens",
        ["session_id"],
        unique=True,
        postgresql_where="spent_at IS NULL",
    )
    op.create_index("refresh_tokens_session_id_idx", "refresh_tokens", ["session_id"], unique=False)
    op.execute("INSERT INTO user_roles (name) VALUES ('reader'), ('staff'), ('admin')")


def downgrade() -> None:
    op.drop_index("refresh_tokens_session_id_idx", table_name="refresh_tokens")
    op.drop_index(
        "refresh_tokens_one_live_idx", table_name="refresh_tokens", postgresql_where="spent_at IS NULL"
    )
    op.drop_table("refresh_tokens")
    op.drop_index("book_categories_category_idx", table_name="book_categories")
    op.drop_table("book_categories")
    op.drop_index("work_authors_key_idx", table_name="work_authors")
    op.drop_table("work_authors")
    op.drop_table("user_roles_mapping")
    op.drop_table("subject_keys")
    op.drop_index("sessions_open_idx", table_name="sessions", postgresql_where="ended_at IS NULL")
    op.drop_table("sessions")
    op.drop_index("refunds_waiting_idx", table_name="refunds", postgresql_where="status = 'requested'")
    op.drop_table("refunds")
    op.drop_index("order_timeline_order_id_idx", table_name="order_timeline")
    op.drop_table("order_timeline")
    op.drop_table("order_lines")
    op.drop_index(
        "coupon_redemptions_standing_idx", table_name="coupon_redemptions", postgresql_where="NOT released"
    )
    op.drop_table("coupon_redemptions")
    op.drop_index(op.f("books_work_id_idx"), table_name="books")
    op.drop_index("books_title_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.drop_index("books_sold_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.drop_index("books_price_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.drop_index("books_new_idx", table_name="books", postgresql_where="withdrawn_at IS NULL")
    op.drop_table("books")
    op.drop_table("works")
    op.drop_table("users")
    op.drop_table("user_roles")
    op.drop_index("stock_movements_book_id_idx", table_name="stock_movements")
    op.drop_table("stock_movements")
    op.drop_table("stock")
    op.drop_index("quotes_unused_idx", table_name="quotes", postgresql_where="order_id IS NULL")
    op.drop_table("quotes")
    op.drop_table("payment_inbox")
    op.drop_index("payment_entries_order_id_idx", table_name="payment_entries")
    op.drop_table("payment_entries")
    op.drop_index("outbox_waiting_idx", table_name="outbox", postgresql_where="published_at IS NULL")
    op.drop_table("outbox")
    op.drop_index("orders_user_id_idx", table_name="orders")
    op.drop_index(
        "orders_open_idx", table_name="orders", postgresql_where="status IN ('pending', 'confirmed')"
    )
    op.drop_table("orders")
    op.drop_table("idempotency_keys")
    op.drop_index("holds_waiting_idx", table_name="holds", postgresql_where="state = 'held'")
    op.drop_table("holds")
    op.drop_table("coupons")
    op.drop_table("categories")
    op.drop_table("catalogue_imports")
