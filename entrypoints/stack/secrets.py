"""Secrets are made at the first start, each in a file that only its owner can read."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from entrypoints.environment import SECRETS_FOLDER

_KEY_BYTES: Final = 32


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _password() -> str:
    return secrets.token_urlsafe(_KEY_BYTES)


_RECIPES: Final[Mapping[str, Callable[[], str]]] = {
    "OCTAVO_ENCRYPTION_KEYS": lambda: f"1:{_key()}",
    "OCTAVO_BLIND_INDEX_KEY": _key,
    "OCTAVO_TOKEN_SIGNING_KEY": _key,  # any 32 bytes are an Ed25519 private key
    "OCTAVO_COOKIE_KEY": _key,
    "OCTAVO_PAYMENTS_API_KEY": _password,
    "OCTAVO_PAYMENTS_WEBHOOK_SECRET": _password,
    "OCTAVO_CARRIER_API_KEY": _password,
    "OCTAVO_CARRIER_WEBHOOK_SECRET": _password,
    "OCTAVO_TYPESENSE_API_KEY": _password,
    "OCTAVO_BOOKS_API_KEY": _password,
    "OCTAVO_BOOKSTORES_API_KEY": _password,
}
SECRET_NAMES: Final = frozenset(_RECIPES)


def new_secrets() -> dict[str, str]:
    """A full set of fresh secrets under the names of their variables."""
    return {name: make() for name, make in _RECIPES.items()}


def ensure_secrets(home: Path, given: Mapping[str, str] | None = None) -> None:
    """Write what is missing below `home` and not `given` otherwise: a second key for data that is already
    encrypted would be a trap. What is there stays.
    """
    folder = home / SECRETS_FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, value in new_secrets().items():
        if name not in (given or {}) and not (folder / name).exists():
            write_private(folder / name, value)


def write_private(file: Path, text: str) -> None:
    """Write a file that is never, not even for a moment, readable by others or half written."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as output:
        output.write(text)
        output.flush()
        os.fsync(handle)
    fresh.replace(file)
