"""The whole shop on one machine: `octavo up` and `octavo doctor` as a newcomer meets them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import redis

from entrypoints.stack.places import free_port
from entrypoints.stack.postgres import PostgresServer

OWN = ["payments", "carrier", "books-api", "bookstores"]
PARTS = ["api", "temporal", "temporal-ui", "postgres", "redis", "mail", *OWN, "typesense"]
PATIENCE = 120.0  # seconds; a busy machine is slow, a broken shop never comes
ROOT = Path(__file__).parents[2]


class Shop:
    """One `octavo up` in a home of its own, in a folder with a space in its name."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "a shop"
        self.log = folder / "up.log"
        ports = {f"OCTAVO_{name}_PORT": str(free_port()) for name in ("HTTP", "TEMPORAL", "TEMPORAL_UI")}
        plain = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        self.environment = {**plain, **ports, "OCTAVO_HOME": str(self.home), "OCTAVO_HTTP_PROCESSES": "1"}
        self.supervisor: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(  # noqa: S603 - our own command
                self._command("up"), env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )

    def told(self, words: str) -> int:
        return self.log.read_text().count(words)

    def wait_for(self, point: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not point():
            assert self.supervisor is not None
            assert self.supervisor.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.2)

    def doctor(self) -> tuple[int, dict[str, dict[str, Any]]]:
        done = self.octavo("doctor", "--json")
        return done.returncode, {part["name"]: part for part in json.loads(done.stdout)["parts"]}

    def octavo(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            self._command(*words),
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def processes(self) -> dict[str, int]:
        record = json.loads((self.home / "run" / "processes.json").read_text())
        pids = [int(pid) for pid in record["children"] if psutil.pid_exists(int(pid))]
        return {" ".join(psutil.Process(pid).cmdline()): pid for pid in pids}

    def end(self, signum: signal.Signals) -> int:
        assert self.supervisor is not None
        self.supervisor.send_signal(signum)
        return self.supervisor.wait(PATIENCE)

    def left_running(self) -> list[str]:
        every = (" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"]))
        return [line for line in every if str(self.home) in line]

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "entrypoints.cli", *words]


@pytest.fixture(scope="module")
def shops(stack_home: Path) -> Iterator[tuple[Shop, Shop]]:
    """Two shops started at the same time on one machine."""
    both = []
    for name in ("one", "two"):
        (stack_home / name).mkdir(mode=0o755)
        both.append(Shop(stack_home / name))
    try:
        for shop in both:
            shop.start()
        for shop in both:
            shop.wait_for(lambda shop=shop: shop.told("Octavo is open") == 1)
        yield both[0], both[1]
    finally:
        for shop in both:
            if shop.supervisor is not None and shop.supervisor.poll() is None:
                shop.end(signal.SIGTERM)


def test_two_shops_run_side_by_side(shops: tuple[Shop, Shop]) -> None:
    (code, ones), (other_code, others) = shops[0].doctor(), shops[1].doctor()
    assert (code, other_code) == (0, 0)
    assert list(ones) == PARTS
    assert all(part["healthy"] and part["version"] for part in (*ones.values(), *others.values()))
    assert not {part["address"] for part in ones.values()} & {part["address"] for part in others.values()}


def test_postgresql_keeps_what_it_acknowledged(shops: tuple[Shop, Shop]) -> None:
    with psycopg.connect(PostgresServer(shops[0].home).url()) as connection:
        for setting in ("fsync", "data_checksums", "synchronous_commit", "full_page_writes"):
            row = connection.execute(f"show {setting}".encode()).fetchone()
            assert row == ("on",), setting


def test_a_killed_part_is_started_again_and_reported(shops: tuple[Shop, Shop]) -> None:
    shop = shops[0]
    victim = next(pid for line, pid in shop.processes().items() if "valkey-server" in line)
    os.kill(victim, signal.SIGKILL)
    shop.wait_for(lambda: shop.told("redis restarting was killed by signal 9") == 1)
    shop.wait_for(lambda: shop.told("redis up") == 2)
    assert shop.doctor()[0] == 0


def test_a_second_supervisor_in_the_same_home_is_refused(shops: tuple[Shop, Shop]) -> None:
    shop = shops[0]
    assert shop.supervisor is not None
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli", "up"],
        env=shop.environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"already running here (process {shop.supervisor.pid})" in done.stderr


def test_a_taken_port_is_named_with_its_variable(shops: tuple[Shop, Shop], tmp_path: Path) -> None:
    taken = {**shops[0].environment, "OCTAVO_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.cli", "up"],
        env=taken, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "OCTAVO_HTTP_PORT" in done.stderr


def test_after_a_killed_supervisor_the_next_one_just_works_and_data_is_kept(
    shops: tuple[Shop, Shop],
) -> None:
    shop = shops[0]
    addresses = {name: part["address"] for name, part in shop.doctor()[1].items()}
    with psycopg.connect(addresses["postgres"], autocommit=True) as database:
        database.execute("create table kept (word text)")
        database.execute("insert into kept values ('still here')")
    with redis.Redis.from_url(addresses["redis"]) as client:
        client.set("kept", "still here")
        time.sleep(1.1)  # what the append-only file may lose is the last second
    shop.end(signal.SIGKILL)
    shop.start()
    shop.wait_for(lambda: shop.told("Octavo is open") == 2)
    assert {name: part["address"] for name, part in shop.doctor()[1].items()} == addresses
    with psycopg.connect(addresses["postgres"]) as database:
        assert database.execute("select word from kept").fetchone() == ("still here",)
    with redis.Redis.from_url(addresses["redis"]) as client:
        assert client.get("kept") == b"still here"
    assert shops[1].doctor()[0] == 0


def test_the_demo_finds_all_of_it_as_told(shops: tuple[Shop, Shop]) -> None:
    done = shops[0].octavo("demo")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All of it was as told" in done.stdout


def test_an_interrupt_stops_everything_and_the_doctor_says_so(shops: tuple[Shop, Shop]) -> None:
    shop = shops[0]
    assert shop.end(signal.SIGINT) == 0
    assert shop.left_running() == []
    code, parts = shop.doctor()
    assert code == 1
    assert not any(part["healthy"] for part in parts.values())
    assert all("make up" in part["detail"] for part in parts.values())
    assert shops[1].doctor()[0] == 0


def test_the_demo_says_that_a_shop_is_closed_and_how_to_open_it(shops: tuple[Shop, Shop]) -> None:
    done = shops[0].octavo("demo")
    assert done.returncode == 1
    assert "is not open" in done.stderr
    assert "make up" in done.stderr


def test_no_secret_is_told(shops: tuple[Shop, Shop]) -> None:
    for shop in shops:
        secrets = [file.read_text() for file in (shop.home / "secrets").iterdir()]
        told = [shop.log, *(shop.home / "logs").iterdir(), *(shop.home / "run").glob("*.env")]
        assert not [file for file in told for secret in secrets if secret in file.read_text(errors="replace")]
