"""`python -m tests.benchmarks`, which `octavo bench` runs."""

import argparse
import asyncio
import os
import signal
import sys
from dataclasses import replace
from typing import Final

import uvloop
from rich.console import Console
from rich.markdown import Markdown

from tests.benchmarks.growth import run_growth
from tests.benchmarks.report import growth as grown
from tests.benchmarks.report import page, saved
from tests.benchmarks.report.growth import Growth
from tests.benchmarks.report.table import show
from tests.benchmarks.runs import NAMES, QUICK_NAMES, run
from tests.benchmarks.stand.plan import FULL, QUICK, Plan
from tests.benchmarks.stand.stack import temporary_stack

# A model on the same two cores embeds 50 works a second with long descriptions: the imported books alone
# would take twenty minutes, a million of them hours, and meanwhile nothing else could be measured.
WORDS_ALONE: Final = {"OCTAVO_EMBEDDING_THREADS": "0"}


def main() -> None:
    """Measure, show, and keep a full run."""
    given = _given()
    for name in [name for name in os.environ if name.startswith("OCTAVO_")]:
        del os.environ[name]  # the stack of a benchmark is nobody else's
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as by Ctrl-C: in order
    console = Console(highlight=False)
    with temporary_stack(**WORDS_ALONE) as stack:
        say = lambda words: console.print(words, style="dim")  # noqa: E731 - a name for one expression
        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
        if given.books:
            _tell_growth(console, runner.run(run_growth(stack, _plan(given), given.books, say)), given)
            return
        only = given.only or (QUICK_NAMES if given.quick else NAMES)
        result = runner.run(run(stack, _plan(given), only, say))
    show(console, result)
    if given.save or not (given.quick or given.only):
        saved.save(result)
        page.write(result)
        console.print(f"Kept in {saved.FILE} and {page.PAGE}.", style="dim")
    sys.exit(1 if result.failures else 0)


def _tell_growth(console: Console, growth: Growth, given: argparse.Namespace) -> None:
    console.print(Markdown(grown.text(growth)))
    if given.save or not given.quick:
        grown.save(growth)
        console.print(f"Kept in {grown.FILE} and {grown.PAGE}.", style="dim")


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="octavo bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", choices=NAMES)
    parser.add_argument("--books", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--save", action="store_true")
    return parser.parse_args()


def _plan(given: argparse.Namespace) -> Plan:
    plan = QUICK if given.quick else FULL
    return replace(plan, seconds=given.seconds, repetitions=1) if given.seconds else plan


if __name__ == "__main__":
    main()
