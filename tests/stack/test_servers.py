"""The servers out of the wheels are what the shop needs them to be."""

import asyncio
from collections.abc import Callable

import psycopg
import pytest
import redis
from temporalio.client import Client
from temporalio.service import RPCError

from entrypoints.stack.temporal import SEARCH_ATTRIBUTES
from workflows.shared import search_attributes


def _ask(url: str, question: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return str(row[0]) if row else ""


def test_the_shops_role_is_no_superuser_and_has_its_extensions(database_url: str) -> None:
    assert _ask(database_url, "select rolsuper from pg_roles where rolname = current_user") == "False"
    assert _ask(database_url, "select '[1,2]'::vector <-> '[1,2]'") == "0.0"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute("create extension if not exists pg_trgm")
        connection.execute("create extension if not exists unaccent")


def test_letters_of_every_language_have_a_lower_case(database_url: str) -> None:
    assert _ask(database_url, "select lower('ÉŽΩ')") == "éžω"


def test_databases_are_apart(database_url: str, make_database: Callable[[], str]) -> None:
    other = make_database()
    assert _ask(other, "select current_database()") != _ask(database_url, "select current_database()")
    assert _ask(other, "select '[1]'::vector <-> '[1]'") == "0.0"


def test_valkey_writes_down_what_it_holds(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}


def test_the_shops_processes_and_the_server_speak_of_the_same_search_attributes() -> None:
    kinds = {key.name: key.indexed_value_type.name.title().replace("_", "") for key in search_attributes.ALL}
    assert kinds == SEARCH_ATTRIBUTES


async def test_temporal_knows_the_shops_search_attributes(temporal_address: str) -> None:
    client = await asyncio.wait_for(Client.connect(temporal_address), 10)
    for name in SEARCH_ATTRIBUTES:
        await client.count_workflows(f"{name} IS NOT NULL")  # refused where the attribute is unknown
    with pytest.raises(RPCError, match="NobodyKnowsThis"):
        await client.count_workflows("NobodyKnowsThis IS NOT NULL")
