"""A shop that sold before bestsellers were of today and series had an order keeps all that it knew."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
from alembic import command

from adapters.postgres.migrate import alembic_config
from domain.books.work import Series, WorkFacts

NOW = datetime.now(UTC)
_ORDER = """
INSERT INTO orders (id, user_id, status, payment_status, fulfilment_status, currency, total, shipping_method,
                    shipping, shipping_tax, weight_grams, placed_at, hold_expires_at, version, sealed_token)
VALUES (%(id)s, %(id)s, %(status)s, 'captured', 'delivered', 'USD', 100, 'digital', 0, 0, 0, %(at)s, %(at)s,
        1, '')
"""
_LINE = """
INSERT INTO order_lines (order_id, position, book_id, isbn, title, format, quantity, unit_price, discount,
                         tax, digital, counted)
VALUES (%s, 1, %s, '', '', 'ebook', %s, 100, 0, 0, true, %s)
"""


def a_work(connection: psycopg.Connection, facts: WorkFacts) -> UUID:
    work, number = uuid4(), facts.series.number if facts.series else None
    connection.execute(
        "INSERT INTO works (id, key, title, series_name, series_number) VALUES (%s, %s, %s, %s, %s)",
        (work, facts.key, facts.title, facts.series.name if facts.series else None, number),
    )
    for place, name in enumerate(facts.authors, start=1):
        connection.execute("INSERT INTO work_authors VALUES (%s, %s, %s, %s)", (work, place, name, name))
    return work


def a_sale(
    connection: psycopg.Connection, book: UUID, copies: int, days_ago: int, status: str, *, counted: bool
) -> None:
    order = uuid4()
    connection.execute(_ORDER, {"id": order, "status": status, "at": NOW - timedelta(days=days_ago)})
    connection.execute(_LINE, (order, book, copies, counted))


def test_series_get_their_order_and_recent_sales_their_days(make_database: Callable[[], str]) -> None:
    url = make_database()
    command.upgrade(alembic_config(url), "0002")
    told = [
        WorkFacts(title="Nana", authors=("Émile Zola", "A Translator"), series=Series("Les Rougon", "9")),
        WorkFacts(title="Préface", authors=("EMILE ZOLA",), series=Series("Les ROUGON", "Préface")),
        WorkFacts(title="Loose", authors=("Ω",), series=Series("Ωmega")),
        WorkFacts(title="J'accuse", authors=("Émile Zola",)),
    ]
    with psycopg.connect(url) as connection:
        works = {a_work(connection, facts): facts for facts in told}
        book = uuid4()
        connection.execute(
            "INSERT INTO books (id, work_id, isbn, format, title, sorting_key, price, currency, sold)"
            " VALUES (%s, %s, '9780000000002', 'ebook', 'Nana', 'nana', 100, 'USD', 77)",
            (book, next(iter(works))),
        )
        a_sale(connection, book, 2, 1, "confirmed", counted=True)
        a_sale(connection, book, 3, 1, "completed", counted=True)
        a_sale(connection, book, 5, 20, "completed", counted=True)
        a_sale(connection, book, 7, 40, "completed", counted=True)
        a_sale(connection, book, 11, 1, "cancelled", counted=True)
        a_sale(connection, book, 13, 1, "confirmed", counted=False)
    command.upgrade(alembic_config(url), "0003")
    with psycopg.connect(url) as connection:
        kept = connection.execute("SELECT id, series_key, series_place FROM works").fetchall()
        figures = connection.execute("SELECT sold, sold_lately FROM books").fetchone()
        days = connection.execute("SELECT copies FROM book_sales ORDER BY day").fetchall()
    assert {work: (key, place) for work, key, place in kept} == {
        work: (facts.series_key, facts.series_place) for work, facts in works.items()
    }
    assert figures == (77, 10)
    assert days == [(5,), (5,)]
    command.downgrade(alembic_config(url), "0002")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT sold FROM books").fetchone() == (77,)
        assert connection.execute("SELECT count(series_name) FROM works").fetchone() == (3,)
