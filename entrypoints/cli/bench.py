"""`octavo bench`"""

import os
import sys
from pathlib import Path
from typing import Final

import rich_click as click

ROOT: Final = Path(__file__).resolve().parents[2]


@click.command()
@click.option("--quick", is_flag=True, help="One short repetition each: does it work, not how fast is it.")
@click.option("--only", multiple=True, metavar="NAME", help="Only this figure; may be given several times.")
@click.option(
    "--books",
    type=click.IntRange(min=10_000),
    help="Only search and prices, in shops of 10,000 books, ten times as many … up to this.",
)
@click.option("--seconds", type=click.FloatRange(min=1), help="Load for so long, once: time to profile.")
@click.option("--save", is_flag=True, help="Keep the result in docs/ even if it is not a full run.")
def bench(
    *, quick: bool, only: tuple[str, ...], books: int | None, seconds: float | None, save: bool
) -> None:
    """Measure the shop beside what bounds it, on this machine, in the same minutes.

    Starts a shop of its own in a temporary folder and on free ports, so any other may go on running; but
    only a machine that does nothing else gives figures worth keeping. A full run takes about twenty minutes
    and rewrites `docs/benchmarks.json` and `docs/benchmarks.md`; `--quick` takes a minute and a half.

    Figures: browse, browse_304, browse_pages, browse_lists, cart, front_door, hot_book, hot_market, clubs,
    completed, parcels, outcome, accepted, settlement, leaderboards, import, price_reads, compare_60,
    refresh_60, bad_weather_60, compare_200, refresh_200, watches, search, search_fast, search_uncached,
    suggest, window, index_lag, reindex, engine_outage, cache_outage, core_tests.

    `--books 1000000` takes half an hour, 3 GB of memory and 8 GB of disk, and rewrites
    `docs/benchmarks-search.json` and `docs/benchmarks-search.md`.

    Exit codes: 0 measured, targets met or not; 1 something could not be measured.
    """
    if not (ROOT / "tests" / "benchmarks").is_dir():
        raise click.ClickException("The benchmarks are part of the source: run this in a checkout.")
    words = [word for name in only for word in ("--only", name)]
    words += ["--quick"] * quick + ["--save"] * save + ([f"--seconds={seconds}"] if seconds else [])
    words += [f"--books={books}"] if books else []
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "tests.benchmarks", *words])  # noqa: S606 - our own module, no shell
