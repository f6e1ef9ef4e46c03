"""Valkey, the stores, and the processes that call them, in a folder of their own."""

import json
import shutil
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import redis

from adapters.redis.turns.seat import SEATS
from entrypoints.stack.program import Process, Program, launch, wait_until
from entrypoints.stack.valkey import ValkeyServer
from tests.torture.politeness.stores import terms

PROCESSES = 3
PATIENCE = 30.0  # seconds


class _OverSocket(HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("stores")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self._path)


class Scene:
    """`home` is short enough for sockets. Moments are seconds on the clock that all processes here share."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._valkey = ValkeyServer(home)
        self._processes: list[Process] = []

    def start_valkey(self) -> None:
        self._server = launch(self._valkey.program(), self.home / "valkey.log")
        wait_until(self._valkey.ready, self._server, PATIENCE)

    def kill_valkey(self) -> None:
        """With SIGKILL, and its memory with it."""
        self._server.sweep_up()
        shutil.rmtree(self._valkey.data)

    def age_valkey(self, stores: int) -> None:
        """As if it had been there for long: when it is born it fears what may have been before."""
        with redis.Redis.from_url(self._valkey.url) as client:
            life = client.info("server")["run_id"]
            client.hset(SEATS, mapping={"life": life, "born": 0, "count": PROCESSES})
            for number in range(stores):
                client.hset(f"turns:{terms(number).name}", mapping={"life": life, "due": 0})

    def open_stores(self, name: str) -> str:
        """The socket of their receiver."""
        path = str(self.home / f"{name}.socket")
        self._launch(name, "receiver", [path])
        return path

    def send_out(self, receiver: str, stores: int, way: str) -> None:
        """Those who call; returns when calls arrive."""
        for number in range(PROCESSES):
            args = [self._valkey.url, receiver, str(stores), str(PROCESSES), way]
            last = self._launch(f"{way}-{number}", "client", args)
        wait_until(lambda: self._arrived(receiver), last, PATIENCE)

    def ledger(self, receiver: str) -> tuple[dict[str, list[float]], list[tuple[float, float]]]:
        """When each store was called; when the receiver looked at its clock late, and by how much."""
        connection = _OverSocket(receiver)
        connection.request("GET", "/ledger")
        told = json.loads(connection.getresponse().read())
        connection.close()
        return told["arrivals"], told["late"]

    def _arrived(self, receiver: str) -> bool:
        """A socket is there before anybody listens at it."""
        try:
            return self.ledger(receiver)[0] != {}
        except (FileNotFoundError, ConnectionRefusedError):
            return False

    def dead(self) -> list[str]:
        """The last words of those who have ended before their time."""
        return [process.last_words() for process in self._processes if process.exit_code() is not None]

    def close(self) -> None:
        for process in self._processes:
            process.ask_to_stop()
        for process in self._processes:
            process.stop(patience=5)
        self._server.sweep_up()

    def _launch(self, name: str, module: str, args: Sequence[str]) -> Process:
        argv = (sys.executable, "-m", f"tests.torture.politeness.{module}", *args)
        process = launch(Program(name=name, argv=argv), self.home / f"{name}.log")
        self._processes.append(process)
        return process


@contextmanager
def scene(home: Path) -> Iterator[Scene]:
    """Leaves no process behind."""
    with ExitStack() as leaving:
        opened = Scene(home)
        opened.start_valkey()
        leaving.callback(opened.close)
        yield opened
