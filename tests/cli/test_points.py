"""`octavo points` as an operator types it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from entrypoints.cli.main import octavo
from entrypoints.stack.secrets import new_secrets

Octavo = Callable[..., Result]


@pytest.fixture(scope="module")
def command(make_shop_database: Callable[[], str], redis_url: str) -> Octavo:
    environment = {
        **new_secrets(),
        "OCTAVO_DATABASE_URL": make_shop_database(),
        "OCTAVO_REDIS_URL": redis_url,
    }
    return lambda *words: CliRunner(env=environment).invoke(octavo, list(words))


def test_points_are_minted_and_burned_on_the_books_which_then_add_up(command: Octavo) -> None:
    email = f"emma.{uuid4().hex[:8]}@example.org"
    command("user", "add", "--email", email, "--name", "Emma", "--password", "seven blue herons")
    whom = ("--email", email)
    assert command("points", "grant", *whom, "--amount", "30", "--reason", "a prize").output == "30\n"
    assert command("points", "burn", *whom, "--amount", "10", "--reason", "a slip").output == "20\n"
    too_much = command("points", "burn", *whom, "--amount", "21", "--reason", "a slip")
    assert (too_much.exit_code, "not enough points" in too_much.output) == (1, True)
    audited = command("audit", "points")
    assert audited.exit_code == 0, audited.output
    assert "points-are-conserved" in audited.output


def test_nobody_s_points_are_not_minted(command: Octavo) -> None:
    ran = command("points", "grant", "--email", "nobody@example.org", "--amount", "5", "--reason", "why")
    assert (ran.exit_code, "no such account" in ran.output) == (1, True)
    assert (
        command("points", "grant", "--email", "x@example.org", "--amount", "0", "--reason", "y").exit_code
        == 2
    )
