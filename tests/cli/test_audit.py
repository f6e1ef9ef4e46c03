"""`octavo audit` as an operator types it, over a real database and a provider's ledger."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from uuid import UUID, uuid4

import psycopg
import pytest
from click.testing import CliRunner, Result

from adapters.postgres.migrate import migrate
from entrypoints.cli.main import octavo
from entrypoints.stack.secrets import new_secrets

Octavo = Callable[..., Result]
LEDGER: list[dict[str, object]] = []


class Ledger(BaseHTTPRequestHandler):
    """Shows whatever the test wrote."""

    def do_GET(self) -> None:
        body = json.dumps({"items": LEDGER}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Ledger) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def database(make_database: Callable[[], str]) -> str:
    url = make_database()
    migrate(url)
    LEDGER.clear()
    return url


@pytest.fixture
def command(database: str, redis_url: str, provider: str) -> Octavo:
    environment = {
        **new_secrets(),
        "OCTAVO_DATABASE_URL": database,
        "OCTAVO_REDIS_URL": redis_url,
        "OCTAVO_PAYMENTS_URL": provider,
    }

    def run(*words: str, **changed: str) -> Result:
        return CliRunner(env={**environment, **changed}).invoke(octavo, ["audit", *words])

    return run


def shelve(url: str, *, on_hand: int, received: int) -> UUID:
    book = uuid4()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("INSERT INTO stock (book_id, on_hand) VALUES (%s, %s)", (book, on_hand))
        connection.execute(
            "INSERT INTO stock_movements (book_id, kind, on_hand, held, at)"
            " VALUES (%s, 'receipt', %s, 0, %s)",
            (book, received, datetime.now(UTC)),
        )
    return book


def test_an_empty_shop_is_clean(command: Octavo) -> None:
    ran = command()
    assert ran.exit_code == 0, ran.output
    assert "Everything adds up." in ran.output


def test_the_guilty_row_is_named(command: Octavo, database: str) -> None:
    shelve(database, on_hand=5, received=5)
    book = shelve(database, on_hand=5, received=4)
    ran = command("stock")
    assert ran.exit_code == 1
    assert str(book) in ran.output
    assert "movements add up to 4" in ran.output
    document = json.loads(command("all", "--json").output)
    found = {check["name"]: check["findings"] for check in document["checks"] if check["findings"]}
    assert not document["clean"]
    assert [finding["subject"] for finding in found["counters-follow-the-ledger"]] == [str(book)]


def test_money_that_the_shop_knows_nothing_of_is_named(command: Octavo) -> None:
    LEDGER.append({"kind": "authorise", "order_id": "lost", "amount": 900, "currency": "USD"})
    ran = command("money")
    assert ran.exit_code == 1
    assert "no-payment-of-nobody lost" in ran.output
    assert command("stock").exit_code == 0


def test_a_provider_that_shows_no_ledger_is_skipped_with_a_word(command: Octavo) -> None:
    ran = command(
        "money",
        OCTAVO_PAYMENT_GATEWAY="stripe",
        OCTAVO_STRIPE_API_KEY="sk_test_x",
        OCTAVO_STRIPE_WEBHOOK_SECRET="whsec_x",
    )
    assert ran.exit_code == 0, ran.output
    assert "not looked at" in ran.output


@pytest.mark.parametrize(
    "away",
    [
        {"OCTAVO_DATABASE_URL": "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"},
        {"OCTAVO_PAYMENTS_URL": "http://127.0.0.1:1"},
    ],
)
def test_what_cannot_be_looked_at_is_no_clean_bill(command: Octavo, away: dict[str, str]) -> None:
    ran = command(**away)
    assert ran.exit_code == 2
    assert "could not look" in ran.output
    assert "Traceback" not in ran.output
