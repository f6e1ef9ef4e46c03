"""The schema: what the code believes, what the migrations make, and the way up, down and up again."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from adapters.postgres.migrate import alembic_config, migrate
from adapters.postgres.tables import metadata

SCHEMA = """
SELECT 'table', table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default)
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL
SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
UNION ALL
SELECT 'storage', relname, relname, array_to_string(reloptions, ' ') FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL
ORDER BY 1, 2, 3
"""


def schema(url: str) -> list[tuple[str, ...]]:
    """Everything PostgreSQL knows about the tables, as text."""
    with psycopg.connect(url) as connection:
        return connection.execute(SCHEMA).fetchall()


def revisions(config: Config) -> list[str]:
    """Every migration, oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()][::-1]


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    try:
        with engine.connect() as connection:
            # Comparing takes longer than the shop lets a transaction rest.
            connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 0")
            connection.commit()
            yield connection
    finally:
        engine.dispose()


@pytest.fixture
def url(make_database: Callable[[], str]) -> str:
    """An empty database."""
    return make_database()


def test_an_empty_database_gets_the_whole_schema(url: str) -> None:
    migrate(url)
    assert {name for _, name, _, _ in schema(url)} >= set(metadata.tables)


def test_the_tables_of_the_code_and_of_the_migrations_are_the_same(
    make_shop_database: Callable[[], str],
) -> None:
    with connected(make_shop_database()) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_checks_indexes_and_storage_are_the_same_too(url: str, make_shop_database: Callable[[], str]) -> None:
    """Alembic compares no CHECK constraint, no partial index's condition and no storage parameter."""
    with connected(url) as connection:
        metadata.create_all(connection)
        connection.commit()
    assert schema(url) == schema(make_shop_database())


def test_every_step_can_be_taken_up_down_and_up_again(url: str) -> None:
    config, before = alembic_config(url), schema(url)
    assert before == []
    for revision in revisions(config):
        command.upgrade(config, revision)
        after = schema(url)
        command.downgrade(config, "-1")
        assert schema(url) == before
        command.upgrade(config, revision)
        assert schema(url) == after
        before = after


def test_there_is_one_newest_migration(url: str) -> None:
    assert len(ScriptDirectory.from_config(alembic_config(url)).get_heads()) == 1


async def test_migrating_from_several_processes_at_once_is_harmless(url: str) -> None:
    await asyncio.gather(*(asyncio.to_thread(migrate, url) for _ in range(3)))
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    assert found == [(revisions(alembic_config(url))[-1],)]


def test_migrating_again_changes_nothing(make_shop_database: Callable[[], str]) -> None:
    url = make_shop_database()
    before = schema(url)
    migrate(url)
    assert schema(url) == before
