"""Brings a database to the newest schema (Alembic), safely when two processes try at once."""

from pathlib import Path
from typing import Final

import psycopg
from alembic import command
from alembic.config import Config

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_016_001  # any constant: whoever migrates holds it, the others wait and find the work done


def alembic_config(database_url: str) -> Config:
    """Alembic's configuration without a file: the address comes from our settings."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["url"] = database_url.replace("postgresql://", "postgresql+psycopg://", 1)
    return config


def migrate(database_url: str) -> None:
    """Apply what is missing; harmless when nothing is."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        command.upgrade(alembic_config(database_url), "head")
