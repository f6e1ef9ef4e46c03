"""`octavo user` as an operator types it."""

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine

from adapters.postgres.tables import metadata
from entrypoints.cli.main import octavo
from entrypoints.stack.secrets import new_secrets

PASSWORD = "seven blue herons"
Octavo = Callable[..., Result]


@pytest.fixture(scope="module")
def environment(make_database: Callable[[], str], redis_url: str) -> dict[str, str]:
    url = make_database()
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
    metadata.create_all(engine)
    engine.dispose()
    return {**new_secrets(), "OCTAVO_DATABASE_URL": url, "OCTAVO_REDIS_URL": redis_url}


@pytest.fixture
def command(environment: dict[str, str]) -> Octavo:
    def run(*words: str, stdin: str | None = None, **changed: str) -> Result:
        return CliRunner(env={**environment, **changed}).invoke(octavo, ["user", *words], input=stdin)

    return run


def new_email() -> str:
    return f"clerk.{uuid4().hex[:12]}@example.org"


def listed(command: Octavo, *words: str) -> dict[str, list[str]]:
    found = json.loads(command("list", "--json", *words).output)["items"]
    return {person["email"]: person["roles"] for person in found}


def test_an_account_is_opened_and_its_id_printed(command: Octavo) -> None:
    email = new_email()
    ran = command("add", "--email", email.upper(), "--name", "Kim", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert ran.exit_code == 0, ran.output
    assert UUID(ran.output.strip())
    again = command("add", "--email", email, "--name", "Kim", "--password", PASSWORD)
    assert again.exit_code == 1
    assert "already an account" in again.output


def test_a_password_that_is_not_given_is_asked_for_twice_and_not_shown(command: Octavo) -> None:
    ran = command("add", "--email", new_email(), "--name", "Kim", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert ran.exit_code == 0, ran.output
    assert PASSWORD not in ran.output


def test_roles_are_given_listed_and_taken(command: Octavo) -> None:
    email = new_email()
    command("add", "--email", email, "--name", "Kim", "--password", PASSWORD, "--role", "staff")
    assert listed(command)[email] == ["reader", "staff"]
    assert command("grant", "--email", email, "--role", "admin").exit_code == 0
    assert listed(command, "--role", "admin")[email] == ["admin", "reader", "staff"]
    assert email[:10] in command("list").output
    for role in ("staff", "admin"):
        assert command("revoke", "--email", email, "--role", role).exit_code == 0
    assert email not in listed(command)


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("grant", "--email", "nobody@example.org", "--role", "staff"), 1, "no such account"),
        (("grant", "--email", "nonsense", "--role", "staff"), 1, "not an e-mail address"),
        (("grant", "--email", "nobody@example.org", "--role", "king"), 2, "king"),
        (("add", "--email", "kim@example.org", "--name", "Kim", "--password", "short"), 1, "8 to 256"),
        (("add", "--name", "Kim"), 2, "--email"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    command: Octavo, words: tuple[str, ...], code: int, says: str
) -> None:
    ran = command(*words)
    assert ran.exit_code == code
    assert says in ran.output
    assert "Traceback" not in ran.output


def test_a_database_that_is_away_is_told_in_a_sentence(command: Octavo) -> None:
    nowhere = "postgresql://octavo@127.0.0.1:1/octavo?connect_timeout=1"
    ran = command("list", OCTAVO_DATABASE_URL=nowhere)
    assert ran.exit_code == 1
    assert "database does not answer" in ran.output


def test_keys_are_rotated_and_the_old_one_is_not_needed_any_more(
    command: Octavo, environment: dict[str, str]
) -> None:
    email, old = new_email(), environment["OCTAVO_ENCRYPTION_KEYS"]
    new = new_secrets()["OCTAVO_ENCRYPTION_KEYS"].replace("1:", "2:", 1)
    command("add", "--email", email, "--name", "Kim", "--password", PASSWORD, "--role", "staff")
    ran = command("rotate-keys", OCTAVO_ENCRYPTION_KEYS=f"{new},{old}")
    assert ran.exit_code == 0, ran.output
    assert "all are under the current key" in ran.output
    afterwards = command("list", "--json", OCTAVO_ENCRYPTION_KEYS=new)
    assert email in afterwards.output
    environment["OCTAVO_ENCRYPTION_KEYS"] = new


def test_an_account_is_erased_once_and_after_asking(command: Octavo) -> None:
    email = new_email()
    command("add", "--email", email, "--name", "Kim", "--password", PASSWORD, "--role", "staff")
    assert command("erase", "--email", email, stdin="n\n").exit_code == 1
    assert email in listed(command)
    assert command("erase", "--email", email, "--yes").exit_code == 0
    assert email not in listed(command)
    again = command("erase", "--email", email, "--yes")
    assert (again.exit_code, "no such account" in again.output) == (1, True)
