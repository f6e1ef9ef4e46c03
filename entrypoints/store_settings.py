"""Where the descriptions of bookstores are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from entrypoints.environment import Environment

ASKERS: Final = 3  # two processes of the API, and a worker
MOST_ASKERS: Final = 1_000
# Calls a minute to keep prices fresh: with sixty stores three a second, some seventh of one core altogether.
REFRESHES: Final = 3
MOST_REFRESHES: Final = 600


@dataclass(frozen=True, kw_only=True)
class Stores:
    """The bookstores whose prices are compared."""

    folder: Path | None  # OCTAVO_STORES: one TOML file for each; empty: there are none
    askers: int  # OCTAVO_STORE_ASKERS: processes that ask stores, on all machines together
    refreshes: int  # OCTAVO_STORE_REFRESHES: calls a minute to each, to keep prices fresh; 0: none
    variables: Mapping[str, str] = field(repr=False)  # where descriptions find the secrets that they name


def stores(env: Environment) -> Stores:
    """From the environment."""
    folder = env.text("OCTAVO_STORES", "")
    return Stores(
        folder=Path(folder).expanduser().absolute() if folder else None,
        askers=env.number("OCTAVO_STORE_ASKERS", ASKERS, least=1, most=MOST_ASKERS),
        refreshes=env.number("OCTAVO_STORE_REFRESHES", REFRESHES, least=0, most=MOST_REFRESHES),
        variables=env.values,
    )
