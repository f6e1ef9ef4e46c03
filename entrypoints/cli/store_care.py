"""What `octavo stores` does about keeping prices fresh."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from io import StringIO
from typing import Final

from rich.console import Console
from rich.table import Table

from application.prices.refreshing.processes import Refreshing
from application.prices.refreshing.store_report import StoreReport
from domain.prices.refreshing import DeadLetter
from entrypoints.container import Container, opened
from entrypoints.settings import Settings

MOST_LISTED: Final = 1_000


@asynccontextmanager
async def the_shop() -> AsyncIterator[Container]:
    """Its use cases, while the block runs."""
    async with opened(Container(settings=Settings.load())) as container:
        yield container


def report_table(reports: Sequence[StoreReport]) -> str:
    """For people."""
    shown = _table(
        *("store", "calls", "answered", "p50", "p95", "of limit", "outages", "away"),
        *("fresh", "books", "aside", "a call is worth"),
    )
    for one in reports:
        shown.add_row(
            one.store,
            str(one.calls),
            _share(one.answered),
            _seconds(one.p50),
            _seconds(one.p95),
            _share(one.used),
            f"{one.outages}{' now' if one.is_away else ''}",
            str(one.away).split(".", maxsplit=1)[0],
            _share(one.fresh),
            str(one.waiting),
            str(one.set_aside),
            "" if one.price is None else f"{one.price:.3g}",
        )
    return _printed(shown)


def standing_table(found: Sequence[Refreshing]) -> str:
    """For people."""
    shown = _table("store", "state", "budget", "pace", "asked", "answered", "books", "aside", "in words")
    for one in found:
        batch = one.batch
        numbers = (
            [
                f"{batch.a_minute:.3g}/min",
                _share(batch.pace),
                *map(str, (batch.asked, batch.answered, batch.waiting, batch.set_aside)),
            ]
            if batch
            else [""] * 6
        )
        shown.add_row(one.store, one.state, *numbers, one.words)
    return f"{_printed(shown)}{len(found)} stores are kept fresh.\n"


def letters_document(letters: Sequence[DeadLetter]) -> list[dict[str, object]]:
    """For programs."""
    return [
        {
            "store": one.store,
            "isbn": one.isbn.value,
            "failures": one.failures,
            "why": one.why.value,
            "since": one.since.isoformat(),
        }
        for one in letters
    ]


def letters_table(letters: Sequence[DeadLetter]) -> str:
    """For people."""
    shown = _table("store", "isbn", "failures", "the last time", "since")
    for one in letters:
        shown.add_row(one.store, one.isbn.value, str(one.failures), one.why, f"{one.since:%Y-%m-%d %H:%M}")
    return f"{_printed(shown)}{len(letters)} books are set aside.\n"


def _table(*columns: str) -> Table:
    return Table(*columns, box=None, pad_edge=False, header_style="dim")


def _share(part: float | None) -> str:
    return "" if part is None else f"{100 * part:.1f} %"


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:g} s"


def _printed(shown: Table) -> str:
    text = StringIO()
    Console(file=text, width=200, highlight=False).print(shown)
    return "".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines())
