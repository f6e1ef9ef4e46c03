"""A folder of descriptions, one file for each store."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from adapters.stores.descriptions.mistakes import DescriptionMistake, Mistake, of_shape
from adapters.stores.descriptions.secrets import Secrets
from adapters.stores.descriptions.store import Described, described
from adapters.stores.descriptions.written import StoreFile

LARGEST: Final = 256 * 1024  # bytes; a description has a few thousand


@dataclass(frozen=True, slots=True)
class Descriptions:
    """What a folder holds: the stores that can be asked, and what is wrong with the other files."""

    stores: Sequence[Described]
    mistakes: Sequence[DescriptionMistake]


def read_folder(folder: Path, variables: Mapping[str, str]) -> Descriptions:
    """Every `*.toml` in it, in the order of their names. One that cannot be used keeps no other back."""
    stores: list[Described] = []
    mistakes: list[DescriptionMistake] = []
    for file in _files(folder):
        try:
            stores.append(read_file(file, variables))
        except DescriptionMistake as mistake:
            mistakes.append(mistake)
    return Descriptions(stores, mistakes)


def read_file(file: Path, variables: Mapping[str, str]) -> Described:
    """The store described there. Raises `DescriptionMistake`."""
    try:
        return described(_written(file), Secrets(variables, file.parent))
    except Mistake as mistake:
        raise DescriptionMistake(file.name, mistake.key, mistake.problem) from None


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.glob("*.toml") if not file.name.startswith("."))


def _written(file: Path) -> StoreFile:
    try:
        with file.open("rb") as opened:
            text = opened.read(LARGEST + 1).decode()
    except (OSError, UnicodeDecodeError) as why:
        raise Mistake("", f"it cannot be read ({type(why).__name__}).") from None
    if len(text) > LARGEST:
        raise Mistake("", f"it is larger than {LARGEST} bytes.")
    try:
        written = msgspec.convert(tomllib.loads(text), StoreFile)
    except tomllib.TOMLDecodeError as why:
        raise Mistake("", f"it is no TOML: {why}.") from None
    except msgspec.ValidationError as why:
        raise of_shape(why) from None
    if written.name != file.stem:  # so that no two have one name
        raise Mistake("name", f"{written.name!r} is described in {written.name}.toml, not here.")
    return written
