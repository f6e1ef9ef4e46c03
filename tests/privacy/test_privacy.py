"""Whatever the shop writes down, nobody can be read out of it: not from tables, files or histories."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psycopg
import pytest
from redis import Redis

from entrypoints.container import Container, opened
from tests.privacy.searched import Searched
from tests.privacy.story import CARD, EMAIL, PASSWORD, SECOND_EMAIL, WORDS, tell
from tests.privacy.traces import Traces
from tests.torture.house import House

MAIL = b"quackenbush"


@pytest.fixture(scope="module")
async def searched(tmp_path_factory: pytest.TempPathFactory, stack_home: Path) -> AsyncIterator[Searched]:
    """A shop of its own, in which one reader has done everything a reader can."""
    home = stack_home / "privacy"
    home.mkdir(mode=0o755)
    house = House(home, OCTAVO_HTTP_PROCESSES="1", OCTAVO_CARRIER_DISPATCH_SECONDS="0",
                  OCTAVO_CARRIER_DELIVERY_SECONDS="0")  # fmt: skip
    try:
        settings = await house.opened()
        async with opened(Container(settings=settings)) as box:
            she = await tell(settings, box)
            client = await box.adapters.temporal().client()
            yield Searched(home, settings, client, Traces(*WORDS), she.traces())
    finally:
        house.close()


def test_the_database_tells_nothing(searched: Searched) -> None:
    assert list(searched.database()) == []


def test_valkey_tells_nothing(searched: Searched) -> None:
    assert list(searched.valkey()) == []


def test_the_logs_tell_nothing(searched: Searched) -> None:
    assert list(searched.logs()) == []


async def test_the_histories_of_processes_tell_nothing(searched: Searched) -> None:
    assert await searched.histories() == []


def test_no_byte_in_the_shops_home_tells_anything(searched: Searched) -> None:
    assert list(searched.files()) == []


def test_the_reader_herself_was_written_to(searched: Searched) -> None:
    """What is not found was there: her mails name her."""
    mails = [file.read_bytes().lower() for file in (searched.home / "mail").iterdir()]
    assert len(mails) >= 5
    assert all(MAIL in mail for mail in mails)


async def test_whoever_is_erased_is_unknown_to_the_shop_itself(searched: Searched) -> None:
    """With all its keys: nothing is left that they open."""
    me = {"email": SECOND_EMAIL, "password": PASSWORD}
    async with httpx.AsyncClient(base_url=searched.settings.http.local_url, timeout=30) as http:
        signed_in = (await http.post("/v1/users/login", json=me)).json()
        headers = {"Authorization": f"Bearer {signed_in['access_token']}"}
        proof = {"current_password": PASSWORD}
        erased = await http.request("DELETE", "/v1/users/profile", headers=headers, json=proof)
        assert erased.status_code == 204, erased.text
        assert (await http.post("/v1/users/login", json=me)).status_code == 401
    with psycopg.connect(searched.settings.database.url) as connection:
        assert connection.execute("SELECT count(*) FROM subject_keys").fetchone() == (0,)
    assert [*searched.database(), *searched.valkey(), *searched.logs()] == []


async def test_whatever_is_written_down_on_purpose_is_found(searched: Searched) -> None:
    """The negative control, last: from here on this shop has something to hide."""
    with psycopg.connect(searched.settings.database.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE careless (note text, sealed bytea)")
        connection.execute("INSERT INTO careless VALUES (%s, %s)", (f"card {CARD}", EMAIL.encode()))
    with Redis.from_url(searched.settings.redis.url) as redis:
        redis.hset("careless", "to", EMAIL)
    with (searched.home / "logs" / "api.log").open("a") as log:
        log.write(f'{{"event": "sent", "to": "{EMAIL}"}}\n')
    await searched.client.start_workflow("Careless", EMAIL, id="careless", task_queue="nobody")
    found = [
        {trace.what for trace in place}
        for place in (searched.database(), searched.valkey(), searched.logs(), await searched.histories())
    ]
    assert found[0] >= {"quackenbush", "a card number"}
    assert all("quackenbush" in what for what in found)
    rooms = {Path(trace.place).parts[0] for trace in searched.files()}
    assert rooms == {"postgres", "valkey", "temporal", "logs"}
