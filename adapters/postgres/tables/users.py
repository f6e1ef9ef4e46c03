"""Readers and staff. Whatever tells who they are is sealed; `subject_keys` holds what opens it."""

from typing import Final

from sqlalchemy import (
    DDL,
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    Uuid,
    event,
)

from adapters.postgres.tables.metadata import metadata

users: Final = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email_index", LargeBinary, nullable=False, unique=True),
    Column("email", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("address", LargeBinary),
    Column("password_hash", Text, nullable=False),
    Column("registered_at", DateTime(timezone=True), nullable=False),
)

# Its own table, so that erasing somebody is deleting one row, whatever else has to be kept.
subject_keys: Final = Table(
    "subject_keys",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

user_roles: Final = Table("user_roles", metadata, Column("name", Text, primary_key=True))

user_roles_mapping: Final = Table(
    "user_roles_mapping",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id"), primary_key=True),
    Column("role", Text, ForeignKey("user_roles.name"), primary_key=True),
)

# A migration runs the same statement: the roles are part of the schema, not of somebody's data.
SEED_ROLES: Final = "INSERT INTO user_roles (name) VALUES ('reader'), ('staff'), ('admin')"
event.listen(user_roles, "after_create", DDL(SEED_ROLES))  # type: ignore[no-untyped-call] # SQLAlchemy's gap
