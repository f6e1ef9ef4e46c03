"""Test cards as tokens: what each stands for. No card number is ever needed, and none is accepted."""

import re
import secrets
import sqlite3
from enum import StrEnum
from typing import Final

SHAPE: Final = re.compile(r"tok_[A-Za-z0-9_]{1,60}")


class Kind(StrEnum):
    """How the card behind a token behaves."""

    OK = "ok"
    DECLINED = "declined"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    CONFIRMATION_REQUIRED = "3ds_required"
    TIMEOUT = "timeout"  # no answer, nothing reserved
    LOST_ANSWER = "lost_answer"  # reserved, the answer lost on its way
    SLOW = "slow"  # answers after about three seconds


WELL_KNOWN: Final = {f"tok_{kind}": kind for kind in Kind}

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, kind TEXT NOT NULL);
"""


def register(connection: sqlite3.Connection, kind: Kind) -> str:
    """Make a fresh token for a card of that kind."""
    token = f"tok_{kind}_{secrets.token_hex(8)}"
    connection.execute("INSERT INTO tokens (token, kind) VALUES (?, ?)", (token, kind.value))
    return token


def kind_of(connection: sqlite3.Connection, token: str) -> Kind | None:
    """What the token stands for; None: the provider never made it."""
    if token in WELL_KNOWN:
        return WELL_KNOWN[token]
    row = connection.execute("SELECT kind FROM tokens WHERE token = ?", (token,)).fetchone()
    return None if row is None else Kind(row["kind"])
