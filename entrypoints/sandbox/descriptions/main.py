"""Describes the stand-in bookstores: `octavo describe-bookstores`."""

from pathlib import Path
from typing import Final

import msgspec

from entrypoints.environment import SettingError
from entrypoints.sandbox.descriptions.describing import HEAD, Listed, description
from entrypoints.settings import Settings
from entrypoints.stack.probes import Unhealthy, fetch
from entrypoints.stack.secrets import write_private

LARGEST_LIST: Final = 1024 * 1024  # bytes; 200 stores take a tenth of it


class Listing(msgspec.Struct):
    """What `GET /stores` answers."""

    items: list[Listed]


def main(settings: Settings) -> None:
    """Write one file for each store into OCTAVO_STORES. Files of stores that are no longer there go; what
    somebody else has put there stays.
    """
    folder, url = settings.stores.folder, settings.bookstores.url
    if folder is None:
        raise SettingError("OCTAVO_STORES", "is not set: name the folder for the descriptions.")
    listed = _listed(url)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for store in listed:
        write_private(folder / f"{store.name}.toml", description(store, url))
    named = {store.name for store in listed}
    for file in folder.glob("*.toml"):
        if file.stem not in named and _is_ours(file):
            file.unlink()


def _listed(url: str) -> list[Listed]:
    try:
        return msgspec.convert(fetch(f"{url}/stores", {}, LARGEST_LIST), Listing).items
    except (Unhealthy, msgspec.ValidationError) as why:
        raise SettingError("OCTAVO_BOOKSTORES_URL", f"{url}/stores does not list its stores: {why}.") from why


def _is_ours(file: Path) -> bool:
    with file.open(encoding="utf-8", errors="replace") as opened:
        return opened.readline().rstrip("\n") == HEAD
