"""How sums, lists and tables are written in feature files."""

import re
from collections.abc import Mapping, Sequence
from typing import Any


def cents(text: str) -> int:
    """12.99 is 1299."""
    whole, _, part = text.strip().removesuffix(" USD").partition(".")
    assert re.fullmatch(r"\d+", whole), text
    assert re.fullmatch(r"\d\d", part), text
    return int(whole) * 100 + int(part)


def rows(table: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """A table with a head, a row a dictionary; empty cells are left out."""
    head, *body = table
    return [{name: cell for name, cell in zip(head, row, strict=True) if cell} for row in body]


def pairs(table: Sequence[Sequence[str]]) -> dict[str, str]:
    """A table of names and values."""
    return {row[0]: row[1] for row in table}


def listed(text: str) -> list[str]:
    """Emma, Persuasion."""
    return [item.strip() for item in text.split(",")]


def books_named(text: str) -> list[tuple[int, str]]:
    """2 copies of "Emma" and 1 copy of "Dracula"."""
    found = re.findall(r'(\d+) cop(?:y|ies) of "([^"]+)"', text)
    assert found, text
    return [(int(copies), title) for copies, title in found]


def amount(money: Mapping[str, Any]) -> int:
    """The cents of a sum of money as the shop tells it."""
    assert money["currency"] == "USD"
    cents_told: int = money["amount"]
    return cents_told


def local_time(text: str) -> dict[str, str]:
    """2028-07-14 at 19:00 in Europe/London."""
    day, _, time, _, zone = text.split()
    return {"starts_at": f"{day}T{time}:00", "time_zone": zone}
