"""How the story is told: chapters, sentences, facts that were checked."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from domain.shared.money import Money


class NotAsTold(Exception):
    """The shop did something else than the story says."""


class Narrator:
    """Tells on a terminal and into a pipe alike."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._chapters = 0
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the story began."""
        return time.monotonic() - self._began

    def chapter(self, title: str) -> None:
        """What comes next."""
        self._chapters += 1
        self._console.print(f"\n{self._chapters:2}  {title}", style="bold")

    def say(self, text: str, style: str = "") -> None:
        """A sentence; long addresses stay in one piece, to be copied."""
        self._console.print(Text(f"    {text}", style), soft_wrap=True)

    def fact(self, text: str, *, true: bool) -> None:
        """Something that was looked at; a false one ends the story."""
        if not true:
            raise NotAsTold(f"This is not so: {text}")
        self._console.print(Text.assemble("  ", ("✓", "green"), f" {text}"), soft_wrap=True)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns whose heading ends in `>` are numbers."""
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
        for heading in headings:
            number = heading.endswith(">")
            side: Literal["right", "left"] = "right" if number else "left"
            table.add_column(heading.rstrip(">"), justify=side, header_style="dim", no_wrap=number)
        for row in rows:
            table.add_row(*map(Text, row))
        self._console.print(Padding(table, (1, 0, 1, 4), expand=False))


def money(document: Mapping[str, Any]) -> str:
    """An amount of the API as people write it."""
    return str(Money(document["amount"], document["currency"]))
