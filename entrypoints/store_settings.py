"""Where the descriptions of bookstores are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from entrypoints.environment import Environment


@dataclass(frozen=True, kw_only=True)
class Stores:
    """The bookstores whose prices are compared."""

    folder: Path | None  # OCTAVO_STORES: one TOML file for each; empty: there are none
    variables: Mapping[str, str] = field(repr=False)  # where descriptions find the secrets that they name


def stores(env: Environment) -> Stores:
    """From the environment."""
    folder = env.text("OCTAVO_STORES", "")
    return Stores(folder=Path(folder).expanduser().absolute() if folder else None, variables=env.values)
