"""Where secrets come from: a description only names them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from adapters.stores.descriptions.mistakes import Mistake
from adapters.stores.descriptions.written import AuthenticationTable

LONGEST: Final = 8192  # bytes; a file with more is something else


class Secrets:
    """Looks them up in the environment, or in files beside the descriptions or by a whole path."""

    def __init__(self, variables: Mapping[str, str], folder: Path) -> None:
        self._variables = variables
        self._folder = folder

    def proofs(self, table: AuthenticationTable | None) -> tuple[dict[str, str], dict[str, str]]:
        """The header and the parameter that prove who we are. Raises `Mistake`, which repeats no secret."""
        if table is None:
            return {}, {}
        if (table.env is None) == (table.file is None):
            raise Mistake("authentication", 'give either "env", the name of a variable, or "file".')
        if (table.header is None) == (table.query is None):
            raise Mistake("authentication", 'give either "header" or "query", by which the secret is sent.')
        secret = table.prefix + (
            self._of_variable(table.env) if table.env else self._in_file(table.file or "")
        )
        if table.header is not None:
            return {table.header: secret}, {}
        return {}, {table.query or "": secret}

    def _of_variable(self, name: str) -> str:
        secret = self._variables.get(name, "").strip()
        if not secret:
            raise Mistake("authentication.env", f"the variable {name} is not set.")
        return _printable("authentication.env", secret)

    def _in_file(self, name: str) -> str:
        file = self._folder / Path(name).expanduser()
        try:
            with file.open("rb") as opened:
                secret = opened.read(LONGEST).decode().strip()
        except (OSError, UnicodeDecodeError) as why:
            raise Mistake("authentication.file", f"{file} cannot be read ({type(why).__name__}).") from None
        if not secret:
            raise Mistake("authentication.file", f"{file} is empty.")
        return _printable("authentication.file", secret)


def _printable(key: str, secret: str) -> str:
    if not (secret.isascii() and secret.isprintable()):
        raise Mistake(key, "the secret is not one line of plain characters.")
    return secret
