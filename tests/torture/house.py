"""`octavo up` in a home of its own, whose parts can be killed by name."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from entrypoints.environment import SECRETS_FOLDER, STACK_FILE
from entrypoints.settings import Settings
from entrypoints.stack.places import is_free

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0  # seconds; a busy machine is slow, a broken shop never opens
# How each part shows in a list of processes.
PARTS = {
    "worker": "entrypoints.cli worker",
    "relay": "entrypoints.cli relay",
    "api": "entrypoints.cli api",
    "temporal": "server start-dev",
    "postgres": "/bin/postgres -D",
}
NAMED = ("HTTP", "TEMPORAL", "TEMPORAL_UI")
# Below those the kernel hands out to connections: a part that is killed must find its port free again.
LOWEST, HIGHEST = 20_000, 32_000


def lasting_ports() -> Iterator[int]:
    """Ports that nobody uses and nobody will be given by chance."""
    candidates = random.sample(range(LOWEST, HIGHEST), k=HIGHEST - LOWEST)
    return (port for port in candidates if is_free(port))


class House:
    """The supervisor and what it started."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.home = folder
        self.log = folder / "up.log"
        ports = {f"OCTAVO_{name}_PORT": str(port) for name, port in zip(NAMED, lasting_ports(), strict=False)}
        plain = {name: value for name, value in os.environ.items() if not name.startswith("OCTAVO_")}
        self._given = {**ports, **settings, "OCTAVO_HOME": str(folder)}
        self._environment = {**plain, **self._given}
        with self.log.open("ab") as log:
            self._supervisor = subprocess.Popen(  # noqa: S603 - our own command
                _octavo("up"), env=self._environment, cwd=ROOT, stdout=log, stderr=log
            )

    async def opened(self) -> Settings:
        """Wait for the doors; then everything that is needed to speak with its parts."""
        deadline = time.monotonic() + PATIENCE
        while "Octavo is open" not in self.told:
            assert self._supervisor.poll() is None, self.told
            assert time.monotonic() < deadline, self.told
            await asyncio.sleep(0.1)
        lines = (self.home / STACK_FILE).read_text().splitlines()
        secrets = {file.name: file.read_text() for file in (self.home / SECRETS_FOLDER).glob("OCTAVO_*")}
        return Settings.load({**secrets, **dict(line.split("=", 1) for line in lines), **self._given})

    @property
    def told(self) -> str:
        """What the supervisor has said so far."""
        return self.log.read_text()

    def kill(self, part: str, *, child: bool = False) -> bool:
        """SIGKILL, or one of its children's; False when there is nothing to kill just now."""
        process = self._find(part)
        if process is None:
            return False
        try:
            victims = process.children() if child else [process]
            for victim in victims[:1]:
                victim.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return False
        return bool(victims)

    def audit(self) -> list[str]:
        """What `octavo audit` finds."""
        done = subprocess.run(  # noqa: S603 - our own command
            _octavo("audit", "--json"),
            env=self._environment, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.stdout, f"it could not look: {done.stderr}"
        return [
            f"{check['name']} {finding['subject']} {finding['detail']}"
            for check in json.loads(done.stdout)["checks"]
            for finding in check["findings"]
        ]

    def close(self) -> None:
        """Stop everything in order."""
        self._supervisor.send_signal(signal.SIGTERM)
        self._supervisor.wait(PATIENCE)

    def _find(self, part: str) -> psutil.Process | None:
        record = json.loads((self.home / "run" / "processes.json").read_text())
        for pid in map(int, record["children"]):
            try:
                process = psutil.Process(pid)
                if PARTS[part] in " ".join(process.cmdline()) and process.status() != psutil.STATUS_ZOMBIE:
                    return process
            except psutil.NoSuchProcess:
                continue
        return None


def _octavo(*words: str) -> list[str]:
    return [sys.executable, "-m", "entrypoints.cli", *words]
