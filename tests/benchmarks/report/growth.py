"""What was measured at growing sizes, as it is kept and as a page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from entrypoints.stack.shop import ROOT
from tests.benchmarks.report import page
from tests.benchmarks.report.curve import drawn
from tests.benchmarks.report.saved import Failure, Occasion, SavedFigure, TrackedPrices
from tests.benchmarks.report.table import times

FILE: Final = ROOT / "docs" / "benchmarks-search.json"
PAGE: Final = ROOT / "docs" / "benchmarks-search.md"
PICTURE: Final = ROOT / "docs" / "images" / "search-costs.svg"
_HEAD: Final = """# How search and prices grow

Written by `octavo bench --books 1000000`: a shop of its own sells more and more books that `octavo
generate` made up, ten times as many at each step, is searched, and remembers their prices. [How fast it
is](benchmarks.md) says how load is made.
"""
_PRICES: Final = """## Remembered prices

Three stores have told of every book, one offer and one price that stood for ten days each. One process
recalls books, eight at a time, with Zipf's frequencies; in Valkey is what was asked for. The last column is
which part came from the process, Valkey and PostgreSQL.

| books | written | PostgreSQL keeps | Valkey uses | recalled | p50 / p95 / p99 ms | from where |
|--:|--:|--:|--:|--:|--:|--:|
"""


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """A catalogue of a size. `made` are books a second into the database, `found` works a second from there
    into the search; `costs` are milliseconds of processor for one search without any cache, `memory` is MiB,
    both by part.
    """

    books: int
    works: int
    made: float
    made_in: float  # MiB, of the command
    found: float
    costs: Mapping[str, float]
    memory: Mapping[str, float]
    figures: Sequence[SavedFigure]
    failures: Sequence[Failure] = ()
    prices: TrackedPrices | None = None  # of runs that took them


class Growth(Occasion, frozen=True, kw_only=True):
    """One run."""

    sizes: Sequence[Size]


def save(growth: Growth) -> None:
    """Numbers, page and picture."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(growth), indent=2) + b"\n")
    PICTURE.write_text(drawn({size.books: size.costs for size in growth.sizes}))
    PAGE.write_text(text(growth))


def load(file: Path = FILE) -> Growth:
    """The last one."""
    return msgspec.json.decode(file.read_bytes(), type=Growth)


def text(growth: Growth) -> str:
    """Occasion, growth, and each size by itself."""
    parts = [_HEAD, page.occasion(growth, ""), _growth(growth), _curve(growth), _prices(growth)]
    parts += [_size(size) for size in growth.sizes]
    return "\n".join([*parts, page.method(growth.sizes[-1].figures)])


def _growth(growth: Growth) -> str:
    head = (
        "| books | works | made up | memory of it | made searchable | processor for a search | "
        "Typesense's memory | PostgreSQL's |\n|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    )
    return "## Growth\n\n" + head + "".join(map(_row, growth.sizes))


def _row(size: Size) -> str:
    cells = (
        f"{size.books:,}",
        f"{size.works:,}",
        f"{size.made:,.0f} books/s",
        f"{size.made_in:,.0f} MiB",
        f"{size.found:,.0f} works/s",
        f"{sum(size.costs.values()):.2f} ms",
        f"{size.memory.get('typesense', 0):,.0f} MiB",
        f"{size.memory.get('postgres', 0):,.0f} MiB",
    )
    return f"| {' | '.join(cells)} |\n"


def _curve(growth: Growth) -> str:
    parts = list(growth.sizes[-1].costs)
    rows = [
        "A search that no cache answers, in milliseconds of processor, whoever uses it:\n",
        f"![Milliseconds of processor for a search, by size of the catalogue](images/{PICTURE.name})\n",
        f"| books | {' | '.join(parts)} | together |",
        f"|--:|{'--:|' * (len(parts) + 1)}",
    ]
    for size in growth.sizes:
        numbers = " | ".join(f"{size.costs[part]:.2f}" for part in parts)
        rows.append(f"| {size.books:,} | {numbers} | {sum(size.costs.values()):.2f} |")
    return "\n".join([*rows, ""])


def _prices(growth: Growth) -> str:
    """Nothing for a run before prices were remembered."""
    taken = [(size.books, size.prices) for size in growth.sizes if size.prices is not None]
    if not taken:
        return ""
    return _PRICES + "".join(_priced(books, prices) for books, prices in taken)


def _priced(books: int, prices: TrackedPrices) -> str:
    cells = (
        f"{books:,}",
        f"{prices.written:,.0f} answers/s",
        f"{prices.disk:,.0f} MiB",
        f"{prices.valkey:,.0f} MiB",
        f"{prices.reads.per_second:,.0f} books/s",
        times(prices.reads),
        ", ".join(f"{part:.0%}" for part in prices.layers.values()),
    )
    return f"| {' | '.join(cells)} |\n"


def _size(size: Size) -> str:
    return f"## {size.books:,} books\n\n{page.table(size.figures)}{page.failures(size.failures)}"
