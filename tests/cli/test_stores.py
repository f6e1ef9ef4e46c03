"""`octavo stores` as an operator types it."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from entrypoints.cli.main import octavo
from entrypoints.environment import SettingError
from entrypoints.stack.secrets import new_secrets
from tests.contract.stores.stand_in import EMMA, StandIn
from tests.contract.stores.test_store_orders import ORDERING
from tests.contract.stores.worlds import JSON
from tests.sandbox.running import running

Octavo = Callable[..., Result]
NOWHERE = "http://127.0.0.1:1"  # nobody listens there


@pytest.fixture
def command(tmp_path: Path) -> Octavo:
    (tmp_path / "harbour-books.toml").write_text(
        (JSON.description + ORDERING).replace("http://stand-in", NOWHERE)
    )

    def run(*words: str, **changed: str) -> Result:
        told = {**new_secrets(), "OCTAVO_HOME": str(tmp_path), "OCTAVO_STORES": str(tmp_path), **changed}
        return CliRunner(env=told).invoke(octavo, ["stores", *words])

    return run


def test_stores_are_listed_by_what_was_agreed(command: Octavo) -> None:
    ran = command()
    assert ran.exit_code == 0, ran.output
    assert "harbour-books" in ran.output
    assert "DE EUR" in ran.output
    assert "5 in 1 s" in ran.output
    assert "found by key, keyed, cancelled" in ran.output
    assert "1 can be asked, 0 are described wrongly." in ran.output


def test_mistakes_are_named_and_the_command_fails(command: Octavo, tmp_path: Path) -> None:
    (tmp_path / "mill-books.toml").write_text(JSON.description.replace("harbour-books", "mill-books"))
    wrong = (tmp_path / "mill-books.toml").read_text().replace('"neu" = "new"', '"neu" = "mint"')
    (tmp_path / "mill-books.toml").write_text(wrong)
    ran = command()
    assert ran.exit_code == 1
    assert "✗ mill-books.toml: offer.condition.words.neu: 'mint' is none of new, like_new" in ran.output
    listed = json.loads(command("--json").output)
    assert [store["name"] for store in listed["stores"]] == ["harbour-books"]
    assert listed["mistakes"][0]["key"] == "offer.condition.words.neu"
    asked = command("ask", "mill-books", "9780141439587")
    assert asked.exit_code == 1
    assert "offer.condition.words.neu" in asked.output


async def test_a_store_is_asked(command: Octavo, tmp_path: Path) -> None:
    stand_in, app = StandIn(), web.Application()
    app.router.add_route("*", "/{tail:.*}", stand_in.serve)
    async with running(app) as url:
        told = (tmp_path / "harbour-books.toml").read_text().replace(NOWHERE, url)
        (tmp_path / "harbour-books.toml").write_text(told)
        stand_in.answers(JSON.search)
        ran = await asyncio.to_thread(command, "ask", "harbour-books", "0-14-143958-0")
        assert ran.exit_code == 0, ran.output
        assert "Harbour Books  new paperback   12.99 EUR" in ran.output
        found = await asyncio.to_thread(command, "ask", "harbour-books", EMMA.value, "--json")
        assert [offer["landed"] for offer in json.loads(found.output)["offers"]] == [1599, 123450]
        stand_in.answers(JSON.nothing)
        assert "No offers." in (await asyncio.to_thread(command, "ask", "harbour-books", EMMA.value)).output
        stand_in.answers(json.dumps(json.loads(JSON.search)["result"]["offers"][0]))
        one = await asyncio.to_thread(command, "ask", "harbour-books", EMMA.value, "--offer", "a-1", "--json")
        assert [offer["offer_id"] for offer in json.loads(one.output)["offers"]] == ["a-1"]


def test_without_a_folder_there_is_nothing_to_list(command: Octavo, tmp_path: Path) -> None:
    for folder, told in (("", "is not set"), (str(tmp_path / "nowhere"), "is no folder")):
        ran = command(OCTAVO_STORES=folder)
        assert isinstance(ran.exception, SettingError)
        assert told in str(ran.exception)


def test_a_store_that_does_not_answer_is_told_in_a_sentence(command: Octavo) -> None:
    ran = command("ask", "harbour-books", "9780141439587")
    assert ran.exit_code == 1
    assert "harbour-books: no connection" in ran.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("ask", "elsewhere", "9780141439587"), "no elsewhere.toml"),
        (("ask", "harbour-books", "12"), "is not an ISBN"),
    ],
)
def test_what_was_typed_wrong_is_told(command: Octavo, words: tuple[str, ...], told: str) -> None:
    ran = command(*words)
    assert ran.exit_code == 2
    assert told in " ".join(ran.output.replace("│", " ").split())
