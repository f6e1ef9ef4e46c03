"""A server may have pgvector or not: the tables are the same, and only one searches by meaning itself."""

from collections.abc import Callable

import psycopg
import pytest

from adapters.postgres.migrate import migrate
from adapters.postgres.tables.embeddings import HAS_VECTORS
from entrypoints.stack.postgres import PostgresServer

NEAREST = "work_embeddings_nearest_idx"
NEIGHBOURS = """
EXPLAIN SELECT work_id FROM work_embeddings
ORDER BY embedding::halfvec(384) <=> array_fill(0.05::real, ARRAY[384])::halfvec(384) LIMIT 10
"""


@pytest.fixture
def without(make_database: Callable[[], str], postgres_server: PostgresServer) -> str:
    """A database on a server where nobody added pgvector, and the shop may not."""
    url = make_database()
    name = url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(postgres_server.url(name, role="postgres"), autocommit=True) as connection:
        connection.execute("DROP EXTENSION vector")
    return url


def one(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row and row[0]


def test_without_pgvector_the_shop_is_migrated_all_the_same(without: str) -> None:
    migrate(without)
    assert one(without, HAS_VECTORS) is False
    assert one(without, f"SELECT to_regclass('{NEAREST}')") is None
    assert one(without, "SELECT count(*) FROM work_embeddings") == 0


def test_with_pgvector_neighbours_are_found_by_an_index(make_shop_database: Callable[[], str]) -> None:
    url = make_shop_database()
    assert one(url, HAS_VECTORS) is True
    with psycopg.connect(url) as connection:
        connection.execute("SET enable_seqscan = off")  # an empty table is read faster without it
        plan = "\n".join(row[0] for row in connection.execute(NEIGHBOURS).fetchall())
    assert NEAREST in plan
