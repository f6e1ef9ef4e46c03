"""Reads `OCTAVO_…` variables: the process's own first, then what the running stack wrote down."""

import base64
import binascii
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

STACK_FILE: Final = Path("run", "stack.env")  # addresses of the running stack, below the home folder
SECRETS_FOLDER: Final = Path("secrets")  # one file for each secret, named like its variable
HIGHEST_PORT: Final = 65_535


class SettingError(Exception):
    """A variable has a value that cannot work; the message names it and says what would."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")
        self.name = name


class Environment:
    """Typed access to variables. An empty value counts as not set."""

    def __init__(self, values: Mapping[str, str], *, secrets_required: bool = True) -> None:
        self._values = values
        self._secrets_required = secrets_required

    @classmethod
    def of_this_process(cls, *, secrets_required: bool = True) -> "Environment":
        """Environment > address file of the running stack > secrets made at its first start."""
        home = home_folder(os.environ)
        given = {name: value for name, value in os.environ.items() if value}
        values = {**_secrets(home / SECRETS_FOLDER), **_lines(home / STACK_FILE), **given}
        return cls(values, secrets_required=secrets_required)

    @property
    def home(self) -> Path:
        """The folder that keeps all state."""
        return home_folder(self._values)

    @property
    def values(self) -> Mapping[str, str]:
        """All of it, for descriptions of stores: these name their variables themselves."""
        return self._values

    def text(self, name: str, default: str) -> str:
        """The value as it stands."""
        return self._values.get(name, "").strip() or default

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number between two bounds."""
        given = self.text(name, str(default))
        if not given.isascii() or not given.isdigit() or not least <= int(given) <= most:
            raise SettingError(name, f"{given!r} is not a whole number from {least} to {most}.")
        return int(given)

    def port(self, name: str, default: int) -> int:
        """A TCP port."""
        return self.number(name, default, least=1, most=HIGHEST_PORT)

    def url(self, name: str, default: str, *schemes: str) -> str:
        """An address with one of the schemes."""
        given = self.text(name, default)
        if urlsplit(given).scheme not in schemes:
            wanted = " or ".join(f"{scheme}://" for scheme in schemes)
            raise SettingError(name, f"an address starting with {wanted} is needed.")
        return given.rstrip("/")

    def choice(self, name: str, *allowed: str) -> str:
        """One of the words; the first is the default."""
        given = self.text(name, allowed[0])
        if given not in allowed:
            raise SettingError(name, f"{given!r} is none of {', '.join(allowed)}.")
        return given

    def words(self, name: str) -> tuple[str, ...]:
        """A list separated by commas, empty by default."""
        return tuple(word.strip() for word in self.text(name, "").split(",") if word.strip())

    def secret(self, name: str) -> str:
        """A value without which nothing trades. It is never repeated in an error."""
        given = self.text(name, "")
        if not given and self._secrets_required:
            raise SettingError(
                name, "is not set. `octavo up` makes it at its first start; elsewhere, set it."
            )
        return given

    def key(self, name: str, *, length: int = 32) -> bytes:
        """A secret of `length` bytes in base64."""
        given = self.secret(name)
        return decoded_key(name, given, length=length) if given else b""


def home_folder(values: Mapping[str, str]) -> Path:
    """`OCTAVO_HOME`, or `var` where the command runs."""
    return Path(values.get("OCTAVO_HOME") or "var").expanduser().absolute()


def decoded_key(name: str, text: str, *, length: int = 32) -> bytes:
    """`text` from base64, of exactly `length` bytes; errors say how to make one, not what was given."""
    try:
        material = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        material = b""
    if len(material) != length:
        raise SettingError(name, f"{length} bytes in base64 are needed: `openssl rand -base64 {length}`.")
    return material


def _lines(file: Path) -> dict[str, str]:
    try:
        pairs = (line.partition("=") for line in file.read_text().splitlines())
    except FileNotFoundError:
        return {}
    return {name: value for name, _, value in pairs}


def _secrets(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.glob("OCTAVO_*")}
