"""SQL compiled once: a Core expression (or plain text) becomes the text psycopg prepares and reuses."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy.dialects.postgresql import psycopg as psycopg_dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

_DIALECT: Final = psycopg_dialect.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call] # SQLAlchemy leaves dialects untyped


class Statement:
    """One statement with one purpose. Build it at import time, run it with `Database` or a `Connection`."""

    __slots__ = ("_constants", "text")

    def __init__(self, expression: ClauseElement | str) -> None:
        self._constants: dict[str, object] = {}
        if isinstance(expression, str):
            self.text = expression
            return
        compiled = expression.compile(dialect=_DIALECT)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - narrows for mypy; DDL never comes here
        self.text = str(compiled)
        self._constants = {
            name: value
            for name, value in compiled.params.items()
            if name in compiled.binds and not compiled.binds[name].required
        }

    def bind(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """The values to send: the caller's, over the constants written into the expression."""
        return {**self._constants, **values} if self._constants else values
